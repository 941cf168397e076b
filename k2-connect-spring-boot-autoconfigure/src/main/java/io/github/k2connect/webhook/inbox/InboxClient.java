package io.github.k2connect.webhook.inbox;

import java.time.Instant;
import java.util.List;
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
import org.apiguardian.api.API;

import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Speaks with db-scheduler. Whatever is written is committed when a method returns: a
 * transaction of the caller plays no part, and neither does a pool whose connections do
 * not commit by themselves.
 *
 * @hidden
 */
@API(status = API.Status.INTERNAL)
public final class InboxClient {

	private final Scheduler scheduler;

	private final TransactionTemplate transaction;

	/**
	 * Create a client.
	 * @param scheduler the application's scheduler
	 * @param dataSource its database
	 */
	public InboxClient(Scheduler scheduler, DataSource dataSource) {
		this.scheduler = scheduler;
		this.transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
		this.transaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
	}

	/**
	 * Insert an event. One statement, which fails when the event is there.
	 */
	void insert(String key, StoredEvent event) {
		this.transaction.executeWithoutResult((status) -> this.scheduler
			.scheduleBatch(List.of(new TaskInstance<>(InboxTask.NAME, key, event.write())), Instant.now()));
		this.scheduler.triggerCheckForDueExecutions();
	}

	void forEachParked(Consumer<ScheduledExecution<String>> consumer) {
		ScheduledExecutionsFilter parked = ScheduledExecutionsFilter.all()
			.withPicked(false)
			.after(new ExecutionTimeAndId(InboxTable.PARKED, ""));
		this.scheduler.fetchScheduledExecutionsForTask(InboxTask.NAME, String.class, parked, consumer);
	}

	/**
	 * Schedule an event that is parked, with all its attempts.
	 * @return {@code false} if it is not parked
	 */
	boolean retry(String key) {
		boolean done = whileParked(key, (event) -> this.scheduler.reschedule(event, Instant.now()));
		this.scheduler.triggerCheckForDueExecutions();
		return done;
	}

	/**
	 * Delete an event that is parked.
	 * @return {@code false} if it is not parked
	 */
	boolean discard(String key) {
		return whileParked(key, this.scheduler::cancel);
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
