package io.github.k2connect.scheduling;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.context.SmartLifecycle;

/**
 * Lifecycle that prevents the handling of events before all listeners are available and
 * after shutdown begins. db-scheduler may start earlier and stop later.
 */
final class TaskLifecycle implements SmartLifecycle {

	private static final Log logger = LogFactory.getLog(TaskLifecycle.class);

	private final ReentrantReadWriteLock handling = new ReentrantReadWriteLock();

	private final Duration maxWait;

	private volatile boolean running;

	/**
	 * Create the lifecycle.
	 * @param maxWait how long the shutdown waits for events that are being handled
	 */
	TaskLifecycle(Duration maxWait) {
		this.maxWait = maxWait;
	}

	/**
	 * Begin to handle an event.
	 * @return {@code true} if it may be handled; {@link #end()} must be called afterwards
	 */
	boolean begin() {
		if (!this.running) {
			return false;
		}
		this.handling.readLock().lock();
		if (!this.running) {
			this.handling.readLock().unlock();
			return false;
		}
		return true;
	}

	/**
	 * End the handling of an event.
	 */
	void end() {
		this.handling.readLock().unlock();
	}

	@Override
	public void start() {
		this.running = true;
	}

	@Override
	public void stop() {
		this.running = false;
		try {
			if (this.handling.writeLock().tryLock(this.maxWait.toMillis(), TimeUnit.MILLISECONDS)) {
				this.handling.writeLock().unlock();
			}
			else {
				logger.warn("Events are still being handled after " + this.maxWait);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

}
