package io.github.k2connect.webhook.inbox;

import java.time.Clock;
import java.time.Duration;

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

	InboxRetries(InboxSettings settings, Clock clock) {
		this.settings = settings;
		this.clock = clock;
	}

	@Override
	public void onFailure(ExecutionComplete complete, ExecutionOperations<String> operations) {
		if (complete.getCause().orElse(null) instanceof HandlingFailedException ex) {
			failed(ex.event(), ex.failure(), complete, operations, this.settings::delayAfter);
		}
		else {
			failed(complete.getExecution().getId(), complete.getCause().orElse(null), complete, operations,
					this.settings::delayAfter);
		}
	}

	/**
	 * Handle an event whose instance died. That counts as an attempt, because the event
	 * may have been the reason.
	 */
	@Override
	public void deadExecution(ExecutionComplete complete, ExecutionOperations<String> operations) {
		failed(complete.getExecution().getId(), null, complete, operations, (attempts) -> Duration.ZERO);
	}

	private void failed(String event, @Nullable Throwable failure, ExecutionComplete complete,
			ExecutionOperations<String> operations, Delay delay) {
		int attempts = complete.getExecution().consecutiveFailures + 1;
		if (this.settings.isLast(attempts)) {
			operations.reschedule(complete, InboxTable.PARKED);
			logger.error("Event " + event + " was not handled in " + attempts
					+ " attempts. It is parked: retry or discard it with K2Inbox", failure);
		}
		else {
			Duration next = delay.after(attempts);
			operations.reschedule(complete, this.clock.instant().plus(next));
			logger.warn("Event " + event + " was not handled in attempt " + attempts + " of "
					+ this.settings.maxAttempts() + ". The next is in " + next, failure);
		}
	}

	/**
	 * The delay before the next attempt.
	 */
	@FunctionalInterface
	private interface Delay {

		Duration after(int attempts);

	}

}
