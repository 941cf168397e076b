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
	 * The idempotency key, or {@code null}.
	 */
	final @Nullable String key;

	/**
	 * When it was started, by the clock of the instance.
	 */
	final Instant startedAt;

	/**
	 * When it was started. The follow-up of a payment that somebody has resolved begins
	 * then, by the clock of the database.
	 */
	final Instant begunAt;

	/**
	 * The id at Kopo Kopo, or {@code null} if Kopo Kopo has not received the request.
	 */
	@Nullable String id;

	/**
	 * The id that the call returned, or {@code null}.
	 */
	@Nullable String returned;

	/**
	 * What the call threw, or {@code null}.
	 */
	@Nullable RuntimeException failure;

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

	StartedPayment(String account, SimulatedInstance instance, @Nullable String key) {
		this.account = account;
		this.key = key;
		this.instance = instance;
		this.startedAt = instance.clock.now();
		this.begunAt = this.startedAt.minus(instance.clock.offset());
	}

	boolean has(String account, String key) {
		return this.account.equals(account) && key.equals(this.key);
	}

	@Override
	public String toString() {
		return "the payment " + ((this.key != null) ? this.key + " " : "") + "of " + this.account + ", started at "
				+ this.startedAt + " at " + this.instance;
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
