package io.github.k2connect.followup;

import java.util.Locale;
import java.util.function.Function;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;

/**
 * The observation {@code k2.follow-up} of one execution of a follow-up. Its
 * low-cardinality keys are the account, the type and the outcome.
 */
final class FollowUpObservation {

	static final String NAME = "k2.follow-up";

	static final String ACCOUNT = "k2.account";

	static final String KIND = "k2.kind";

	static final String OUTCOME = "k2.outcome";

	private final Observation observation;

	private FollowUpObservation(Observation observation) {
		this.observation = observation;
	}

	static <T> T observe(ObservationRegistry registry, String account, String type,
			Function<FollowUpObservation, T> observed) {
		FollowUpObservation observation = new FollowUpObservation(Observation.createNotStarted(NAME, registry)
			.contextualName("k2 follow-up")
			.lowCardinalityKeyValue(ACCOUNT, account)
			.lowCardinalityKeyValue(KIND, type)
			.lowCardinalityKeyValue(OUTCOME, Outcome.FAILED.value())
			.start());
		try {
			return observation.observation.scoped(() -> observed.apply(observation));
		}
		finally {
			observation.observation.stop();
		}
	}

	void outcome(Outcome outcome) {
		this.observation.lowCardinalityKeyValue(OUTCOME, outcome.value());
	}

	/**
	 * The outcome of one execution.
	 */
	enum Outcome {

		/**
		 * The result is not final yet.
		 */
		PENDING,

		/**
		 * The result is final, and the listeners have handled it, or it is stored in the
		 * inbox.
		 */
		RESOLVED,

		/**
		 * The status request failed, or the event could not be handled yet.
		 */
		UNAVAILABLE,

		/**
		 * Kopo Kopo does not know the resource, or returned another one.
		 */
		UNKNOWN,

		/**
		 * The follow-up ended without a result.
		 */
		UNRESOLVED,

		/**
		 * A listener or the database failed.
		 */
		FAILED;

		String value() {
			return name().toLowerCase(Locale.ROOT);
		}

	}

}
