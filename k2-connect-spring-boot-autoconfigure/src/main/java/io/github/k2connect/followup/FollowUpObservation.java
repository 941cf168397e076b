package io.github.k2connect.followup;

import java.util.Locale;
import java.util.function.Function;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;

/**
 * The observation {@code k2.follow-up} of one time that the scheduler deals with what was
 * started. Its keys have few values: the account, the type, and the outcome.
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
	 * What became of it.
	 */
	enum Outcome {

		/**
		 * The result is not final yet.
		 */
		PENDING,

		/**
		 * The result is final, and the listeners have handled it, or get it soon.
		 */
		RESOLVED,

		/**
		 * Kopo Kopo could not be asked.
		 */
		UNAVAILABLE,

		/**
		 * Kopo Kopo does not know it, or has something else there.
		 */
		UNKNOWN,

		/**
		 * It was given up.
		 */
		UNRESOLVED,

		/**
		 * A listener failed, or the database.
		 */
		FAILED;

		String value() {
			return name().toLowerCase(Locale.ROOT);
		}

	}

}
