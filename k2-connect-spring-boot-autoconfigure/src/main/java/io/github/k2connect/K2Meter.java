package io.github.k2connect;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.common.docs.KeyName;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

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
			Map.of(Case.DIRECT,
					Set.of(Value.PUBLISHED, Value.DUPLICATE, Value.UNRECOGNIZED, Value.BUSY, Value.FAILED,
							Value.UNAVAILABLE),
					Case.INBOX, Set.of(Value.ACCEPTED, Value.DUPLICATE, Value.BUSY, Value.UNAVAILABLE), Case.UNREAD,
					Set.of(Value.REJECTED, Value.BUSY, Value.FAILED, Value.ACCOUNT_UNAVAILABLE)),
			errors(DeliveryFailedException.class, Value.FAILED, Value.UNAVAILABLE, Value.ACCOUNT_UNAVAILABLE),
			Tag.ACCOUNT, Tag.KIND, Tag.OUTCOME, Tag.REJECTION),

	/**
	 * An attempt to handle a stored event.
	 */
	HANDLING("k2.webhook.handle",
			Map.of(Case.INBOX,
					Set.of(Value.PUBLISHED, Value.DUPLICATE, Value.UNRECOGNIZED, Value.FAILED, Value.UNAVAILABLE,
							Value.PARKED),
					Case.UNREAD, Set.of(Value.UNAVAILABLE, Value.PARKED)),
			errors(DeliveryFailedException.class, Value.FAILED, Value.UNAVAILABLE, Value.PARKED), Tag.ACCOUNT, Tag.KIND,
			Tag.OUTCOME),

	/**
	 * The time from receiving an event to the end of its handling.
	 */
	INBOX_DELAY("k2.inbox.delay", "Time from receiving an event to the end of its handling", Tag.KIND),

	/**
	 * The attempts that take long.
	 */
	INBOX_SLOW("k2.inbox.slow", "Attempts that took longer than k2.webhook.inbox.warn-after", Tag.KIND),

	/**
	 * The events that wait or are being handled.
	 */
	INBOX_WAITING("k2.inbox.waiting", "Events that wait or are being handled"),

	/**
	 * The parked events.
	 */
	INBOX_PARKED("k2.inbox.parked", "Parked events"),

	/**
	 * The time since the oldest event that waits was received.
	 */
	INBOX_OLDEST_AGE("k2.inbox.oldest.age", "Time since the oldest event that waits was received"),

	/**
	 * An execution of a follow-up.
	 */
	FOLLOW_UP("k2.follow-up",
			Map.of(Case.ANY,
					Set.of(Value.PENDING, Value.RESOLVED, Value.UNAVAILABLE, Value.ACCOUNT_UNAVAILABLE, Value.UNKNOWN,
							Value.UNRESOLVED, Value.FAILED)),
			errors(FollowUpFailedException.class, Value.FAILED), Tag.ACCOUNT, Tag.KIND, Tag.OUTCOME),

	/**
	 * The requests whose result is not final yet.
	 */
	FOLLOW_UP_WAITING("k2.follow-up.waiting", "Requests whose result is not final yet"),

	/**
	 * The idempotency keys of requests that ended without a known outcome.
	 */
	IDEMPOTENCY_KEYS_UNRESOLVED("k2.idempotency-keys.unresolved",
			"Idempotency keys of requests that ended without a known outcome"),

	/**
	 * The time until the token of an account expires.
	 */
	TOKEN_REMAINING("k2.token.remaining", "Time until the access token expires", Tag.ACCOUNT),

	/**
	 * The payments and reversals that no message told of.
	 */
	RECONCILIATION_MISSED("k2.reconciliation.missed", "Payments and reversals that no message told of", Tag.ACCOUNT,
			Tag.KIND),

	/**
	 * A request for a token, with all its attempts.
	 */
	TOKEN_REQUEST("k2.token.request", Map.of(Case.ANY, Set.of(Value.ISSUED, Value.REFUSED, Value.FAILED)),
			Map.of(Value.REFUSED, Set.of(K2AuthenticationException.class), Value.FAILED,
					Set.of(K2ApiException.class, K2ConnectionException.class, K2ResponseException.class)),
			Tag.ACCOUNT, Tag.OUTCOME);

	private final String meterName;

	private final @Nullable String description;

	private final Map<Case, Set<Value>> outcomes;

	private final Map<Value, Set<Class<? extends K2Exception>>> errors;

	private final List<Tag> tags;

	K2Meter(String meterName, String description, Tag... tags) {
		this(meterName, description, Map.of(), Map.of(), tags);
	}

	K2Meter(String meterName, Map<Case, Set<Value>> outcomes, Map<Value, Set<Class<? extends K2Exception>>> errors,
			Tag... tags) {
		this(meterName, null, outcomes, errors, tags);
	}

	K2Meter(String meterName, @Nullable String description, Map<Case, Set<Value>> outcomes,
			Map<Value, Set<Class<? extends K2Exception>>> errors, Tag... tags) {
		this.meterName = meterName;
		this.description = description;
		this.outcomes = outcomes;
		this.errors = errors;
		this.tags = List.of(tags);
	}

	private static Map<Value, Set<Class<? extends K2Exception>>> errors(Class<? extends K2Exception> error,
			Value... outcomes) {
		return Arrays.stream(outcomes).collect(Collectors.toMap(Function.identity(), (outcome) -> Set.of(error)));
	}

	/**
	 * Return the name in metrics.
	 * @return the name
	 */
	public String asString() {
		return this.meterName;
	}

	/**
	 * Return the description of a meter that is no observation.
	 * @return the description, or {@code null}
	 */
	public @Nullable String description() {
		return this.description;
	}

	/**
	 * Return the values of {@link Tag#OUTCOME} at the end.
	 * @return the outcomes, none for a meter without this tag
	 */
	public Set<Value> outcomes() {
		return this.outcomes.values().stream().flatMap(Set::stream).collect(Collectors.toSet());
	}

	/**
	 * Return the tags.
	 * @return the tags
	 */
	public List<Tag> tags() {
		return this.tags;
	}

	/**
	 * Return the tags of the timers of all outcomes, as the observations have them.
	 * @param when when the observations end so
	 * @param account the name of the account in metrics
	 * @param kind the topic or type
	 * @return the tags of each timer
	 */
	Stream<KeyValues> timers(Case when, String account, String kind) {
		Value never = kind.equals(Value.UNKNOWN.asString()) ? Value.PUBLISHED : Value.UNRECOGNIZED;
		return this.outcomes.getOrDefault(when, Set.of())
			.stream()
			.filter((outcome) -> outcome != never)
			.flatMap((outcome) -> rejections(outcome).flatMap((rejection) -> errors(outcome)
				.map((error) -> timer(account, kind, outcome, rejection).and("error", error))));
	}

	private Stream<Value> rejections(Value outcome) {
		return (outcome == Value.REJECTED)
				? Tag.REJECTION.fixedValues().stream().filter((reason) -> reason != Value.NONE) : Stream.of(Value.NONE);
	}

	private Stream<String> errors(Value outcome) {
		Set<Class<? extends K2Exception>> classes = this.errors.get(outcome);
		return (classes != null) ? classes.stream().map(Class::getSimpleName) : Stream.of(Value.NONE.asString());
	}

	private KeyValues timer(String account, String kind, Value outcome, Value rejection) {
		return KeyValues.of(this.tags, (tag) -> tag.asString(), (tag) -> switch (tag) {
			case ACCOUNT -> account;
			case KIND -> kind;
			case OUTCOME -> outcome.asString();
			case REJECTION -> rejection.asString();
		});
	}

	/**
	 * Create an observation whose tags have the value {@link Value#NONE}.
	 * @param registry the observation registry
	 * @return the observation, not started
	 */
	public Observation observation(ObservationRegistry registry) {
		return observation(registry, Observation.Context::new);
	}

	/**
	 * Create an observation with a context of its own, whose tags have the value
	 * {@link Value#NONE}.
	 * @param registry the observation registry
	 * @param context creates the context
	 * @return the observation, not started
	 */
	public Observation observation(ObservationRegistry registry, Supplier<Observation.Context> context) {
		Observation observation = Observation.createNotStarted(this.meterName, context, registry)
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

	/**
	 * When an observation ends with an outcome.
	 */
	enum Case {

		/**
		 * Always.
		 */
		ANY,

		/**
		 * In direct mode, with a message that was decoded.
		 */
		DIRECT,

		/**
		 * In inbox mode, with a message that was decoded, or with an event that
		 * k2-connect creates itself.
		 */
		INBOX,

		/**
		 * With a message that was not decoded.
		 */
		UNREAD

	}

	/**
	 * The error in the observation of a delivery, or of an attempt, for every kind of
	 * failure. So each outcome has one time series.
	 */
	public static final class DeliveryFailedException extends K2Exception {

		/**
		 * Create an exception.
		 * @param cause the failure
		 */
		public DeliveryFailedException(Throwable cause) {
			super("The delivery failed", cause);
		}

	}

	/**
	 * The error in the observation of a follow-up, for every kind of failure. So each
	 * outcome has one time series.
	 */
	public static final class FollowUpFailedException extends K2Exception {

		/**
		 * Create an exception.
		 * @param cause the failure
		 */
		public FollowUpFailedException(Throwable cause) {
			super("The follow-up failed", cause);
		}

	}

}
