package io.github.k2connect;

import java.util.List;
import java.util.Locale;
import java.util.Set;

import io.micrometer.common.KeyValue;
import io.micrometer.common.docs.KeyName;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.apiguardian.api.API;

/**
 * The observations and meters of k2-connect, with their keys and the values of these.
 * Every key has a limited number of values.
 *
 * @hidden
 */
@API(status = API.Status.INTERNAL)
public enum K2Meter {

	/**
	 * A delivery.
	 */
	DELIVERY("k2.webhook",
			Set.of(Value.PUBLISHED, Value.DUPLICATE, Value.UNRECOGNIZED, Value.ACCEPTED, Value.BUSY, Value.REJECTED,
					Value.FAILED, Value.UNAVAILABLE, Value.ACCOUNT_UNAVAILABLE),
			Key.ACCOUNT, Key.KIND, Key.OUTCOME, Key.REJECTION),

	/**
	 * An attempt to handle a stored event.
	 */
	HANDLING("k2.webhook.handle",
			Set.of(Value.PUBLISHED, Value.DUPLICATE, Value.UNRECOGNIZED, Value.FAILED, Value.UNAVAILABLE, Value.PARKED),
			Key.ACCOUNT, Key.KIND, Key.OUTCOME),

	/**
	 * The time from receiving an event to the end of its handling.
	 */
	INBOX_DELAY("k2.inbox.delay", Set.of(), Key.KIND),

	/**
	 * The attempts that take long.
	 */
	INBOX_SLOW("k2.inbox.slow", Set.of(), Key.KIND),

	/**
	 * An execution of a follow-up.
	 */
	FOLLOW_UP("k2.follow-up",
			Set.of(Value.PENDING, Value.RESOLVED, Value.UNAVAILABLE, Value.UNKNOWN, Value.UNRESOLVED, Value.FAILED),
			Key.ACCOUNT, Key.KIND, Key.OUTCOME),

	/**
	 * A request for a token, with all its attempts.
	 */
	TOKEN_REQUEST("k2.token.request", Set.of(Value.ISSUED, Value.REFUSED, Value.FAILED), Key.ACCOUNT, Key.OUTCOME);

	private final String meterName;

	private final Set<Value> outcomes;

	private final List<Key> keys;

	K2Meter(String meterName, Set<Value> outcomes, Key... keys) {
		this.meterName = meterName;
		this.outcomes = outcomes;
		this.keys = List.of(keys);
	}

	/**
	 * Return the name in metrics.
	 * @return the name
	 */
	public String asString() {
		return this.meterName;
	}

	/**
	 * Return the values of {@link Key#OUTCOME} at the end.
	 * @return the outcomes, none for a meter without this key
	 */
	public Set<Value> outcomes() {
		return this.outcomes;
	}

	/**
	 * Return the keys.
	 * @return the keys
	 */
	public List<Key> keys() {
		return this.keys;
	}

	/**
	 * Create an observation whose keys have the value {@link Value#NONE}.
	 * @param registry the observation registry
	 * @return the observation, not started
	 */
	public Observation observation(ObservationRegistry registry) {
		Observation observation = Observation.createNotStarted(this.meterName, registry)
			.contextualName(this.meterName.replace('.', ' '));
		this.keys.forEach((key) -> observation.lowCardinalityKeyValue(key.of(Value.NONE)));
		return observation;
	}

	/**
	 * A key, or tag.
	 */
	public enum Key implements KeyName {

		/**
		 * The name of the account.
		 */
		ACCOUNT(Set.of(Value.NONE, Value.OTHER)),

		/**
		 * The topic or type.
		 */
		KIND(Set.of(Value.NONE, Value.UNKNOWN)),

		/**
		 * The outcome, one of those of the meter.
		 */
		OUTCOME(Set.of()),

		/**
		 * The reason of a rejection.
		 */
		REJECTION(Set.of(Value.NONE, Value.UNSIGNED, Value.FORGED, Value.MALFORMED, Value.TOO_LARGE, Value.TIMED_OUT));

		private final Set<Value> values;

		Key(Set<Value> values) {
			this.values = values;
		}

		/**
		 * Return the values that are the same for all meters, besides names of accounts,
		 * topics and types.
		 * @return the values
		 */
		public Set<Value> fixedValues() {
			return this.values;
		}

		/**
		 * Return the key with a value.
		 * @param value the value
		 * @return the key and the value
		 */
		public KeyValue of(Value value) {
			return withValue(value.asString());
		}

		@Override
		public String asString() {
			return "k2." + name().toLowerCase(Locale.ROOT);
		}

	}

	/**
	 * A value of a key. {@code docs/production.md} says what each means.
	 */
	public enum Value {

		NONE, OTHER, UNKNOWN,

		PUBLISHED, DUPLICATE, UNRECOGNIZED, ACCEPTED, BUSY, REJECTED, FAILED, PARKED, UNAVAILABLE, ACCOUNT_UNAVAILABLE,

		PENDING, RESOLVED, UNRESOLVED,

		ISSUED, REFUSED,

		UNSIGNED, FORGED, MALFORMED, TOO_LARGE, TIMED_OUT;

		/**
		 * Return the value in metrics.
		 * @return the value
		 */
		public String asString() {
			return name().toLowerCase(Locale.ROOT).replace('_', '-');
		}

	}

}
