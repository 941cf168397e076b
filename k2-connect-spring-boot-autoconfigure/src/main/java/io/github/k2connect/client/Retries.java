package io.github.k2connect.client;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

import io.github.k2connect.K2ApiException;
import io.github.k2connect.K2Exception;
import io.github.k2connect.client.ApiCall.RepeatableFailure;

import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;
import org.springframework.util.backoff.BackOff;
import org.springframework.util.backoff.BackOffExecution;
import org.springframework.util.backoff.ExponentialBackOff;

/**
 * Retries for calls that are safe to repeat, with growing delays that respect
 * {@code Retry-After}. A delay beyond the deadline fails the call at once.
 */
final class Retries {

	private static final Duration MAX_DELAY = Duration.ofSeconds(30);

	private final int maxAttempts;

	private final Duration firstDelay;

	Retries(int maxAttempts, Duration firstDelay) {
		this.maxAttempts = maxAttempts;
		this.firstDelay = firstDelay;
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

	private static Duration requestedDelay(K2Exception failure) {
		Duration retryAfter = (failure instanceof K2ApiException error) ? error.retryAfter() : null;
		return (retryAfter != null) ? retryAfter : Duration.ZERO;
	}

	/**
	 * The retry policy of one call. The template calls {@link #shouldRetry} before it
	 * gets the delay.
	 */
	private final class CallPolicy implements RetryPolicy {

		private final BackOffExecution backOff = backOff().start();

		private final Deadline deadline;

		private Duration requestedDelay = Duration.ZERO;

		CallPolicy(Deadline deadline) {
			this.deadline = deadline;
		}

		@Override
		public boolean shouldRetry(Throwable failure) {
			if (!(failure instanceof RepeatableFailure repeatable)) {
				return false;
			}
			this.requestedDelay = requestedDelay(repeatable.failure());
			return this.requestedDelay.compareTo(MAX_DELAY) <= 0;
		}

		@Override
		public BackOff getBackOff() {
			return () -> this::nextBackOff;
		}

		private long nextBackOff() {
			long delay = this.backOff.nextBackOff();
			long left = this.deadline.left().toMillis();
			long requested = this.requestedDelay.toMillis();
			if (delay == BackOffExecution.STOP || Math.max(delay, requested) >= left) {
				return BackOffExecution.STOP;
			}
			return (delay > requested) ? delay : Math.min(requested + jitter(), left - 1);
		}

		/**
		 * Return a random extra delay, so that clients with the same {@code Retry-After}
		 * do not all call at once.
		 */
		private long jitter() {
			long max = Math.max(this.requestedDelay.toMillis() / 4, Retries.this.firstDelay.toMillis());
			return ThreadLocalRandom.current().nextLong(max + 1);
		}

	}

}
