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
 * Retries for calls that are safe to repeat, with growing delays that respect
 * {@code Retry-After}. If the delay would end after the deadline, the call fails at once.
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
	 * The retry policy of one call. The template first asks whether to retry, then how
	 * long to wait.
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
		 * Return a random extra delay, so that clients with the same {@code Retry-After}
		 * do not all call at once.
		 */
		private long jitter() {
			long longest = Math.max(this.untilWanted.toMillis() / 4, Retries.this.firstDelay.toMillis());
			return ThreadLocalRandom.current().nextLong(longest + 1);
		}

	}

}
