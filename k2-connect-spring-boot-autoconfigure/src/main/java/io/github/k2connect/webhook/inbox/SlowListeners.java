package io.github.k2connect.webhook.inbox;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.github.k2connect.scheduling.TaskExecution;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Warns of attempts that take long.
 */
final class SlowListeners {

	private static final Log logger = LogFactory.getLog(SlowListeners.class);

	private final Duration warnAfter;

	private final InboxMeters meters;

	private final Set<Attempt> attempts = ConcurrentHashMap.newKeySet();

	/**
	 * Create the object.
	 * @param properties the settings of the inbox
	 * @param meters the meters of the inbox
	 */
	SlowListeners(InboxProperties properties, InboxMeters meters) {
		this.warnAfter = properties.warnAfter();
		this.meters = meters;
	}

	Attempt begin(TaskExecution execution) {
		Attempt attempt = new Attempt(execution);
		this.attempts.add(attempt);
		return attempt;
	}

	void end(Attempt attempt) {
		this.attempts.remove(attempt);
	}

	/**
	 * Warn of the attempts that have become slow. This runs on a thread of its own.
	 */
	void warn() {
		this.attempts.forEach(this::warnOnce);
	}

	private void warnOnce(Attempt attempt) {
		if (attempt.becomesSlow(this.warnAfter)) {
			logger.warn(
					"The listeners of event " + StoredEvent.name(attempt.execution)
							+ " have been running for more than " + this.warnAfter + ". They occupy thread "
							+ attempt.thread.getName() + " of the scheduler. This is what they do now",
					new StackOf(attempt.thread));
			this.meters.slow(StoredEvent.of(attempt.execution).kind());
		}
	}

	/**
	 * A running attempt.
	 */
	static final class Attempt {

		private final TaskExecution execution;

		private final Thread thread = Thread.currentThread();

		private final long start = System.nanoTime();

		private boolean slow;

		private Attempt(TaskExecution execution) {
			this.execution = execution;
		}

		private synchronized boolean becomesSlow(Duration warnAfter) {
			boolean before = this.slow;
			this.slow |= System.nanoTime() - this.start > warnAfter.toNanos();
			return this.slow != before;
		}

	}

	/**
	 * The stack of another thread, for the log.
	 */
	private static final class StackOf extends Throwable {

		private StackOf(Thread thread) {
			super("Stack of " + thread.getName(), null, false, true);
			setStackTrace(thread.getStackTrace());
		}

	}

}
