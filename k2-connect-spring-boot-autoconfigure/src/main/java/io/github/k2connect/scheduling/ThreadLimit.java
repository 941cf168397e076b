package io.github.k2connect.scheduling;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Limit for the threads of the scheduler that one kind of tasks uses at a time, so that
 * the other kind can run while all executions of this one are slow. An execution over the
 * limit is postponed.
 */
final class ThreadLimit {

	private static final long MAX_WAIT = TimeUnit.SECONDS.toNanos(1);

	private static final long MIN_DELAY = TimeUnit.SECONDS.toNanos(1);

	private static final long MAX_DELAY = TimeUnit.SECONDS.toNanos(30);

	/**
	 * The time between two postponed executions, so that they are not all due at once.
	 */
	private static final long PACE = TimeUnit.MILLISECONDS.toNanos(100);

	private final Semaphore threads;

	private final boolean waits;

	private final AtomicLong lastRelease = new AtomicLong(System.nanoTime());

	private final AtomicLong lastTurn = new AtomicLong(System.nanoTime());

	private ThreadLimit(int threads, boolean waits) {
		this.threads = new Semaphore(threads, true);
		this.waits = waits;
	}

	/**
	 * Create a limit over which an execution is postponed at once.
	 * @param threads the number of threads
	 */
	static ThreadLimit of(int threads) {
		return new ThreadLimit(threads, false);
	}

	/**
	 * Create a limit over which an execution waits for a thread while executions end
	 * regularly. A busy task does not have to be postponed then, which costs two
	 * statements. If no execution has ended for a second, there is no wait.
	 * @param threads the number of threads
	 */
	static ThreadLimit waiting(int threads) {
		return new ThreadLimit(threads, true);
	}

	/**
	 * Take a thread.
	 * @return {@code true} if the task may run; {@link #release()} must be called
	 * afterwards
	 */
	boolean acquire() {
		return this.threads.tryAcquire() || (this.waits && awaitThread());
	}

	private boolean awaitThread() {
		long wait = MAX_WAIT - (System.nanoTime() - this.lastRelease.get());
		try {
			return wait > 0 && this.threads.tryAcquire(wait, TimeUnit.NANOSECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	/**
	 * Return how many threads nobody has or waits for.
	 */
	int free() {
		return this.threads.hasQueuedThreads() ? 0 : this.threads.availablePermits();
	}

	/**
	 * Give the thread back.
	 */
	void release() {
		this.lastRelease.set(System.nanoTime());
		this.threads.release();
	}

	/**
	 * Return how long an execution over the limit is postponed. Postponed executions are
	 * due one after the other.
	 */
	Duration delay() {
		long now = System.nanoTime();
		long turn = this.lastTurn
			.updateAndGet((last) -> now + Math.min(Math.max(last - now + PACE, MIN_DELAY), MAX_DELAY));
		long delay = turn - now;
		return Duration
			.ofNanos((delay < MAX_DELAY) ? delay : ThreadLocalRandom.current().nextLong(MAX_DELAY / 2, MAX_DELAY));
	}

}
