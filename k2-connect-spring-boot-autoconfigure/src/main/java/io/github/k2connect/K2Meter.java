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
 * The observations and meters of k2-connect, with their tags and the values of these.
 * Every tag has a limited number of values.
 *
 * @hidden
 */
@API(status = API.Status.INTERNAL)
@SuppressWarnings("ImmutableEnumChecker") // the collections do not change
public enum K2Meter {

	/**
	 * A delivery.
	 */
	DELIVERY("k2.webhook",
			Set.of(Value.PUBLISHED, Value.DUPLICATE, Value.UNRECOGNIZED, Value.ACCEPTED, Value.BUSY, Value.REJECTED,
					Value.FAILED, Value.UNAVAILABLE, Value.ACCOUNT_UNAVAILABLE),
			Tag.ACCOUNT, Tag.KIND, Tag.OUTCOME, Tag.REJECTION),

	/**
	 * An attempt to handle a stored event.
	 */
	HANDLING("k2.webhook.handle",
			Set.of(Value.PUBLISHED, Value.DUPLICATE, Value.UNRECOGNIZED, Value.FAILED, Value.UNAVAILABLE, Value.PARKED),
			Tag.ACCOUNT, Tag.KIND, Tag.OUTCOME),

	/**
	 * The time from receiving an event to the end of its handling.
	 */
	INBOX_DELAY("k2.inbox.delay", Set.of(), Tag.KIND),

	/**
	 * The attempts that take long.
	 */
	INBOX_SLOW("k2.inbox.slow", Set.of(), Tag.KIND),

	/**
	 * The events that wait or are being handled.
	 */
	INBOX_WAITING("k2.inbox.waiting", Set.of()),

	/**
	 * The parked events.
	 */
	INBOX_PARKED("k2.inbox.parked", Set.of()),

	/**
	 * The time since the oldest event that waits was received.
	 */
	INBOX_OLDEST_AGE("k2.inbox.oldest.age", Set.of()),

	/**
	 * An execution of a follow-up.
	 */
	FOLLOW_UP("k2.follow-up",
			Set.of(Value.PENDING, Value.RESOLVED, Value.UNAVAILABLE, Value.ACCOUNT_UNAVAILABLE, Value.UNKNOWN,
					Value.UNRESOLVED, Value.FAILED),
			Tag.ACCOUNT, Tag.KIND, Tag.OUTCOME),

	/**
	 * The requests whose result is not final yet.
	 */
	FOLLOW_UP_WAITING("k2.follow-up.waiting", Set.of()),

	/**
	 * The idempotency keys of requests that ended without a known outcome.
	 */
	IDEMPOTENCY_KEYS_UNRESOLVED("k2.idempotency-keys.unresolved", Set.of()),

	/**
	 * The time until the token of an account expires.
	 */
	TOKEN_REMAINING("k2.token.remaining", Set.of(), Tag.ACCOUNT),

	/**
	 * The payments and reversals that no message told of.
	 */
	RECONCILIATION_MISSED("k2.reconciliation.missed", Set.of(), Tag.ACCOUNT, Tag.KIND),

	/**
	 * A request for a token, with all its attempts.
	 */
	TOKEN_REQUEST("k2.token.request", Set.of(Value.ISSUED, Value.REFUSED, Value.FAILED), Tag.ACCOUNT, Tag.OUTCOME);

	private final String meterName;

	private final Set<Value> outcomes;

	private final List<Tag> tags;

	K2Meter(String meterName, Set<Value> outcomes, Tag... tags) {
		this.meterName = meterName;
		this.outcomes = outcomes;
		this.tags = List.of(tags);
	}

	/**
	 * Return the name in metrics.
	 * @return the name
	 */
	public String asString() {
		return this.meterName;
	}

	/**
	 * Return the values of {@link Tag#OUTCOME} at the end.
	 * @return the outcomes, none for a meter without this tag
	 */
	public Set<Value> outcomes() {
		return this.outcomes;
	}

	/**
	 * Return the tags.
	 * @return the tags
	 */
	public List<Tag> tags() {
		return this.tags;
	}

	/**
	 * Return the tags of the timer of an outcome, as its observations have them.
	 * @param account the name of the account in metrics
	 * @param kind the topic or type
	 * @param outcome the outcome
	 * @return names and values in turn
	 */
	public String[] timerTags(String account, String kind, Value outcome) {
		return new String[] { Tag.ACCOUNT.asString(), account, Tag.KIND.asString(), kind, Tag.OUTCOME.asString(),
				outcome.asString(), "error", error(outcome) };
	}

	private String error(Value outcome) {
		if (this == FOLLOW_UP) {
			return (outcome == Value.FAILED) ? "FollowUpFailedException" : Value.NONE.asString();
		}
		return switch (outcome) {
			case FAILED, UNAVAILABLE, ACCOUNT_UNAVAILABLE, PARKED -> "DeliveryFailedException";
			default -> Value.NONE.asString();
		};
	}

	/**
	 * Create an observation whose tags have the value {@link Value#NONE}.
	 * @param registry the observation registry
	 * @return the observation, not started
	 */
	public Observation observation(ObservationRegistry registry) {
		Observation observation = Observation.createNotStarted(this.meterName, registry)
			.contextualName(this.meterName.replace('.', ' '));
		this.tags.forEach((tag) -> observation.lowCardinalityKeyValue(tag.of(Value.NONE)));
		return observation;
	}

	/**
	 * A tag: the name of a low-cardinality key of observations.
	 */
	public enum Tag implements KeyName {

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
		 * The reason for a rejection.
		 */
		REJECTION(Set.of(Value.NONE, Value.UNSIGNED, Value.FORGED, Value.MALFORMED, Value.TOO_LARGE, Value.TIMED_OUT,
				Value.OVERLOADED));

		private final Set<Value> fixedValues;

		Tag(Set<Value> fixedValues) {
			this.fixedValues = fixedValues;
		}

		/**
		 * Return the values that are the same for all meters, besides names of accounts,
		 * topics and types.
		 * @return the values
		 */
		public Set<Value> fixedValues() {
			return this.fixedValues;
		}

		/**
		 * Return the tag with a value.
		 * @param value the value
		 * @return the tag and the value
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
	 * A value of a tag. {@code docs/operations.md} says what each means.
	 */
	public enum Value {

		NONE, OTHER, UNKNOWN,

		PUBLISHED, DUPLICATE, UNRECOGNIZED, ACCEPTED, BUSY, REJECTED, FAILED, PARKED, UNAVAILABLE, ACCOUNT_UNAVAILABLE,

		PENDING, RESOLVED, UNRESOLVED,

		ISSUED, REFUSED,

		UNSIGNED, FORGED, MALFORMED, TOO_LARGE, TIMED_OUT, OVERLOADED;

		/**
		 * Return the value in metrics.
		 * @return the value
		 */
		public String asString() {
			return name().toLowerCase(Locale.ROOT).replace('_', '-');
		}

	}

}
