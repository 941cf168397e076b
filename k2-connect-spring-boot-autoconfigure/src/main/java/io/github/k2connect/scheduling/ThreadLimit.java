package io.github.k2connect.scheduling;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.github.k2connect.Ticker;

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

	/**
	 * Executions end quickly if the last one has ended not longer ago than that.
	 */
	private static final long QUICK = TimeUnit.MILLISECONDS.toNanos(100);

	/**
	 * How many executions may wait for each thread meanwhile.
	 */
	private static final int TURNS = 8;

	private final Semaphore threads;

	private final int max;

	private final boolean waits;

	private final Ticker ticker;

	private final AtomicLong lastRelease;

	private final AtomicLong lastTurn;

	private ThreadLimit(int threads, boolean waits, Ticker ticker) {
		this.threads = new Semaphore(threads, true);
		this.max = threads;
		this.waits = waits;
		this.ticker = ticker;
		this.lastRelease = new AtomicLong(ticker.tick());
		this.lastTurn = new AtomicLong(ticker.tick());
	}

	/**
	 * Create a limit over which an execution is postponed at once.
	 * @param threads the number of threads
	 * @param ticker measures the time
	 */
	static ThreadLimit of(int threads, Ticker ticker) {
		return new ThreadLimit(threads, false, ticker);
	}

	/**
	 * Create a limit over which an execution waits for a thread while executions end
	 * regularly. A busy task does not have to be postponed then, which costs two
	 * statements. If no execution has ended for a second, there is no wait.
	 * @param threads the number of threads
	 * @param ticker measures the time
	 */
	static ThreadLimit waiting(int threads, Ticker ticker) {
		return new ThreadLimit(threads, true, ticker);
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
		long wait = MAX_WAIT - (this.ticker.tick() - this.lastRelease.get());
		try {
			return wait > 0 && this.threads.tryAcquire(wait, TimeUnit.NANOSECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	/**
	 * Return how many threads nobody has or waits for. While executions end quickly, as
	 * many more will be free before an execution waits for long.
	 */
	int free() {
		int idle = this.threads.hasQueuedThreads() ? 0 : this.threads.availablePermits();
		return isQuick() ? Math.max(idle, this.max) : idle;
	}

	/**
	 * Return how many executions will have a thread soon, one after the other, because
	 * executions end quickly.
	 */
	int soon() {
		return isQuick() ? TURNS * this.max : 0;
	}

	private boolean isQuick() {
		return this.ticker.tick() - this.lastRelease.get() < QUICK;
	}

	/**
	 * Give the thread back.
	 */
	void release() {
		this.lastRelease.set(this.ticker.tick());
		this.threads.release();
	}

	/**
	 * Return how long an execution over the limit is postponed. Postponed executions are
	 * due one after the other.
	 */
	Duration delay() {
		long now = this.ticker.tick();
		long turn = this.lastTurn
			.updateAndGet((last) -> now + Math.min(Math.max(last - now + PACE, MIN_DELAY), MAX_DELAY));
		long delay = turn - now;
		return Duration
			.ofNanos((delay < MAX_DELAY) ? delay : ThreadLocalRandom.current().nextLong(MAX_DELAY / 2, MAX_DELAY));
	}

}
