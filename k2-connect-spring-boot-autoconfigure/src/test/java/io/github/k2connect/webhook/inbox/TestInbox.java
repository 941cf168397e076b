package io.github.k2connect.webhook.inbox;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

import javax.sql.DataSource;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.jdbc.AutodetectJdbcCustomization;
import com.github.kagkarlsson.scheduler.jdbc.JdbcCustomization;
import com.github.kagkarlsson.scheduler.serializer.Serializer;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import io.github.k2connect.Ticker;
import io.github.k2connect.scheduling.K2Task;
import io.github.k2connect.webhook.EventDispatcher;
import io.github.k2connect.webhook.EventReceiver.ReceivedEvent;
import io.github.k2connect.webhook.EventReceiver;
import io.github.k2connect.webhook.store.EventIdentity;
import io.github.k2connect.webhook.store.JdbcEventStore;
import io.github.k2connect.webhook.store.K2EventStore;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The parts of an inbox, without an application context.
 *
 * @param maxAttempts after how many failed attempts an event is parked
 * @param maxWaiting how many events may wait, or {@code null}
 */
public record TestInbox(int maxAttempts, @Nullable Long maxWaiting) {

	/**
	 * The name of the table.
	 */
	public static final String TABLE = "k2_task";

	private InboxProperties properties() {
		return new InboxProperties(Duration.ofSeconds(1), Duration.ofSeconds(8), this.maxAttempts, this.maxWaiting,
				Duration.ofMinutes(1));
	}

	/**
	 * Create the task.
	 */
	public K2Task task(Supplier<EventDispatcher> dispatcher, JdbcEventStore store, DataSource dataSource,
			JdbcCustomization customization, Consumer<String> discard, K2Task.Executions executions) {
		InboxRows rows = rows(dataSource, customization);
		return new InboxTask(
				new InboxTask.Collaborators(dispatcher,
						(execution) -> new RemovingEventStore(store, (events) -> rows.remove(execution, events)),
						(identity) -> store.isHandled(identity),
						(own) -> own
							.isSuperseded(store.knownPayments(own.identity().account(), List.of(own.identity().id()))),
						discard, InboxMeters.NONE, new SlowListeners(properties(), InboxMeters.NONE)),
				properties(), executions);
	}

	/**
	 * Create the task without a database.
	 */
	public K2Task task(EventDispatcher dispatcher, K2EventStore store, Consumer<String> discard,
			K2Task.Executions executions) {
		return new InboxTask(
				new InboxTask.Collaborators(() -> dispatcher,
						(execution) -> new RemovingEventStore(store, (events) -> false), (identity) -> false,
						(own) -> false, discard, InboxMeters.NONE, new SlowListeners(properties(), InboxMeters.NONE)),
				properties(), executions);
	}

	/**
	 * Create the receiver.
	 */
	public EventReceiver receiver(JdbcEventStore store, DataSource dataSource, JdbcCustomization customization,
			Scheduler scheduler, Clock clock, Ticker ticker) {
		InboxRows rows = rows(dataSource, customization);
		return new InboxReceiver(store, table(dataSource, customization),
				new InboxClient(scheduler, rows, dataSource, clock), properties(), clock, ticker);
	}

	/**
	 * Create the bean for users.
	 */
	public K2Inbox inbox(DataSource dataSource, JdbcCustomization customization, Scheduler scheduler, Clock clock,
			Consumer<EventIdentity> memory) {
		return new K2Inbox(new InboxClient(scheduler, rows(dataSource, customization), dataSource, clock),
				table(dataSource, customization), memory, () -> null);
	}

	static InboxRows rows(DataSource dataSource) {
		return rows(dataSource, new AutodetectJdbcCustomization(dataSource));
	}

	private static InboxRows rows(DataSource dataSource, JdbcCustomization customization) {
		return new InboxRows(table(dataSource, customization), dataSource, Serializer.DEFAULT_JAVA_SERIALIZER, false);
	}

	private static InboxTable table(DataSource dataSource, JdbcCustomization customization) {
		return new InboxTable(new JdbcTemplate(dataSource), customization, TABLE);
	}

	/**
	 * Create the events that k2-connect creates itself.
	 */
	public static OwnEvents ownEvents(DataSource dataSource, JdbcCustomization customization, Scheduler scheduler,
			Clock clock) {
		InboxClient client = new InboxClient(scheduler, rows(dataSource, customization), dataSource, clock);
		return new OwnEvents(table(dataSource, customization),
				new RowReader(Serializer.DEFAULT_JAVA_SERIALIZER, client), client, clock);
	}

	/**
	 * Return an instance of the task, with an event.
	 */
	public static TaskInstance<String> instance(String key, ReceivedEvent event, Clock clock) {
		return new TaskInstance<>(InboxTask.NAME, key, StoredEvent.of(event, clock.instant()).write());
	}

}
