package io.github.k2connect.webhook.inbox;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

import javax.sql.DataSource;

import com.github.kagkarlsson.scheduler.ExecutionTimeAndId;
import com.github.kagkarlsson.scheduler.ScheduledExecution;
import com.github.kagkarlsson.scheduler.ScheduledExecutionsFilter;
import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.exceptions.DbSchedulerException;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.TaskInstanceId;

import io.github.k2connect.webhook.store.JdbcEventStore;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Client for db-scheduler. Each method commits its changes before it returns, independent
 * of the caller's transaction and of the pool's auto-commit setting.
 */
final class InboxClient {

	private final Scheduler scheduler;

	private final InboxRows rows;

	private final TransactionTemplate transaction;

	private final Clock clock;

	/**
	 * Create a client.
	 * @param scheduler the application's scheduler
	 * @param rows the rows of the inbox
	 * @param dataSource its database
	 * @param clock the clock for the time of the first attempt
	 */
	InboxClient(Scheduler scheduler, InboxRows rows, DataSource dataSource, Clock clock) {
		this.scheduler = scheduler;
		this.rows = rows;
		this.transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
		this.transaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
		this.clock = clock;
	}

	/**
	 * Return whether an insert looks for the record of the event.
	 */
	boolean recognizesDuplicates(JdbcEventStore store) {
		return this.rows.canInsert(store);
	}

	/**
	 * Insert an event with one statement. It fails if the event waits, unless the
	 * database can ignore that.
	 * @return {@code false} if the event waits or was handled
	 */
	boolean insert(String key, StoredEvent event, JdbcEventStore store) {
		if (!recognizesDuplicates(store)) {
			insert(Map.of(key, event), () -> {
			});
			return true;
		}
		boolean inserted = this.rows.insert(key, event, this.clock.instant(), store);
		if (inserted) {
			this.scheduler.triggerCheckForDueExecutions();
		}
		return inserted;
	}

	/**
	 * Insert events, and make another change of db-scheduler's table in the same
	 * transaction. This fails if one of the events exists.
	 */
	void insert(Map<String, StoredEvent> events, Runnable change) {
		Instant now = this.clock.instant();
		List<TaskInstance<?>> instances = new ArrayList<>();
		events.forEach((key, event) -> instances.add(new TaskInstance<>(InboxTask.NAME, key, event.write())));
		this.transaction.executeWithoutResult((status) -> {
			this.scheduler.scheduleBatch(instances, now);
			change.run();
		});
		this.scheduler.triggerCheckForDueExecutions();
	}

	/**
	 * Return the data of an event, or {@code null} if there is no such event. The
	 * scheduler reads it with its own serializer.
	 */
	@Nullable String data(String key) {
		return this.scheduler.getScheduledExecution(TaskInstanceId.of(InboxTask.NAME, key))
			.map((execution) -> String.valueOf(execution.getData()))
			.orElse(null);
	}

	void forEachParked(Consumer<ScheduledExecution<String>> consumer) {
		ScheduledExecutionsFilter parked = ScheduledExecutionsFilter.all()
			.withPicked(false)
			.after(new ExecutionTimeAndId(InboxTable.PARKED, ""));
		this.scheduler.fetchScheduledExecutionsForTask(InboxTask.NAME, String.class, parked, consumer);
	}

	/**
	 * Schedule a parked event again, with all its attempts.
	 * @return {@code false} if there is no such parked event
	 */
	boolean retry(String key) {
		boolean done = whileParked(key, (event) -> this.scheduler.reschedule(event, this.clock.instant()));
		this.scheduler.triggerCheckForDueExecutions();
		return done;
	}

	/**
	 * Delete a parked event, and make another change in the same transaction.
	 * @return {@code false} if there is no such parked event
	 */
	boolean discard(String key, Runnable change) {
		return whileParked(key, (event) -> {
			this.scheduler.cancel(event);
			change.run();
		});
	}

	private boolean whileParked(String key, Consumer<TaskInstanceId> action) {
		TaskInstanceId event = TaskInstanceId.of(InboxTask.NAME, key);
		Supplier<Optional<ScheduledExecution<Object>>> parked = () -> this.scheduler.getScheduledExecution(event)
			.filter((execution) -> !execution.getExecutionTime().isBefore(InboxTable.PARKED));
		try {
			return Boolean.TRUE.equals(this.transaction.execute((status) -> {
				if (parked.get().isEmpty()) {
					return false;
				}
				action.accept(event);
				return true;
			}));
		}
		catch (DbSchedulerException ex) {
			if (parked.get().isEmpty()) {
				return false;
			}
			throw ex;
		}
	}

}
