package io.github.k2connect.followup;

import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import javax.sql.DataSource;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.jdbc.JdbcCustomization;
import com.github.kagkarlsson.scheduler.serializer.Serializer;
import com.github.kagkarlsson.scheduler.task.SchedulableInstance;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import io.github.k2connect.followup.FollowUpWrite.Added;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The follow-ups in db-scheduler's table. Each method has its own transaction.
 */
final class FollowUpTable {

	/**
	 * How long the database may take to respond, so that the rest of the caller's time is
	 * enough for another attempt.
	 */
	private static final int NETWORK_TIMEOUT_MILLIS = 1000;

	private final SchedulerClient client;

	private final JdbcTemplate jdbc;

	private final TransactionTemplate transaction;

	private final String delete;

	FollowUpTable(DataSource dataSource, JdbcCustomization customization, Serializer serializer, String tableName,
			FollowUpTask task) {
		this.client = SchedulerClient.Builder.create(new TransactionAwareDataSourceProxy(dataSource), task)
			.jdbcCustomization(customization)
			.serializer(serializer)
			.tableName(tableName)
			.build();
		this.jdbc = new JdbcTemplate(dataSource);
		this.transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
		this.delete = "DELETE FROM " + tableName + " WHERE task_name = ? AND task_instance = ?"
				+ " AND (picked = ? OR task_instance LIKE '" + FollowUpRecorder.BEGUN + "%')";
	}

	/**
	 * Make changes with two batches of statements. Fails if a follow-up that should be
	 * added exists.
	 */
	void write(List<FollowUpWrite> writes) {
		List<SchedulableInstance<?>> added = writes.stream()
			.map(FollowUpWrite::added)
			.filter(Objects::nonNull)
			.<SchedulableInstance<?>>map((follow) -> SchedulableInstance.of(instance(follow), follow.time()))
			.toList();
		this.transaction.executeWithoutResult((status) -> {
			limitWaiting();
			if (!added.isEmpty()) {
				this.client.scheduleBatch(added);
			}
			delete(writes.stream().map(FollowUpWrite::deleted));
		});
	}

	/**
	 * Make a change that may have been made before.
	 */
	void writeAgain(FollowUpWrite write) {
		this.transaction.executeWithoutResult((status) -> {
			limitWaiting();
			Added added = write.added();
			if (added != null) {
				this.client.scheduleIfNotExists(instance(added), added.time());
			}
			delete(Stream.ofNullable(write.deleted()));
		});
	}

	/**
	 * Delete follow-ups. Those with a URL that are executing end by themselves. One
	 * without a URL does not: its execution may have ended with its instance.
	 */
	private void delete(Stream<String> keys) {
		List<Object[]> parameters = keys.filter(Objects::nonNull)
			.sorted()
			.map((key) -> new Object[] { FollowUpTask.NAME, key, false })
			.toList();
		if (!parameters.isEmpty()) {
			this.jdbc.batchUpdate(this.delete, parameters);
		}
	}

	private static TaskInstance<String> instance(Added added) {
		return new TaskInstance<>(FollowUpTask.NAME, added.key(), added.data());
	}

	/**
	 * Let the driver close a connection that the network has silently dropped.
	 */
	private void limitWaiting() {
		this.jdbc.execute((ConnectionCallback<@Nullable Void>) (connection) -> {
			try {
				connection.setNetworkTimeout(Runnable::run, NETWORK_TIMEOUT_MILLIS);
			}
			catch (SQLException | RuntimeException | AbstractMethodError ex) {
				// The driver has no such limit.
			}
			return null;
		});
	}

}
