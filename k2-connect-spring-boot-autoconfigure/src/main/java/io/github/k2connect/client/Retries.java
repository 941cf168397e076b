package io.github.k2connect.client;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

import io.github.k2connect.client.ApiCall.RepeatableFailure;
import org.jspecify.annotations.Nullable;

import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;
import org.springframework.util.backoff.BackOff;
import org.springframework.util.backoff.BackOffExecution;
import org.springframework.util.backoff.ExponentialBackOff;

/**
 * Repeats a call whose failure says that this is safe, later each time, and not before
 * Kopo Kopo wants it again. A wait that would not end before the deadline is none: the
 * call fails at once.
 */
final class Retries {

	private static final Duration MAX_DELAY = Duration.ofSeconds(30);

	private final int maxAttempts;

	private final Duration firstDelay;

	private final Clock clock;

	Retries(int maxAttempts, Duration firstDelay, Clock clock) {
		this.maxAttempts = maxAttempts;
		this.firstDelay = firstDelay;
		this.clock = clock;
	}

	<T> T execute(Deadline deadline, Supplier<T> call) {
		try {
			return new RetryTemplate(policy(deadline)).invoke(call);
		}
		catch (RepeatableFailure ex) {
			throw ex.failure();
		}
	}

	RetryPolicy policy(Deadline deadline) {
		return new CallPolicy(deadline);
	}

	private ExponentialBackOff backOff() {
		ExponentialBackOff backOff = new ExponentialBackOff(this.firstDelay.toMillis(), 2);
		backOff.setJitter(this.firstDelay.toMillis() / 2);
		backOff.setMaxInterval(MAX_DELAY.toMillis());
		backOff.setMaxAttempts(this.maxAttempts - 1);
		return backOff;
	}

	private Duration untilWanted(@Nullable String header) {
		Duration retryAfter = RetryAfter.parse(header, this.clock.instant());
		return (retryAfter != null) ? retryAfter : Duration.ZERO;
	}

	/**
	 * The policy of one call: the template asks whether to go on with the last failure
	 * before it asks for how long to wait.
	 */
	private final class CallPolicy implements RetryPolicy {

		private final BackOffExecution backOff = backOff().start();

		private final Deadline deadline;

		private Duration untilWanted = Duration.ZERO;

		CallPolicy(Deadline deadline) {
			this.deadline = deadline;
		}

		@Override
		public boolean shouldRetry(Throwable failure) {
			if (!(failure instanceof RepeatableFailure repeatable)) {
				return false;
			}
			this.untilWanted = untilWanted(repeatable.retryAfter());
			return this.untilWanted.compareTo(MAX_DELAY) <= 0;
		}

		@Override
		public BackOff getBackOff() {
			return () -> this::nextBackOff;
		}

		private long nextBackOff() {
			long delay = this.backOff.nextBackOff();
			long left = this.deadline.left().toMillis();
			long wanted = this.untilWanted.toMillis();
			if (delay == BackOffExecution.STOP || Math.max(delay, wanted) >= left) {
				return BackOffExecution.STOP;
			}
			return (delay > wanted) ? delay : Math.min(wanted + jitter(), left - 1);
		}

		/**
		 * Return how much later than asked to come back, so that all who were told the
		 * same time do not come at once.
		 */
		private long jitter() {
			long longest = Math.max(this.untilWanted.toMillis() / 4, Retries.this.firstDelay.toMillis());
			return ThreadLocalRandom.current().nextLong(longest + 1);
		}

	}

}
