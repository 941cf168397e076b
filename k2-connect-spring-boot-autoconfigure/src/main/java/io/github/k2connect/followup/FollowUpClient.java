package io.github.k2connect.followup;

import java.time.Instant;

import javax.sql.DataSource;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceCurrentlyExecutingException;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceNotFoundException;
import com.github.kagkarlsson.scheduler.jdbc.JdbcCustomization;
import com.github.kagkarlsson.scheduler.serializer.Serializer;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.TaskInstanceId;
import org.apiguardian.api.API;

import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Writes to db-scheduler's table, each time on a connection of its own and in a
 * transaction of its own. A transaction of the caller plays no part: what was started
 * stays written down when that is rolled back.
 *
 * @hidden
 */
@API(status = API.Status.INTERNAL)
public final class FollowUpClient {

	private final SchedulerClient client;

	private final TransactionTemplate transaction;

	/**
	 * Create a client.
	 * @param dataSource db-scheduler's database
	 * @param customization how db-scheduler speaks with it
	 * @param serializer how db-scheduler writes the data of tasks
	 * @param tableName db-scheduler's table
	 * @param task the task that it writes
	 */
	public FollowUpClient(DataSource dataSource, JdbcCustomization customization, Serializer serializer,
			String tableName, FollowUpTask task) {
		DataSource own = new DelegatingDataSource(unwrap(dataSource));
		this.transaction = new TransactionTemplate(new JdbcTransactionManager(own));
		this.transaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
		this.client = SchedulerClient.Builder.create(new TransactionAwareDataSourceProxy(own), task)
			.jdbcCustomization(customization)
			.serializer(serializer)
			.tableName(tableName)
			.build();
	}

	void insert(String key, FollowUpNote note, Instant time) {
		this.transaction.executeWithoutResult((status) -> schedule(key, note, time));
	}

	void replace(String oldKey, String key, FollowUpNote note, Instant time) {
		this.transaction.executeWithoutResult((status) -> {
			schedule(key, note, time);
			cancel(oldKey);
		});
	}

	void delete(String key) {
		this.transaction.executeWithoutResult((status) -> cancel(key));
	}

	private void schedule(String key, FollowUpNote note, Instant time) {
		this.client.scheduleIfNotExists(new TaskInstance<>(FollowUpTask.NAME, key, note.write()), time);
	}

	/**
	 * What is in work at this moment finds out by itself that it is over.
	 */
	private void cancel(String key) {
		try {
			this.client.cancel(TaskInstanceId.of(FollowUpTask.NAME, key));
		}
		catch (TaskInstanceNotFoundException | TaskInstanceCurrentlyExecutingException ex) {
			// over already
		}
	}

	private static DataSource unwrap(DataSource dataSource) {
		return (dataSource instanceof TransactionAwareDataSourceProxy proxy && proxy.getTargetDataSource() != null)
				? proxy.getTargetDataSource() : dataSource;
	}

}
