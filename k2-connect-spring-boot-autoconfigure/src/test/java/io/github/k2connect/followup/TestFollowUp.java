package io.github.k2connect.followup;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import java.util.function.UnaryOperator;

import io.github.k2connect.client.ApiClient;
import io.github.k2connect.client.StartedRequestListener;
import io.github.k2connect.database.GroupedWriter;
import io.github.k2connect.database.K2Database;
import io.github.k2connect.event.K2Event;
import io.github.k2connect.scheduling.Delays;
import io.github.k2connect.scheduling.K2Task;
import io.github.k2connect.webhook.inbox.OwnEvents;
import io.github.k2connect.webhook.reception.EventReceiver;
import io.micrometer.observation.ObservationRegistry;

/**
 * A follow-up without an application context.
 */
public final class TestFollowUp {

	private final FollowUpTimes times;

	private final FollowUpRecorder recorder;

	private final Delays delays;

	/**
	 * Create the follow-up.
	 */
	public TestFollowUp(Duration giveUpAfter, Duration callTimeout, K2Database database,
			ScheduledExecutorService thread, Delays delays) {
		this.times = new FollowUpTimes(
				new FollowUpProperties(true, Duration.ofSeconds(30), giveUpAfter, Duration.ofMinutes(5), 10),
				callTimeout);
		this.recorder = new FollowUpRecorder(new GroupedWriter<>(new FollowUpTable(database), thread), this.times,
				delays);
		this.delays = delays;
	}

	/**
	 * Return the listener of started requests.
	 */
	public StartedRequestListener recorder() {
		return this.recorder;
	}

	/**
	 * Create the task.
	 */
	public K2Task task(Function<String, ApiClient> clients, EventReceiver receiver, OwnEvents inbox) {
		return new FollowUpTask(clients, UnaryOperator.identity(), receiver, inbox, this.recorder, this.times,
				ObservationRegistry.NOOP, this.delays);
	}

	/**
	 * Record that an event was handled.
	 */
	public void handled(K2Event event) {
		this.recorder.handled(event);
	}

}
