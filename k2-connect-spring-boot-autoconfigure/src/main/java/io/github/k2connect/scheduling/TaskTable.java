package io.github.k2connect.scheduling;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

import com.github.kagkarlsson.scheduler.jdbc.AutodetectJdbcCustomization;
import com.github.kagkarlsson.scheduler.jdbc.JdbcCustomization;
import com.github.kagkarlsson.scheduler.task.Execution;
import io.github.k2connect.database.K2Database;
import io.github.k2connect.database.SeparateTransaction;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.DataAccessException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.PreparedStatementCallback;
import org.springframework.jdbc.core.PreparedStatementSetter;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.function.SingletonSupplier;

/**
 * The table of tasks: who schedules inserts a row. Each method is a statement in the
 * transaction of the caller, if there is one.
 *
 * @hidden
 */
@API(status = API.Status.INTERNAL)
public final class TaskTable {

	private static final String COLUMNS = "task_name, task_instance, task_data, reference, execution_time, picked,"
			+ " picked_by, last_success, last_failure, consecutive_failures, last_heartbeat, version";

	private static final String VALUES = " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)";

	private final K2Database database;

	private final JdbcTemplate jdbc;

	private final SingletonSupplier<JdbcCustomization> customization;

	private final SeparateTransaction separate;

	private final SingletonSupplier<Boolean> statementsCommit;

	private volatile Runnable wake = () -> {
	};

	private volatile @Nullable HandOver handOver;

	/**
	 * Create the table. This does not connect to the database.
	 * @param database the database
	 */
	public TaskTable(K2Database database) {
		this(database, new JdbcTemplate(database.dataSource()));
	}

	private TaskTable(K2Database database, JdbcTemplate jdbc) {
		this.database = database;
		this.jdbc = jdbc;
		this.customization = SingletonSupplier
			.of(() -> new AutodetectJdbcCustomization(new TransactionAwareDataSourceProxy(database.dataSource()),
					!database.dialect().keepsTimeZones()));
		this.separate = new SeparateTransaction(database.dataSource());
		this.statementsCommit = SingletonSupplier
			.of(() -> jdbc.execute((ConnectionCallback<Boolean>) Connection::getAutoCommit));
	}

	/**
	 * Return the same table for operators, with a limited time for each statement.
	 * @return the table
	 */
	public TaskTable monitored() {
		return new TaskTable(this.database, this.database.monitoringJdbc());
	}

	/**
	 * Return the database.
	 * @return the database
	 */
	public K2Database database() {
		return this.database;
	}

	/**
	 * Return the name of the table.
	 * @return the name, with a schema if it needs one
	 */
	public String name() {
		return this.database.taskTable();
	}

	/**
	 * Return whether the table exists, with all columns.
	 * @return {@code true} if it can be used
	 * @throws DataAccessException if the database is not available
	 */
	public boolean isUsable() {
		return this.database.has(name(), COLUMNS);
	}

	JdbcCustomization customization() {
		return this.customization.obtain();
	}

	/**
	 * Return the template after the database is known. A statement must not need a second
	 * connection: its pool may have one only.
	 */
	private JdbcTemplate jdbc() {
		customization();
		return this.jdbc;
	}

	/**
	 * Set the scheduler of this instance.
	 * @param wake wakes the scheduler
	 * @param handOver takes executions for the scheduler, or {@code null} if it picks all
	 * rows in the table
	 */
	void wakes(Runnable wake, @Nullable HandOver handOver) {
		this.wake = wake;
		this.handOver = handOver;
	}

	/**
	 * Let the scheduler of this instance look for rows that are due.
	 */
	public void wake() {
		HandOver current = this.handOver;
		if (current != null) {
			current.pollTable();
		}
		this.wake.run();
	}

	/**
	 * Insert rows, all or none.
	 * @param rows the rows
	 * @throws DuplicateKeyException if one of them exists
	 */
	public void insert(List<NewRow> rows) {
		jdbc().batchUpdate(insert() + VALUES, rows, rows.size(),
				(statement, row) -> setParameters(statement, row, null));
	}

	/**
	 * Insert a row unless it exists.
	 * @param row the row
	 * @return {@code false} if it exists
	 */
	public boolean insertIfAbsent(NewRow row) {
		return insertIfAbsent(row, null, VALUES, (statement) -> {
		});
	}

	/**
	 * Insert a row that is due with one statement, commit it, independent of the caller's
	 * transaction, and let it be executed.
	 * @param row the row, which is not inserted if it exists
	 * @param condition a condition in SQL with one parameter, the id of the row; the row
	 * is not inserted if it is true. It is left out where the database would wait for
	 * other transactions.
	 * @param handOver whether this instance may execute the row without a poll
	 * @return whether the row was inserted
	 */
	public boolean insertDue(NewRow row, String condition, boolean handOver) {
		HandOver current = this.handOver;
		if (handOver && current != null && current.reserve()) {
			boolean inserted = current.insert(row, (pick) -> separately(() -> insertUnless(row, pick, condition)));
			if (inserted) {
				this.wake.run();
			}
			return inserted;
		}
		boolean inserted = separately(() -> insertUnless(row, null, condition));
		if (inserted) {
			wake();
		}
		return inserted;
	}

	private boolean insertUnless(NewRow row, HandOver.@Nullable Pick pick, String condition) {
		if (!this.database.dialect().insertsWithoutLocks()) {
			return insertIfAbsent(row, pick, VALUES, (statement) -> {
			});
		}
		return insertIfAbsent(row, pick, " SELECT ?, ?, ?, ?, ?, ?, ?, ?, ? WHERE NOT " + condition,
				(statement) -> statement.setString(10, row.id()));
	}

	private boolean insertIfAbsent(NewRow row, HandOver.@Nullable Pick pick, String values,
			PreparedStatementSetter further) {
		PreparedStatementCallback<Boolean> insert = (statement) -> {
			setParameters(statement, row, pick);
			further.setValues(statement);
			return statement.executeUpdate() == 1;
		};
		try {
			return Boolean.TRUE
				.equals(jdbc().execute(insert() + values + this.database.dialect().ignoringDuplicates(), insert));
		}
		catch (DuplicateKeyException ex) {
			return false;
		}
	}

	private String insert() {
		return "INSERT INTO " + name()
				+ " (task_name, task_instance, task_data, reference, execution_time, picked, picked_by,"
				+ " last_heartbeat, version)";
	}

	private void setParameters(PreparedStatement statement, NewRow row, HandOver.@Nullable Pick pick)
			throws SQLException {
		statement.setString(1, row.task());
		statement.setString(2, row.id());
		setData(statement, 3, row.data());
		statement.setObject(4, row.reference(), Types.VARCHAR);
		setTime(statement, 5, row.time());
		statement.setBoolean(6, pick != null);
		statement.setString(7, (pick != null) ? pick.instance() : null);
		customization().setInstant(statement, 8, (pick != null) ? pick.begin() : null);
		statement.setLong(9, HandOver.VERSION);
	}

	/**
	 * Let any instance execute a row that this instance has picked, unless it has been
	 * changed.
	 */
	void unpick(Execution execution) {
		separately(() -> jdbc().update(
				"UPDATE " + name() + " SET picked = ?, picked_by = NULL, last_heartbeat = NULL, version = version + 1"
						+ " WHERE task_name = ? AND task_instance = ? AND version = ? AND picked_by = ?",
				false, execution.taskInstance.getTaskName(), execution.taskInstance.getId(), execution.version,
				execution.pickedBy));
	}

	/**
	 * Change a row that is not executing.
	 * @param task the name of the task
	 * @param id the id of the row
	 * @param time the time of the next execution
	 * @param data the new text
	 * @return {@code false} if there is no such row, or it is executing
	 */
	public boolean update(String task, String id, Instant time, String data) {
		return jdbc().update("UPDATE " + name() + " SET execution_time = ?, task_data = ?, version = version + 1"
				+ " WHERE task_name = ? AND task_instance = ? AND picked = ?", (statement) -> {
					setTime(statement, 1, time);
					setData(statement, 2, data);
					statement.setString(3, task);
					statement.setString(4, id);
					statement.setBoolean(5, false);
				}) == 1;
	}

	/**
	 * Execute a row that is not executing at another time, as if it had never failed.
	 * @param task the name of the task
	 * @param id the id of the row
	 * @param time the time of the next execution
	 * @param earliest only a row whose time is not before this one is changed
	 * @return {@code false} if there is no such row, or it is executing
	 */
	public boolean reschedule(String task, String id, Instant time, Instant earliest) {
		return jdbc().update(
				"UPDATE " + name() + " SET execution_time = ?, consecutive_failures = 0, version = version + 1"
						+ " WHERE task_name = ? AND task_instance = ? AND picked = ? AND execution_time >= ?",
				(statement) -> {
					setTime(statement, 1, time);
					setIdle(statement, 2, task, id, earliest);
				}) == 1;
	}

	/**
	 * Delete a row that is not executing.
	 * @param task the name of the task
	 * @param id the id of the row
	 * @param earliest only a row whose time is not before this one is deleted
	 * @return {@code false} if there is no such row, or it is executing
	 */
	public boolean delete(String task, String id, Instant earliest) {
		return jdbc().update(
				"DELETE FROM " + name()
						+ " WHERE task_name = ? AND task_instance = ? AND picked = ? AND execution_time >= ?",
				(statement) -> setIdle(statement, 1, task, id, earliest)) == 1;
	}

	private void setIdle(PreparedStatement statement, int index, String task, String id, Instant earliest)
			throws SQLException {
		statement.setString(index, task);
		statement.setString(index + 1, id);
		statement.setBoolean(index + 2, false);
		setTime(statement, index + 3, earliest);
	}

	/**
	 * Return a row.
	 * @param task the name of the task
	 * @param id the id of the row
	 * @return the row, if it exists
	 */
	public Optional<Row> find(String task, String id) {
		return rows(task, " AND task_instance = ?", 1, (statement) -> statement.setString(2, id)).stream().findFirst();
	}

	/**
	 * Return all rows of a task.
	 * @param task the name of the task
	 * @return the rows, in the order of their ids
	 */
	public List<Row> all(String task) {
		return rows(task, " ORDER BY task_instance", Integer.MAX_VALUE, (statement) -> {
		});
	}

	/**
	 * Return rows.
	 * @param task the name of the task
	 * @param condition a further condition in SQL, with an order, or an empty text
	 * @param max how many to return
	 * @param parameters sets the parameters of the condition, from the second one on
	 * @return the rows
	 */
	public List<Row> rows(String task, String condition, int max, PreparedStatementSetter parameters) {
		return jdbc().query(
				"SELECT task_instance, task_data, reference, execution_time, consecutive_failures, last_failure FROM "
						+ name() + " WHERE task_name = ?" + condition + customization().getQueryLimitPart(max),
				of(task, parameters),
				(row, number) -> new Row(row.getString("task_instance"),
						TextSerializer.read(customization().getTaskData(row, "task_data")), row.getString("reference"),
						Objects.requireNonNull(time(row, "execution_time")), row.getInt("consecutive_failures"),
						time(row, "last_failure")));
	}

	/**
	 * Return the number of rows.
	 * @param task the name of the task
	 * @param condition a further condition in SQL, or an empty text
	 * @param parameters sets the parameters of the condition, from the second one on
	 * @return the number
	 */
	public long count(String task, String condition, PreparedStatementSetter parameters) {
		return Objects
			.requireNonNull(jdbc().query("SELECT COUNT(*) FROM " + name() + " WHERE task_name = ?" + condition,
					of(task, parameters), (ResultSet rows) -> rows.next() ? rows.getLong(1) : 0L));
	}

	private static PreparedStatementSetter of(String task, PreparedStatementSetter parameters) {
		return (statement) -> {
			statement.setString(1, task);
			parameters.setValues(statement);
		};
	}

	/**
	 * Set a time as a parameter of a statement.
	 * @param statement the statement
	 * @param index the index of the parameter
	 * @param time the time
	 * @throws SQLException if the parameter cannot be set
	 */
	public void setTime(PreparedStatement statement, int index, Instant time) throws SQLException {
		customization().setInstant(statement, index, time);
	}

	private @Nullable Instant time(ResultSet row, String column) throws SQLException {
		return customization().getInstant(row, column);
	}

	private void setData(PreparedStatement statement, int index, String data) throws SQLException {
		customization().setTaskData(statement, index, data.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * Make changes in the transaction of the caller, also one of JPA, or else in a new
	 * one.
	 * @param changes the changes
	 */
	public void inTransaction(Runnable changes) {
		if (TransactionSynchronizationManager.isActualTransactionActive()
				&& TransactionSynchronizationManager.hasResource(this.database.dataSource())) {
			changes.run();
		}
		else {
			transaction().executeWithoutResult((status) -> changes.run());
		}
	}

	/**
	 * Make a change that is committed at once, independent of the caller's transaction.
	 * @param <T> the type of the result
	 * @param change the change, with one statement
	 * @return the result of the change
	 */
	public <T> T separately(Supplier<T> change) {
		boolean commits = !isInTransaction() && Boolean.TRUE.equals(this.statementsCommit.get());
		return commits ? change.get() : this.separate.execute(change);
	}

	private boolean isInTransaction() {
		return TransactionSynchronizationManager.isSynchronizationActive()
				|| TransactionSynchronizationManager.hasResource(this.database.dataSource());
	}

	private TransactionTemplate transaction() {
		return new TransactionTemplate(new JdbcTransactionManager(this.database.dataSource()));
	}

	/**
	 * A row to insert.
	 *
	 * @param task the name of the task
	 * @param id the id of the row
	 * @param data the text
	 * @param reference the reference of a payment, or {@code null}
	 * @param time the time of the first execution
	 */
	public record NewRow(String task, String id, String data, @Nullable String reference, Instant time) {

	}

	/**
	 * A row.
	 *
	 * @param id the id of the row
	 * @param data the text
	 * @param reference the reference of a payment, or {@code null}
	 * @param time the time of the next execution
	 * @param failures how many executions have failed since the last success
	 * @param lastFailure when the last one failed, or {@code null}
	 */
	public record Row(String id, String data, @Nullable String reference, Instant time, int failures,
			@Nullable Instant lastFailure) {

	}

}
