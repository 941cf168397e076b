package io.github.k2connect.followup;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import javax.sql.DataSource;

import com.github.kagkarlsson.scheduler.jdbc.JdbcCustomization;
import com.github.kagkarlsson.scheduler.serializer.Serializer;
import io.github.k2connect.client.K2Client;
import io.github.k2connect.client.StartedRequestListener;
import io.github.k2connect.event.K2Event;
import io.github.k2connect.scheduling.K2Task;
import io.github.k2connect.webhook.EventDispatcher;
import io.github.k2connect.webhook.EventReceiver;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;

/**
 * A follow-up without an application context.
 */
public final class TestFollowUp {

	private final FollowUpTimes times;

	private final K2Task.Executions executions;

	private final FollowUpTask task;

	private @Nullable FollowUpRecorder notes;

	/**
	 * Create the follow-up.
	 */
	public TestFollowUp(Duration giveUpAfter, Duration callTimeout, Function<String, K2Client> clients,
			Supplier<EventReceiver> receiver, Supplier<EventDispatcher> dispatcher, K2Task.Executions executions) {
		this.times = new FollowUpTimes(
				new FollowUpProperties(true, Duration.ofSeconds(30), giveUpAfter, Duration.ofMinutes(5), 10),
				callTimeout);
		this.executions = executions;
		this.task = new FollowUpTask(
				new FollowUpTask.Collaborators(clients, UnaryOperator.identity(), receiver, dispatcher, this::notes),
				this.times, ObservationRegistry.NOOP, executions);
	}

	private FollowUpRecorder notes() {
		return Objects.requireNonNull(this.notes);
	}

	/**
	 * Return the task.
	 */
	public K2Task task() {
		return this.task;
	}

	/**
	 * Create the listener of started requests.
	 */
	public StartedRequestListener connect(DataSource dataSource, JdbcCustomization customization, String tableName,
			ScheduledExecutorService thread) {
		FollowUpTable table = new FollowUpTable(dataSource, customization, Serializer.DEFAULT_JAVA_SERIALIZER,
				tableName, this.task);
		this.notes = new FollowUpRecorder(new FollowUpWriter(table, thread), this.times, this.executions);
		return this.notes;
	}

	/**
	 * Record that an event was handled.
	 */
	public void handled(K2Event event) {
		if (this.notes != null) {
			this.notes.handled(event);
		}
	}

}
