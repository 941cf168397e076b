package io.github.k2connect.webhook.store;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

import javax.sql.DataSource;

import io.github.k2connect.Ticker;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Deletes the events that are older than the retention, after another event was handled:
 * some each hour, or each second while there are many.
 */
final class EventCleanup {

	private static final Log logger = LogFactory.getLog(EventCleanup.class);

	private static final Duration INTERVAL = Duration.ofHours(1);

	private static final Duration PAUSE = Duration.ofSeconds(1);

	private static final int BATCH = 500;

	private static final int TIMEOUT_SECONDS = 5;

	private final JdbcClient jdbc;

	private final TransactionTemplate transaction;

	private final String tableName;

	private final Duration retention;

	private final Supplier<String> now;

	private final Ticker ticker;

	private final AtomicLong next;

	/**
	 * Create the clean-up.
	 * @param dataSource the data source
	 * @param tableName the table's name
	 * @param retention how long an event is remembered
	 * @param now the current time in SQL, in milliseconds since 1970
	 * @param ticker measures the time between two clean-ups
	 */
	EventCleanup(DataSource dataSource, String tableName, Duration retention, Supplier<String> now, Ticker ticker) {
		this.jdbc = JdbcClient.create(dataSource);
		this.transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
		this.transaction.setIsolationLevel(TransactionDefinition.ISOLATION_READ_COMMITTED);
		this.tableName = tableName;
		this.retention = retention;
		this.now = now;
		this.ticker = ticker;
		this.next = new AtomicLong(ticker.tick());
	}

	/**
	 * Delete some old events if a clean-up is due and the caller has no transaction. A
	 * failure is logged.
	 */
	void runIfDue() {
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
			logger.warn("Events older than " + this.retention + " could not be deleted from " + this.tableName, ex);
		}
	}

	/**
	 * Delete some old events, in the order of their keys, so that instances that delete
	 * the same events hardly end in a deadlock.
	 */
	private int delete() {
		String old = "handled_at < " + this.now.get() + " - :retention";
		List<@Nullable String> keys = this.jdbc.sql("SELECT event_key FROM " + this.tableName + " WHERE " + old)
			.withMaxRows(BATCH)
			.withQueryTimeout(TIMEOUT_SECONDS)
			.param("retention", this.retention.toMillis())
			.query(String.class)
			.list();
		if (!keys.isEmpty()) {
			this.jdbc.sql("DELETE FROM " + this.tableName + " WHERE event_key IN (:keys) AND " + old)
				.withQueryTimeout(TIMEOUT_SECONDS)
				.param("keys", keys.stream().sorted().toList())
				.param("retention", this.retention.toMillis())
				.update();
		}
		return keys.size();
	}

}
