package io.github.k2connect.webhook.store;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

import javax.sql.DataSource;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.Assert;
import org.springframework.util.function.SingletonSupplier;

/**
 * Remembers events in a table, in the same transaction in which they are handled: both
 * happen or neither. Of deliveries of the same event at the same moment the table's
 * unique key lets one through, in however many instances they arrive.
 */
public final class JdbcEventStore implements K2EventStore {

	/**
	 * The name of the table in the scripts.
	 */
	public static final String DEFAULT_TABLE_NAME = "k2_event";

	private static final Log logger = LogFactory.getLog(JdbcEventStore.class);

	private static final Duration MAX_WAIT = Duration.ofSeconds(30);

	private static final Duration CLEANUP_INTERVAL = Duration.ofHours(1);

	private static final int MAX_KIND_LENGTH = 100;

	private static final int MAX_ID_LENGTH = 255;

	private final DataSource dataSource;

	private final JdbcClient jdbc;

	private final TransactionTemplate transaction;

	private final TransactionTemplate ownTransaction;

	private final SingletonSupplier<Boolean> sharesTransaction = SingletonSupplier.of(this::sharesTransaction);

	private final RetryTemplate retries = new RetryTemplate(RetryPolicy.builder()
		.includes(ContendedException.class)
		.maxRetries(Long.MAX_VALUE)
		.delay(Duration.ofMillis(20))
		.jitter(Duration.ofMillis(20))
		.timeout(MAX_WAIT)
		.build());

	private final String tableName;

	private final Duration retention;

	private final Clock clock;

	private final AtomicReference<Instant> nextCleanup;

	/**
	 * Create a store.
	 * @param dataSource where the table is
	 * @param transactionManager the application's transaction manager
	 * @param tableName the table's name, with a schema where it needs one; it becomes
	 * part of SQL as it is
	 * @param retention how long an event is remembered
	 * @param clock tells how old an event is
	 */
	public JdbcEventStore(DataSource dataSource, PlatformTransactionManager transactionManager, String tableName,
			Duration retention, Clock clock) {
		Assert.isTrue(retention.compareTo(Duration.ZERO) > 0, "retention must be positive");
		this.dataSource = dataSource;
		this.jdbc = JdbcClient.create(dataSource);
		this.transaction = new TransactionTemplate(transactionManager);
		this.ownTransaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
		this.tableName = tableName;
		this.retention = retention;
		this.clock = clock;
		this.nextCleanup = new AtomicReference<>(clock.instant());
	}

	/**
	 * Whether the table is there, as the scripts make it.
	 * @return whether it can be used
	 * @throws DataAccessException if the database cannot be asked
	 */
	public boolean isUsable() {
		try {
			this.jdbc.sql("SELECT event_key, kind, event_id, handled_at FROM " + this.tableName + " WHERE 1 = 0")
				.query()
				.listOfRows();
			return true;
		}
		catch (BadSqlGrammarException ex) {
			return false;
		}
	}

	/**
	 * Whether the event was handled.
	 * @param identity the event
	 * @return whether it is remembered
	 * @throws DataAccessException if the database cannot be asked
	 */
	public boolean isHandled(EventIdentity identity) {
		return isRemembered(identity.key());
	}

	@Override
	public boolean handleOnce(EventIdentity identity, Runnable handling) {
		boolean handled;
		try {
			handled = this.retries.invoke(() -> inTransaction(identity, handling));
		}
		catch (ContendedException ex) {
			throw ex.failure();
		}
		cleanUp();
		return handled;
	}

	private boolean inTransaction(EventIdentity identity, Runnable handling) {
		return Boolean.TRUE.equals(this.sharesTransaction.obtain()
				? this.transaction.execute((status) -> insertAndHandle(identity, handling, status))
				: this.ownTransaction.execute((status) -> insertAndHandle(identity,
						() -> this.transaction.executeWithoutResult((inner) -> handling.run()), status)));
	}

	/**
	 * A transaction manager of something else than the database, say of a message broker,
	 * binds no connection of the data source. Then the table has a transaction of its
	 * own, which commits last: were it the first, and the other failed, the event would
	 * be lost.
	 */
	private boolean sharesTransaction() {
		return Boolean.TRUE.equals(
				this.transaction.execute((status) -> TransactionSynchronizationManager.hasResource(this.dataSource)));
	}

	private boolean insertAndHandle(EventIdentity identity, Runnable handling, TransactionStatus status) {
		String key = identity.key();
		if (isRemembered(key) || !insert(key, identity)) {
			status.setRollbackOnly();
			return false;
		}
		handling.run();
		return true;
	}

	/**
	 * Most duplicates come when the first delivery is long over. They are found without
	 * breaking the unique key, which databases and their drivers log as an error.
	 */
	private boolean isRemembered(String key) {
		return this.jdbc.sql("SELECT COUNT(*) FROM " + this.tableName + " WHERE event_key = ?")
			.param(key)
			.query(Long.class)
			.single() > 0;
	}

	/**
	 * Insert the event; while another transaction is inserting the same one the database
	 * lets this one wait.
	 */
	private boolean insert(String key, EventIdentity identity) {
		try {
			this.jdbc
				.sql("INSERT INTO " + this.tableName + " (event_key, kind, event_id, handled_at) VALUES (?, ?, ?, ?)")
				.param(key)
				.param(truncate(identity.kind(), MAX_KIND_LENGTH))
				.param(truncate(identity.id(), MAX_ID_LENGTH))
				.param(this.clock.millis())
				.update();
			return true;
		}
		catch (DuplicateKeyException ex) {
			return false;
		}
		catch (TransientDataAccessException ex) {
			throw new ContendedException(ex);
		}
	}

	private void cleanUp() {
		Instant now = this.clock.instant();
		Instant due = this.nextCleanup.get();
		if (now.isBefore(due) || !this.nextCleanup.compareAndSet(due, now.plus(CLEANUP_INTERVAL))) {
			return;
		}
		try {
			this.ownTransaction.executeWithoutResult(
					(status) -> this.jdbc.sql("DELETE FROM " + this.tableName + " WHERE handled_at < ?")
						.param(now.minus(this.retention).toEpochMilli())
						.update());
		}
		catch (DataAccessException | TransactionException ex) {
			logger.warn("Events older than " + this.retention + " could not be deleted from " + this.tableName, ex);
		}
	}

	private static String truncate(String text, int length) {
		return (text.length() <= length) ? text : text.substring(0, length);
	}

	/**
	 * Another transaction was inserting the same event for longer than the database
	 * waits.
	 */
	private static final class ContendedException extends RuntimeException {

		private final transient TransientDataAccessException failure;

		ContendedException(TransientDataAccessException failure) {
			super(failure);
			this.failure = failure;
		}

		TransientDataAccessException failure() {
			return this.failure;
		}

	}

}
