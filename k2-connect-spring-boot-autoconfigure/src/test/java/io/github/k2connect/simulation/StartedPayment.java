package io.github.k2connect.simulation;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A payment that an instance has started.
 */
final class StartedPayment {

	final String account;

	final SimulatedInstance instance;

	/**
	 * When it was started, by the clock of the instance.
	 */
	final Instant startedAt;

	/**
	 * The id at Kopo Kopo, or {@code null} if Kopo Kopo has not received the request.
	 */
	@Nullable String id;

	Ending ending = Ending.SENDING;

	/**
	 * Whether Kopo Kopo made the payment and its response was lost.
	 */
	boolean responseLost;

	/**
	 * Whether the call was interrupted, so that the URL may not be stored.
	 */
	boolean interrupted;

	/**
	 * How many follow-ups the instance had executed without an interruption when the call
	 * returned.
	 */
	int undisturbedFollowUps;

	/**
	 * How often a scheduler had been interrupted when the call returned.
	 */
	int interruptedSchedulers;

	StartedPayment(String account, SimulatedInstance instance) {
		this.account = account;
		this.instance = instance;
		this.startedAt = instance.clock.now();
	}

	/**
	 * How the call ended for the application.
	 */
	enum Ending {

		/**
		 * The instance crashed, or the call has not ended.
		 */
		SENDING,

		/**
		 * The call returned the URL of the payment.
		 */
		RETURNED,

		/**
		 * The call threw an exception.
		 */
		THREW

	}

}
