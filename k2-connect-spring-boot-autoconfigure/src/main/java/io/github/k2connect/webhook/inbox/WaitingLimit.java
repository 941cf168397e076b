package io.github.k2connect.webhook.inbox;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

import io.github.k2connect.Ticker;

/**
 * Limit for waiting events. The rows are counted at most once a second, or ten times a
 * second while the limit seems to be reached. In between the events of this instance are
 * added. The limit is exact for one instance. The events that another instance stores
 * after the last count are not known.
 */
final class WaitingLimit {

	private static final long MAX_AGE = TimeUnit.SECONDS.toNanos(1);

	private static final long MIN_AGE = TimeUnit.MILLISECONDS.toNanos(100);

	private final LongSupplier rows;

	private final long max;

	private final Ticker ticker;

	private final ReentrantLock counting = new ReentrantLock();

	/**
	 * The number of inserts that have begun, and of those that have ended.
	 */
	private long begun;

	private long ended;

	/**
	 * The rows at the last count, less the inserts that had ended before it. With the
	 * inserts that have begun this is the highest possible number of rows.
	 */
	private long base;

	private boolean counted;

	private long countedAt;

	/**
	 * Create a limit.
	 * @param rows counts the rows of waiting events
	 * @param max the maximum number of waiting events
	 * @param ticker measures the age of a count
	 */
	WaitingLimit(LongSupplier rows, long max, Ticker ticker) {
		this.rows = rows;
		this.max = max;
		this.ticker = ticker;
	}

	/**
	 * Begin to insert an event.
	 * @return {@code true} if it may be inserted; {@link #end} must be called afterwards
	 */
	boolean begin() {
		if (isCountDue() && lockForCount()) {
			try {
				if (isCountDue()) {
					count();
				}
			}
			finally {
				this.counting.unlock();
			}
		}
		return reserve();
	}

	/**
	 * End the insert of an event.
	 * @param inserted {@code false} if it is certain that the event was not inserted
	 */
	synchronized void end(boolean inserted) {
		if (inserted) {
			this.ended++;
		}
		else {
			this.begun--;
		}
	}

	private synchronized boolean reserve() {
		if (isReached()) {
			return false;
		}
		this.begun++;
		return true;
	}

	/**
	 * Only the first count is waited for.
	 */
	private boolean lockForCount() {
		if (isCounted()) {
			return this.counting.tryLock();
		}
		this.counting.lock();
		return true;
	}

	private synchronized boolean isCounted() {
		return this.counted;
	}

	private synchronized boolean isCountDue() {
		long age = this.ticker.tick() - this.countedAt;
		return !this.counted || age >= (isReached() ? MIN_AGE : MAX_AGE);
	}

	private boolean isReached() {
		return this.base + this.begun >= this.max;
	}

	private void count() {
		long endedBefore = ended();
		long rows = this.rows.getAsLong();
		counted(rows - endedBefore);
	}

	private synchronized long ended() {
		return this.ended;
	}

	private synchronized void counted(long base) {
		this.base = base;
		this.counted = true;
		this.countedAt = this.ticker.tick();
	}

}
