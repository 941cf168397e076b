package io.github.k2connect.scheduling;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * The executions that run. After the stop no execution begins.
 */
final class RunningExecutions {

	private static final Log logger = LogFactory.getLog(RunningExecutions.class);

	private final ReentrantReadWriteLock executing = new ReentrantReadWriteLock();

	private volatile boolean stopped;

	/**
	 * Begin an execution.
	 * @return {@code true} if it may run; {@link #end()} must be called afterwards
	 */
	boolean begin() {
		if (this.stopped) {
			return false;
		}
		this.executing.readLock().lock();
		if (this.stopped) {
			this.executing.readLock().unlock();
			return false;
		}
		return true;
	}

	/**
	 * End an execution.
	 */
	void end() {
		this.executing.readLock().unlock();
	}

	/**
	 * Let no execution begin.
	 */
	void stop() {
		this.stopped = true;
	}

	/**
	 * Wait for the executions that run.
	 * @param maxWait how long to wait
	 */
	void awaitEnd(Duration maxWait) {
		try {
			if (this.executing.writeLock().tryLock(maxWait.toMillis(), TimeUnit.MILLISECONDS)) {
				this.executing.writeLock().unlock();
			}
			else {
				logger.warn("Events are still being handled after " + maxWait + ". Their listeners are interrupted");
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
