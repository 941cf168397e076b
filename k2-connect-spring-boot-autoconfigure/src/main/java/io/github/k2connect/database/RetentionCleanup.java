package io.github.k2connect.database;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

import javax.sql.DataSource;

import io.github.k2connect.Ticker;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Deletes the rows of a table that are older than the retention, after another row was
 * written: some each hour, or each second while there are many.
 *
 * @hidden
 */
@API(status = API.Status.INTERNAL)
public final class RetentionCleanup {

	private static final Log logger = LogFactory.getLog(RetentionCleanup.class);

	private static final Duration INTERVAL = Duration.ofHours(1);

	private static final Duration PAUSE = Duration.ofSeconds(1);

	private static final int BATCH = 500;

	private static final int TIMEOUT_SECONDS = 5;

	private final JdbcClient jdbc;

	private final TransactionTemplate transaction;

	private final String tableName;

	private final String keyColumn;

	private final Duration retention;

	private final Supplier<String> condition;

	private final Ticker ticker;

	private final AtomicLong next;

	/**
	 * Create the clean-up.
	 * @param dataSource the data source
	 * @param tableName the table's name
	 * @param keyColumn the column of the key
	 * @param retention how long a row is kept
	 * @param condition the condition for old rows in SQL, with the parameter
	 * {@code :retention} in milliseconds
	 * @param ticker measures the time between two clean-ups
	 */
	public RetentionCleanup(DataSource dataSource, String tableName, String keyColumn, Duration retention,
			Supplier<String> condition, Ticker ticker) {
		this.jdbc = JdbcClient.create(dataSource);
		this.transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
		this.transaction.setIsolationLevel(TransactionDefinition.ISOLATION_READ_COMMITTED);
		this.tableName = tableName;
		this.keyColumn = keyColumn;
		this.retention = retention;
		this.condition = condition;
		this.ticker = ticker;
		this.next = new AtomicLong(ticker.tick());
	}

	/**
	 * Delete some old rows if a clean-up is due and the caller has no transaction. A
	 * failure is logged.
	 */
	public void runIfDue() {
		long tick = this.ticker.tick();
		long due = this.next.get();
		if (tick - due < 0 || TransactionSynchronizationManager.isActualTransactionActive()
				|| !this.next.compareAndSet(due, tick + INTERVAL.toNanos())) {
			return;
		}
		try {
			Integer deleted = this.transaction.execute((status) -> delete());
			if (deleted != null && deleted == BATCH) {
				this.next.set(tick + PAUSE.toNanos());
			}
		}
		catch (DataAccessException | TransactionException ex) {
			logger.warn("Rows older than " + this.retention + " could not be deleted from " + this.tableName, ex);
		}
	}

	/**
	 * Delete some old rows, in the order of their keys, so that instances that delete the
	 * same rows hardly end in a deadlock.
	 */
	private int delete() {
		String old = this.condition.get();
		List<@Nullable String> keys = this.jdbc
			.sql("SELECT " + this.keyColumn + " FROM " + this.tableName + " WHERE " + old)
			.withMaxRows(BATCH)
			.withQueryTimeout(TIMEOUT_SECONDS)
			.param("retention", this.retention.toMillis())
			.query(String.class)
			.list();
		if (!keys.isEmpty()) {
			this.jdbc.sql("DELETE FROM " + this.tableName + " WHERE " + this.keyColumn + " IN (:keys) AND " + old)
				.withQueryTimeout(TIMEOUT_SECONDS)
				.param("keys", keys.stream().sorted().toList())
				.param("retention", this.retention.toMillis())
				.update();
		}
		return keys.size();
	}

}
