package io.github.k2connect.followup;

import java.time.Clock;
import java.time.Duration;

import com.github.kagkarlsson.scheduler.task.DeadExecutionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.FailureHandler;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Handler that repeats a follow-up after a failure of a listener or of the database, as
 * often as necessary.
 */
final class FollowUpFailures implements FailureHandler<String>, DeadExecutionHandler<String> {

	private static final Log logger = LogFactory.getLog(FollowUpFailures.class);

	private final FollowUpSettings settings;

	private final Clock clock;

	FollowUpFailures(FollowUpSettings settings, Clock clock) {
		this.settings = settings;
		this.clock = clock;
	}

	@Override
	public void onFailure(ExecutionComplete complete, ExecutionOperations<String> operations) {
		int attempts = complete.getExecution().consecutiveFailures + 1;
		Duration delay = this.settings.delayAfter(attempts);
		operations.reschedule(complete, this.clock.instant().plus(delay));
		logger.error("A follow-up failed in attempt " + attempts + ". The next attempt is in " + delay,
				complete.getCause().orElse(null));
	}

	/**
	 * Repeat a follow-up whose instance has crashed.
	 */
	@Override
	public void deadExecution(ExecutionComplete complete, ExecutionOperations<String> operations) {
		operations.reschedule(complete, this.clock.instant());
	}

}
