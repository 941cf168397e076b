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
 * Client that writes follow-ups to db-scheduler's table. Each write has its own
 * connection and its own transaction. If the caller's transaction is rolled back, the
 * follow-up stays in the table.
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
	 * @param customization db-scheduler's support for that database
	 * @param serializer db-scheduler's serializer for the data of tasks
	 * @param tableName the name of db-scheduler's table
	 * @param task the task of the follow-ups
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
	 * Cancel a follow-up. A follow-up that is executing now ends by itself.
	 */
	private void cancel(String key) {
		try {
			this.client.cancel(TaskInstanceId.of(FollowUpTask.NAME, key));
		}
		catch (TaskInstanceNotFoundException | TaskInstanceCurrentlyExecutingException ex) {
			// It has already ended, or ends by itself.
		}
	}

	private static DataSource unwrap(DataSource dataSource) {
		return (dataSource instanceof TransactionAwareDataSourceProxy proxy && proxy.getTargetDataSource() != null)
				? proxy.getTargetDataSource() : dataSource;
	}

}
