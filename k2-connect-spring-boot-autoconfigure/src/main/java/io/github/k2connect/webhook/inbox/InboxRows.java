package io.github.k2connect.webhook.inbox;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Objects;

import javax.sql.DataSource;

import com.github.kagkarlsson.scheduler.serializer.Serializer;
import com.github.kagkarlsson.scheduler.task.Execution;
import com.github.kagkarlsson.scheduler.task.Priority;
import io.github.k2connect.webhook.store.JdbcEventStore;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.PreparedStatementCallback;
import org.springframework.jdbc.core.PreparedStatementSetter;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.function.SingletonSupplier;

/**
 * The changes of an event, each with one statement.
 */
final class InboxRows {

	private static final String COLUMNS = "task_name, task_instance, task_data, execution_time, picked, version";

	private final InboxTable table;

	private final @Nullable Serializer serializer;

	private final boolean prioritized;

	private final DataSource dataSource;

	private final JdbcTemplate jdbc;

	private final SingletonSupplier<TransactionTemplate> separate;

	/**
	 * Create the rows.
	 * @param table the table of the inbox
	 * @param dataSource its database
	 * @param serializer db-scheduler's serializer, or {@code null} if it is not known
	 * @param prioritized whether db-scheduler uses priorities
	 */
	InboxRows(InboxTable table, DataSource dataSource, @Nullable Serializer serializer, boolean prioritized) {
		this.table = table;
		this.serializer = serializer;
		this.prioritized = prioritized;
		this.dataSource = dataSource;
		this.jdbc = new JdbcTemplate(dataSource);
		this.separate = SingletonSupplier.of(this::separateTransaction);
	}

	/**
	 * Return a template that is independent of the caller's transaction: without a
	 * transaction if each statement commits itself, else with a new one.
	 */
	private TransactionTemplate separateTransaction() {
		TransactionTemplate template = new TransactionTemplate(new JdbcTransactionManager(this.dataSource));
		template.setPropagationBehavior(TransactionDefinition.PROPAGATION_NOT_SUPPORTED);
		boolean commits = Boolean.TRUE.equals(template.execute((status) -> this.jdbc
			.execute((ConnectionCallback<Boolean>) (connection) -> connection.getAutoCommit())));
		if (!commits) {
			template.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
		}
		return template;
	}

	/**
	 * Return whether an event can be inserted with one statement that looks for the
	 * record of the event.
	 */
	boolean canInsert(JdbcEventStore store) {
		return this.serializer != null && store.isIn(this.dataSource) && store.dialect().insertsWithoutLocks();
	}

	/**
	 * Insert an event, and commit it. Fails if the event waits, unless the database can
	 * ignore that.
	 * @return {@code false} if the event waits or was handled
	 */
	boolean insert(String key, StoredEvent event, Instant time, JdbcEventStore store) {
		String sql = "INSERT INTO " + this.table.name() + " (" + COLUMNS + (this.prioritized ? ", priority" : "")
				+ ") SELECT ?, ?, ?, ?, ?, ?" + (this.prioritized ? ", " + Priority.MEDIUM : "") + " WHERE NOT "
				+ store.handledCondition() + store.dialect().ignoringDuplicates();
		PreparedStatementCallback<Boolean> insert = (statement) -> {
			setParameters(statement, key, event, time);
			return statement.executeUpdate() == 1;
		};
		return Boolean.TRUE.equals(this.separate.obtain().execute((status) -> this.jdbc.execute(sql, insert)));
	}

	private void setParameters(PreparedStatement statement, String key, StoredEvent event, Instant time)
			throws SQLException {
		statement.setString(1, InboxTask.NAME);
		statement.setString(2, key);
		this.table.customization()
			.setTaskData(statement, 3, Objects.requireNonNull(this.serializer).serialize(event.write()));
		this.table.customization().setInstant(statement, 4, time);
		statement.setBoolean(5, false);
		statement.setLong(6, 1);
		statement.setString(7, key);
	}

	/**
	 * Schedule a parked event again, with all its attempts, and commit it.
	 * @return {@code false} if no such event is parked
	 */
	boolean retry(String key, Instant time) {
		return changeParked(
				"UPDATE " + this.table.name() + " SET execution_time = ?, consecutive_failures = 0, "
						+ "last_success = NULL, last_failure = NULL, version = version + 1",
				key, (statement) -> this.table.customization().setInstant(statement, 1, time), 2);
	}

	/**
	 * Delete a parked event, and commit it.
	 * @return {@code false} if no such event is parked
	 */
	boolean discard(String key) {
		return changeParked("DELETE FROM " + this.table.name(), key, (statement) -> {
		}, 1);
	}

	/**
	 * Change a parked event with one statement, so that of concurrent changes only one is
	 * made. A key never contains the character NUL, which PostgreSQL does not accept.
	 */
	private boolean changeParked(String change, String key, PreparedStatementSetter parameters, int next) {
		if (key.indexOf('\0') >= 0) {
			return false;
		}
		PreparedStatementSetter all = (statement) -> {
			parameters.setValues(statement);
			statement.setString(next, InboxTask.NAME);
			statement.setString(next + 1, key);
			this.table.customization().setInstant(statement, next + 2, InboxTable.PARKED);
			statement.setBoolean(next + 3, false);
		};
		return Boolean.TRUE.equals(this.separate.obtain()
			.execute((status) -> this.jdbc.update(
					change + " WHERE task_name = ? AND task_instance = ? AND execution_time >= ? AND picked = ?",
					all) == 1));
	}

	/**
	 * Remove an event in the current transaction if it is recorded as handled.
	 * @return whether it was removed
	 */
	boolean remove(Execution execution, JdbcEventStore store) {
		return store.isIn(this.dataSource) && this.jdbc.update(
				"DELETE FROM " + this.table.name() + " WHERE task_name = ? AND task_instance = ? AND version = ? AND "
						+ store.handledCondition(),
				InboxTask.NAME, execution.getId(), execution.version, execution.getId()) == 1;
	}

}
