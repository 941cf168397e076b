package io.github.k2connect.followup;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import java.util.function.UnaryOperator;

import io.github.k2connect.client.ApiClient;
import io.github.k2connect.database.K2Database;
import io.github.k2connect.database.WriterConnection;
import io.github.k2connect.event.K2Event;
import io.github.k2connect.idempotency.RequestWriter;
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

	private final FollowUpRows rows;

	private final RequestWriter<FollowUpWrite> writer;

	private final FollowUpRecorder recorder;

	private final Delays delays;

	/**
	 * Create the follow-up.
	 */
	public TestFollowUp(Duration giveUpAfter, Duration callTimeout, K2Database database,
			ScheduledExecutorService thread, Delays delays, RequestWriter.Settings settings) {
		this.times = new FollowUpTimes(
				new FollowUpProperties(true, Duration.ofSeconds(30), giveUpAfter, Duration.ofMinutes(5), 10),
				callTimeout);
		this.rows = new FollowUpRows(this.times, delays);
		this.writer = new RequestWriter<>(WriterConnection.opened(database), settings, this.rows, thread);
		this.recorder = new FollowUpRecorder(this.writer);
		this.delays = delays;
	}

	/**
	 * Return the writer of started requests.
	 */
	public RequestWriter<?> writer() {
		return this.writer;
	}

	/**
	 * Create the task.
	 */
	public K2Task task(Function<String, ApiClient> clients, EventReceiver receiver, OwnEvents inbox) {
		return new FollowUpTask(clients, UnaryOperator.identity(), receiver, inbox, this.recorder, this.rows.calls(),
				this.times, ObservationRegistry.NOOP, this.delays);
	}

	/**
	 * Record that an event was handled.
	 */
	public void handled(K2Event event) {
		this.recorder.handled(event);
	}

}
