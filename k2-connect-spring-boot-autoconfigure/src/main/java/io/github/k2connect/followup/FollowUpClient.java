package io.github.k2connect.followup;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ScheduledExecutorService;

import javax.sql.DataSource;

import com.github.kagkarlsson.scheduler.jdbc.JdbcCustomization;
import com.github.kagkarlsson.scheduler.serializer.Serializer;

/**
 * Client that writes follow-ups to db-scheduler's table, over a connection that no caller
 * holds. Each method returns when the change is committed. It has nothing to do with the
 * caller's transaction: if that is rolled back, the follow-up stays in the table.
 */
final class FollowUpClient implements AutoCloseable {

	/**
	 * How long a caller waits.
	 */
	private static final Duration TIMEOUT = Duration.ofMillis(1600);

	/**
	 * How long the database may take to respond, so that the rest of the caller's time is
	 * enough for another attempt.
	 */
	private static final Duration NETWORK_TIMEOUT = Duration.ofSeconds(1);

	private final FollowUpWriter writer;

	/**
	 * Create a client.
	 * @param dataSource the database of db-scheduler; the client uses one connection at a
	 * time
	 * @param customization db-scheduler's support for that database
	 * @param serializer db-scheduler's serializer for the data of tasks
	 * @param tableName the name of db-scheduler's table
	 * @param task the task of the follow-ups
	 */
	FollowUpClient(DataSource dataSource, JdbcCustomization customization, Serializer serializer, String tableName,
			FollowUpTask task) {
		this(dataSource, customization, serializer, tableName, task, FollowUpWriter.newThread());
	}

	/**
	 * Create a client with a thread.
	 * @param dataSource the database of db-scheduler; the client uses one connection at a
	 * time
	 * @param customization db-scheduler's support for that database
	 * @param serializer db-scheduler's serializer for the data of tasks
	 * @param tableName the name of db-scheduler's table
	 * @param task the task of the follow-ups
	 * @param thread runs one change after another; the client shuts it down
	 */
	FollowUpClient(DataSource dataSource, JdbcCustomization customization, Serializer serializer, String tableName,
			FollowUpTask task, ScheduledExecutorService thread) {
		this.writer = new FollowUpWriter(
				new FollowUpTable(dataSource, customization, serializer, tableName, task, NETWORK_TIMEOUT), TIMEOUT,
				thread);
	}

	/**
	 * Add a follow-up. If this method throws, the follow-up is not in the table, or it is
	 * deleted soon.
	 */
	void insert(String key, FollowUpNote note, Instant time) {
		this.writer.write(FollowUpWrite.insert(key, note, time));
	}

	/**
	 * Replace a follow-up, unless it is executing: then only add the other one. If this
	 * method throws, this is done later.
	 */
	void replace(String oldKey, String key, FollowUpNote note, Instant time) {
		this.writer.writeEventually(FollowUpWrite.replace(oldKey, key, note, time));
	}

	/**
	 * Delete a follow-up, unless it is executing. If this method throws, this is done
	 * later.
	 */
	void delete(String key) {
		this.writer.writeEventually(FollowUpWrite.delete(key));
	}

	/**
	 * Try to make the changes that could not be made before.
	 * @param key the key of a follow-up
	 * @return whether one of the changes replaced or deleted that follow-up
	 */
	boolean retry(String key) {
		boolean unsaved = this.writer.isUnsaved(key);
		this.writer.retryUnsaved();
		return unsaved && !this.writer.isUnsaved(key);
	}

	@Override
	public void close() {
		this.writer.close();
	}

}
