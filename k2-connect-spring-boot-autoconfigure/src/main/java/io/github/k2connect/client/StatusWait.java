package io.github.k2connect.client;

import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

import io.github.k2connect.K2ApiException;
import io.github.k2connect.K2ConnectionException;
import io.github.k2connect.K2Exception;
import org.jspecify.annotations.Nullable;

/**
 * Wait for a result, with status requests after growing delays. It holds no lock.
 */
final class StatusWait {

	private static final Duration FIRST_DELAY = Duration.ofSeconds(1);

	private static final Duration LONGEST_DELAY = Duration.ofSeconds(10);

	/**
	 * How long before the end the last status request is sent.
	 */
	private static final Duration BEFORE_END = Duration.ofMillis(500);

	private static final int TOO_MANY_REQUESTS = 429;

	private final LongSupplier nanoTime;

	private final Sleeper sleeper;

	private final Supplier<Duration> limit;

	/**
	 * Create a wait.
	 * @param nanoTime the time
	 * @param sleeper pauses the current thread
	 * @param limit returns how long to wait before a request
	 */
	StatusWait(LongSupplier nanoTime, Sleeper sleeper, Supplier<Duration> limit) {
		this.nanoTime = nanoTime;
		this.sleeper = sleeper;
		this.limit = limit;
	}

	<R> R await(Duration timeout, Supplier<R> status, Predicate<R> pending) {
		long start = this.nanoTime.getAsLong();
		Duration delay = FIRST_DELAY;
		while (true) {
			awaitTurn(timeout.minusNanos(this.nanoTime.getAsLong() - start));
			Answer<R> answer = request(status, pending);
			if (answer.isFinal()) {
				return answer.get();
			}
			Duration left = timeout.minusNanos(this.nanoTime.getAsLong() - start);
			Duration wait = inTime(longer(delay, answer.retryAfter()), left, answer.retryAfter());
			if (wait == null) {
				return answer.get();
			}
			sleep(wait);
			delay = shorter(delay.multipliedBy(3).dividedBy(2), LONGEST_DELAY);
		}
	}

	/**
	 * Wait until the limit allows a request, but not after the end.
	 */
	private void awaitTurn(Duration left) {
		Duration turn = shorter(this.limit.get(), left);
		if (turn.compareTo(Duration.ZERO) > 0) {
			sleep(turn);
		}
	}

	private static <R> Answer<R> request(Supplier<R> status, Predicate<R> pending) {
		try {
			R result = status.get();
			return new Answer<>(result, null, Duration.ZERO, !pending.test(result));
		}
		catch (K2ApiException ex) {
			boolean temporary = ex.statusCode() == TOO_MANY_REQUESTS || ex.statusCode() >= 500;
			Duration retryAfter = ex.retryAfter();
			return new Answer<>(null, ex, (retryAfter != null) ? retryAfter : Duration.ZERO, !temporary);
		}
		catch (K2ConnectionException ex) {
			return new Answer<>(null, ex, Duration.ZERO, Thread.currentThread().isInterrupted());
		}
	}

	/**
	 * Return how long to wait before the next request, or {@code null} if it would be
	 * after the end. A last request is sent just before the end, unless Kopo Kopo asks to
	 * wait for longer.
	 */
	private static @Nullable Duration inTime(Duration wait, Duration left, Duration retryAfter) {
		if (wait.compareTo(left) < 0) {
			return wait;
		}
		Duration last = left.minus(BEFORE_END);
		return (last.compareTo(longer(FIRST_DELAY, retryAfter)) >= 0) ? last : null;
	}

	private void sleep(Duration duration) {
		try {
			this.sleeper.sleep(duration);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new K2ConnectionException("Interrupted while waiting for a result", false, ex);
		}
	}

	private static Duration longer(Duration one, Duration other) {
		return (one.compareTo(other) > 0) ? one : other;
	}

	private static Duration shorter(Duration one, Duration other) {
		return (one.compareTo(other) < 0) ? one : other;
	}

	/**
	 * Pauses the current thread.
	 */
	@FunctionalInterface
	interface Sleeper {

		void sleep(Duration duration) throws InterruptedException;

	}

	/**
	 * The answer to a status request.
	 *
	 * @param <R> the type of the result
	 * @param result the result, or {@code null} after a failure
	 * @param failure the failure, or {@code null}
	 * @param retryAfter how long Kopo Kopo asks to wait, or zero
	 * @param isFinal whether no further request can change it
	 */
	private record Answer<R>(@Nullable R result, @Nullable K2Exception failure, Duration retryAfter, boolean isFinal) {

		R get() {
			if (this.result != null) {
				return this.result;
			}
			throw (this.failure != null) ? this.failure : new IllegalStateException("There is no answer");
		}

	}

}
