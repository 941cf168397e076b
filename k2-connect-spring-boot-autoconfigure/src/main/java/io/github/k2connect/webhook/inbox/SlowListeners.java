package io.github.k2connect.webhook.inbox;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import com.github.kagkarlsson.scheduler.event.AbstractSchedulerListener;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Listener for db-scheduler that warns of attempts which take long. It runs with
 * db-scheduler's housekeeping, for example after each heartbeat, which has threads of its
 * own.
 */
final class SlowListeners extends AbstractSchedulerListener {

	private static final Log logger = LogFactory.getLog(SlowListeners.class);

	private final Duration warnAfter;

	private final InboxMeters meters;

	private final Set<Attempt> attempts = ConcurrentHashMap.newKeySet();

	/**
	 * Create the listener.
	 * @param properties the settings of the inbox
	 * @param meters the meters of the inbox
	 */
	SlowListeners(InboxProperties properties, InboxMeters meters) {
		this.warnAfter = properties.warnAfter();
		this.meters = meters;
	}

	Attempt begin(TaskInstance<String> instance) {
		Attempt attempt = new Attempt(instance);
		this.attempts.add(attempt);
		return attempt;
	}

	void end(Attempt attempt) {
		this.attempts.remove(attempt);
	}

	@Override
	public void onSchedulerEvent(SchedulerEventType type) {
		this.attempts.forEach(this::warnOnce);
	}

	private void warnOnce(Attempt attempt) {
		if (attempt.becomesSlow(this.warnAfter)) {
			logger.warn("The listeners of event " + StoredEvent.name(attempt.instance)
					+ " have been running for more than " + this.warnAfter + ". They occupy thread "
					+ attempt.thread.getName() + " of db-scheduler. This is what they do now",
					new StackOf(attempt.thread));
			this.meters.slow(StoredEvent.of(attempt.instance).kind());
		}
	}

	/**
	 * A running attempt.
	 */
	static final class Attempt {

		private final TaskInstance<String> instance;

		private final Thread thread = Thread.currentThread();

		private final long start = System.nanoTime();

		private boolean slow;

		private Attempt(TaskInstance<String> instance) {
			this.instance = instance;
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
