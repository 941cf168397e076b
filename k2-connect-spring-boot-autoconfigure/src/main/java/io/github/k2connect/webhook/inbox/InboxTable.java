package io.github.k2connect.webhook.inbox;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.github.k2connect.database.SeparateTransaction;
import io.github.k2connect.scheduling.TaskExecution;
import io.github.k2connect.scheduling.TaskTable;
import io.github.k2connect.scheduling.TaskTable.NewRow;
import io.github.k2connect.scheduling.TaskTable.Row;
import io.github.k2connect.webhook.reception.Publication;
import io.github.k2connect.webhook.store.EventIdentity;
import io.github.k2connect.webhook.store.JdbcEventStore;
import io.github.k2connect.webhook.store.KnownPayments;

import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.PreparedStatementSetter;

/**
 * The events of the inbox in the table of tasks. Each event is a row of
 * {@link InboxTask}, with the event's key as id.
 */
final class InboxTable {

	/**
	 * The execution time of parked events: the latest time that all databases support.
	 */
	static final Instant PARKED = Instant.parse("2037-12-31T00:00:00Z");

	private final TaskTable table;

	private final JdbcTemplate jdbc;

	private final SeparateTransaction separate;

	/**
	 * Create the table.
	 * @param table the table of tasks
	 */
	InboxTable(TaskTable table) {
		this.table = table;
		this.jdbc = new JdbcTemplate(table.database().dataSource());
		this.separate = new SeparateTransaction(table.database().dataSource());
	}

	/**
	 * Return the same table for operators, with a limited time for each statement.
	 */
	InboxTable monitored() {
		return new InboxTable(this.table.monitored());
	}

	/**
	 * Return whether the table exists. In direct mode it may not.
	 */
	boolean exists() {
		return this.table.isUsable();
	}

	/**
	 * Insert an event with one statement, and commit it, independent of the caller's
	 * transaction. Where the database would wait for the transactions of other events,
	 * the statement does not look for the record of the event: the attempt finds it.
	 * @param handOver whether this instance may handle the event without a poll
	 * @return {@code false} if the event waits, is parked, or was handled
	 */
	boolean insert(Publication received, StoredEvent event, JdbcEventStore store, boolean handOver) {
		return this.table.insertDue(row(received, event), store.handledCondition(), handOver);
	}

	/**
	 * Insert events, and make another change of the table of tasks in the same
	 * transaction.
	 * @throws DuplicateKeyException if one of the events exists
	 */
	void insert(List<NewRow> events, Runnable change) {
		this.separate.execute(() -> {
			this.table.insert(events);
			change.run();
			return true;
		});
		this.table.wake();
	}

	static NewRow row(Publication publication, StoredEvent event) {
		EventIdentity identity = publication.identity();
		return new NewRow(InboxTask.NAME, identity.key(), event.write(), KnownPayments.column(identity),
				event.receivedAt());
	}

	/**
	 * Remove an event in the current transaction if it is recorded as handled.
	 * @return whether it was removed
	 */
	boolean remove(TaskExecution execution, JdbcEventStore store) {
		return this.jdbc.update(
				"DELETE FROM " + this.table.name() + " WHERE task_name = ? AND task_instance = ? AND version = ? AND "
						+ store.handledCondition(),
				InboxTask.NAME, execution.id(), execution.version(), execution.id()) == 1;
	}

	/**
	 * Schedule a parked event again, with all its attempts.
	 * @return {@code false} if there is no such parked event
	 */
	boolean retry(String key, Instant now) {
		boolean done = this.table.separately(() -> this.table.reschedule(InboxTask.NAME, key, now, PARKED));
		this.table.wake();
		return done;
	}

	/**
	 * Delete a parked event, and make another change in the same transaction.
	 * @return {@code false} if there is no such parked event
	 */
	boolean discard(String key, Runnable change) {
		return this.separate.execute(() -> {
			boolean deleted = this.table.delete(InboxTask.NAME, key, PARKED);
			if (deleted) {
				change.run();
			}
			return deleted;
		});
	}

	Optional<Row> find(String key) {
		return this.table.find(InboxTask.NAME, key);
	}

	/**
	 * Return which of some events exist.
	 */
	Set<String> existing(Collection<String> keys) {
		List<Object> parameters = new ArrayList<>(keys);
		parameters.add(0, InboxTask.NAME);
		return new HashSet<>(this.jdbc.queryForList("SELECT task_instance FROM " + this.table.name()
				+ " WHERE task_name = ? AND task_instance IN (" + placeholders(keys.size()) + ")", String.class,
				parameters.toArray()));
	}

	/**
	 * Return the events about some payments.
	 * @param references the references as they are stored
	 */
	List<Row> about(Collection<String> references) {
		return this.table.rows(InboxTask.NAME, " AND reference IN (" + placeholders(references.size()) + ")",
				Integer.MAX_VALUE, (statement) -> {
					int index = 2;
					for (String reference : references) {
						statement.setString(index++, reference);
					}
				});
	}

	private static String placeholders(int size) {
		return String.join(", ", Collections.nCopies(size, "?"));
	}

	/**
	 * Return the number of events that wait or are being handled.
	 */
	long waiting() {
		return this.table.count(InboxTask.NAME, " AND execution_time < ?", this::setParked);
	}

	/**
	 * Return the number of parked events.
	 */
	long parked() {
		return this.table.count(InboxTask.NAME, " AND execution_time >= ?", this::setParked);
	}

	/**
	 * Return events that wait or are being handled.
	 * @param order the order of the events
	 * @param max how many of the first to return
	 */
	List<Row> firstWaiting(String order, int max) {
		return this.table.rows(InboxTask.NAME, " AND execution_time < ? ORDER BY " + order, max, this::setParked);
	}

	/**
	 * Return parked events. While many events wait, this reads none of them.
	 * @param max how many of the first to return
	 */
	List<Row> firstParked(int max) {
		return this.table.rows(InboxTask.NAME, " AND execution_time >= ? ORDER BY execution_time, task_instance", max,
				this::setParked);
	}

	/**
	 * Return parked events in the order of their keys.
	 * @param after the key after which the first event comes
	 * @param max how many to return
	 */
	List<Row> parked(String after, int max) {
		PreparedStatementSetter parameters = (statement) -> {
			setParked(statement);
			statement.setString(3, after);
		};
		return this.table.rows(InboxTask.NAME, " AND execution_time >= ? AND task_instance > ? ORDER BY task_instance",
				max, parameters);
	}

	private void setParked(PreparedStatement statement) throws SQLException {
		this.table.setTime(statement, 2, PARKED);
	}

}
