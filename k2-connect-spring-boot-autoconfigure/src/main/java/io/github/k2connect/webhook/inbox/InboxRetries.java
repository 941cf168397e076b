package io.github.k2connect.webhook.inbox;

import java.time.Clock;
import java.time.Duration;
import java.util.function.Predicate;

import com.github.kagkarlsson.scheduler.task.DeadExecutionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.FailureHandler;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Handler that schedules the next attempt of a failed event. After the last attempt the
 * event is parked: it stays in the table with an execution time that is never reached.
 */
final class InboxRetries implements FailureHandler<String>, DeadExecutionHandler<String> {

	private static final Log logger = LogFactory.getLog(InboxRetries.class);

	private final InboxSettings settings;

	private final Clock clock;

	private final Predicate<String> handled;

	/**
	 * Create the handler.
	 * @param settings the settings of the inbox
	 * @param clock the clock for the times of attempts
	 * @param handled returns whether the event with this data was handled
	 */
	InboxRetries(InboxSettings settings, Clock clock, Predicate<String> handled) {
		this.settings = settings;
		this.clock = clock;
		this.handled = handled;
	}

	@Override
	public void onFailure(ExecutionComplete complete, ExecutionOperations<String> operations) {
		if (complete.getCause().orElse(null) instanceof HandlingFailedException ex) {
			failed(ex.event(), ex.failure(), complete, operations);
		}
		else {
			failed(complete.getExecution().getId(), complete.getCause().orElse(null), complete, operations);
		}
	}

	/**
	 * Handle an event whose instance died. That counts as an attempt, because the event
	 * may have been the reason. The next attempt has a delay, because the instance may
	 * still be alive and handle the event.
	 */
	@Override
	public void deadExecution(ExecutionComplete complete, ExecutionOperations<String> operations) {
		failed(complete.getExecution().getId(), null, complete, operations);
	}

	private void failed(String event, @Nullable Throwable failure, ExecutionComplete complete,
			ExecutionOperations<String> operations) {
		int attempts = complete.getExecution().consecutiveFailures + 1;
		if (!this.settings.isLast(attempts)) {
			Duration next = this.settings.delayAfter(attempts);
			operations.reschedule(complete, this.clock.instant().plus(next));
			logger.warn("Event " + event + " was not handled in attempt " + attempts + " of "
					+ this.settings.maxAttempts() + ". The next is in " + next, failure);
		}
		else if (isHandled(complete)) {
			operations.remove();
			logger.info("Event " + event + " was handled by an instance that seemed to be dead");
		}
		else {
			operations.reschedule(complete, InboxTable.PARKED);
			logger.error("Event " + event + " was not handled in " + attempts
					+ " attempts. It is parked: retry or discard it with K2Inbox", failure);
		}
	}

	/**
	 * Return whether the event was handled. An event of which this is not known is
	 * parked, so that it is not lost.
	 */
	private boolean isHandled(ExecutionComplete complete) {
		try {
			return this.handled.test(String.valueOf(complete.getExecution().taskInstance.getData()));
		}
		catch (RuntimeException ex) {
			logger.debug("It is unknown whether the event was handled", ex);
			return false;
		}
	}

}
