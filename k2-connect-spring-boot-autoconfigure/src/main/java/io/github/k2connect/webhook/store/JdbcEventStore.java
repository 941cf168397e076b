package io.github.k2connect.webhook.store;

import java.sql.Connection;
import java.sql.Types;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

import javax.sql.DataSource;

import io.github.k2connect.InvalidK2ConfigurationException;
import io.github.k2connect.Ticker;
import io.github.k2connect.database.DatabaseDialect;
import io.github.k2connect.database.RetentionCleanup;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.Assert;
import org.springframework.util.function.SingletonSupplier;

/**
 * Event store in a database table. An event is recorded in the same transaction in which
 * it is handled. Of concurrent deliveries of the same event, the table's unique key
 * permits only one, across all instances.
 *
 * @hidden
 */
@API(status = API.Status.INTERNAL)
public final class JdbcEventStore implements K2EventStore {

	private static final int REFERENCE_BATCH = 300;

	private static final int MAX_KIND_LENGTH = 100;

	private static final int MAX_ID_LENGTH = 255;

	private final DataSource dataSource;

	private final JdbcClient jdbc;

	private final HandlingTransaction transaction;

	private final HandlingTransaction ownTransaction;

	private final RetentionCleanup cleanup;

	private final SingletonSupplier<Boolean> sharesTransaction;

	private final SingletonSupplier<Boolean> seesCommitted;

	private final SingletonSupplier<DatabaseDialect> dialect;

	private final RetryTemplate contention;

	private final Duration maxWait;

	private final String tableName;

	private final Duration retention;

	private final Clock clock;

	private final Ticker ticker;

	/**
	 * Create a store.
	 * @param dataSource the data source
	 * @param transactionManager the application's transaction manager
	 * @param tableName the table's name, with a schema where it needs one; it becomes
	 * part of SQL as it is
	 * @param retention how long an event is remembered
	 * @param maxWait how long a delivery waits for another delivery of the same event
	 * @param clock the clock for a database other than PostgreSQL, H2, MariaDB and MySQL;
	 * with these, the database's time counts
	 */
	public JdbcEventStore(DataSource dataSource, PlatformTransactionManager transactionManager, String tableName,
			Duration retention, Duration maxWait, Clock clock) {
		this(dataSource, transactionManager, tableName, retention, maxWait, clock, Ticker.SYSTEM);
	}

	/**
	 * Create a store.
	 * @param dataSource the data source
	 * @param transactionManager the application's transaction manager
	 * @param tableName the table's name
	 * @param retention how long an event is remembered
	 * @param maxWait how long a delivery waits for another delivery of the same event
	 * @param clock the clock for a database other than PostgreSQL, H2, MariaDB and MySQL;
	 * with these, the database's time counts
	 * @param ticker measures how long a delivery waits
	 */
	public JdbcEventStore(DataSource dataSource, PlatformTransactionManager transactionManager, String tableName,
			Duration retention, Duration maxWait, Clock clock, Ticker ticker) {
		Assert.isTrue(retention.compareTo(Duration.ZERO) > 0, "retention must be positive");
		Assert.isTrue(maxWait.compareTo(Duration.ZERO) > 0, "maxWait must be positive");
		this.dataSource = dataSource;
		this.jdbc = JdbcClient.create(dataSource);
		this.transaction = new HandlingTransaction(transactionManager);
		this.ownTransaction = new HandlingTransaction(new JdbcTransactionManager(dataSource));
		this.sharesTransaction = SingletonSupplier.of(() -> new TransactionTemplate(transactionManager)
			.execute((status) -> TransactionSynchronizationManager.hasResource(dataSource)));
		this.seesCommitted = SingletonSupplier.of(() -> new TransactionTemplate(transactionManager)
			.execute((status) -> isolation() == Connection.TRANSACTION_READ_COMMITTED));
		this.dialect = SingletonSupplier.of(this::verifiedDialect);
		this.contention = new RetryTemplate(RetryPolicy.builder()
			.includes(ContendedException.class)
			.maxRetries(Long.MAX_VALUE)
			.delay(Duration.ofMillis(20))
			.jitter(Duration.ofMillis(20))
			.build());
		this.maxWait = maxWait;
		this.tableName = tableName;
		this.retention = retention;
		this.clock = clock;
		this.ticker = ticker;
		this.cleanup = new RetentionCleanup(dataSource, tableName, "event_key", retention,
				() -> "handled_at < " + now() + " - :retention", ticker);
	}

	/**
	 * Return whether the table exists with the expected columns.
	 * @return {@code true} if it can be used
	 * @throws DataAccessException if the database cannot be asked
	 */
	public boolean isUsable() {
		return has("event_key, kind, event_id, handled_at, reference");
	}

	private boolean has(String columns) {
		try {
			this.jdbc.sql("SELECT " + columns + " FROM " + this.tableName + " WHERE 1 = 0").query().listOfRows();
			return true;
		}
		catch (BadSqlGrammarException ex) {
			return false;
		}
	}

	/**
	 * Return whether the event was handled.
	 * @param identity the event
	 * @return {@code true} if it was handled
	 * @throws DataAccessException if the database cannot be asked
	 */
	public boolean isHandled(EventIdentity identity) {
		return isRemembered(identity.key());
	}

	/**
	 * Return the payments that handled events are about.
	 * @param account the name of the account
	 * @param references the normalized references of the payments to look for
	 * @return the payments that are found
	 * @throws DataAccessException if the database cannot be asked
	 */
	public KnownPayments knownPayments(String account, Collection<String> references) {
		KnownPayments known = new KnownPayments();
		Map<String, String> columns = KnownPayments.columns(account, references);
		List<String> keys = List.copyOf(columns.keySet());
		for (int start = 0; start < keys.size(); start += REFERENCE_BATCH) {
			this.jdbc.sql("SELECT reference, kind FROM " + this.tableName + " WHERE reference IN (:references)")
				.param("references", keys.subList(start, Math.min(keys.size(), start + REFERENCE_BATCH)))
				.query((row) -> {
					String reference = columns.get(row.getString(1));
					if (reference != null) {
						known.add(reference, row.getString(2));
					}
				});
		}
		return known;
	}

	/**
	 * Return the time of the database, which is the same for all instances.
	 * @return the time; that of this instance if the database's expression is not known
	 * @throws DataAccessException if the database cannot be asked
	 */
	public Instant currentTime() {
		return this.dialect.obtain().currentTime(this.jdbc, this.clock);
	}

	/**
	 * Return how long an event is remembered.
	 * @return the time
	 */
	public Duration retention() {
		return this.retention;
	}

	/**
	 * Return whether the application's transaction manager uses the database of the
	 * table, so that the record of an event and the changes of the listeners commit
	 * together.
	 * <p>
	 * The transaction manager of another resource, for example of a message broker, binds
	 * no connection of the data source. The table then has its own transaction, which
	 * commits last, so that no event is lost if the other transaction fails.
	 * @return {@code true} if there is one transaction for both
	 */
	public boolean sharesTransaction() {
		return this.sharesTransaction.obtain();
	}

	/**
	 * Return the dialect of the database.
	 * @return the dialect
	 * @throws DataAccessException if the database is not available
	 * @throws InvalidK2ConfigurationException if queries read uncommitted records
	 */
	public DatabaseDialect dialect() {
		return this.dialect.obtain();
	}

	/**
	 * Return an SQL condition that is true if an event was handled. It has one parameter,
	 * the key of the event.
	 * @return the condition
	 */
	public String handledCondition() {
		return "EXISTS (SELECT 1 FROM " + this.tableName + " WHERE event_key = ?)";
	}

	/**
	 * Remember an event without handling it, in the current transaction of the database,
	 * or in a new one.
	 * @param identity the identity of the event
	 * @throws DataAccessException if the database cannot be changed
	 */
	public void remember(EventIdentity identity) {
		String key = identity.key();
		long start = this.ticker.tick();
		this.ownTransaction.execute((status) -> !isRemembered(key) && insert(key, identity, start, status), () -> {
		});
	}

	@Override
	public boolean handleOnce(EventIdentity identity, Runnable handling) {
		return handleOnce(identity, handling, () -> false);
	}

	/**
	 * Handle an event unless it was handled before, and make a last change in the same
	 * transaction. The change is left out if the transaction might fail because of it:
	 * with an isolation other than {@code READ COMMITTED}, a row that changed since the
	 * transaction began cannot be changed.
	 * @param identity the identity of the event
	 * @param handling calls all listeners
	 * @param last makes the last change if the {@linkplain #handledCondition() record} of
	 * the event exists, and returns whether it was made
	 * @return {@code true} if it was handled now, {@code false} if it was handled before
	 */
	public boolean handleOnce(EventIdentity identity, Runnable handling, BooleanSupplier last) {
		long start = this.ticker.tick();
		BooleanSupplier change = (sharesTransaction() && this.seesCommitted.obtain()) ? last : () -> false;
		boolean handled = this.contention.invoke(() -> handle(identity, handling, change, start));
		this.cleanup.runIfDue();
		return handled;
	}

	/**
	 * Verify that a query finds no record whose transaction may still roll back: the
	 * event would count as handled, and would be lost.
	 */
	private DatabaseDialect verifiedDialect() {
		DatabaseDialect verified = DatabaseDialect.of(this.dataSource);
		if (verified.readsUncommitted() && isolation() == Connection.TRANSACTION_READ_UNCOMMITTED) {
			throw new InvalidK2ConfigurationException(
					"The isolation of the DataSource with the table " + this.tableName
							+ " is READ UNCOMMITTED: events could be lost.",
					"Set spring.datasource.hikari.transaction-isolation=TRANSACTION_READ_COMMITTED, or the isolation "
							+ "of your own DataSource.");
		}
		return verified;
	}

	private int isolation() {
		return Objects.requireNonNull(new JdbcTemplate(this.dataSource)
			.execute((ConnectionCallback<Integer>) Connection::getTransactionIsolation));
	}

	/**
	 * Handle the event. Most duplicates arrive long after the first delivery. They are
	 * found with a query if their insert would fail.
	 */
	private boolean handle(EventIdentity identity, Runnable handling, BooleanSupplier last, long start) {
		String key = identity.key();
		if (!this.dialect.obtain().ignoresDuplicates() && contended(() -> isRemembered(key), start)) {
			return false;
		}
		Predicate<TransactionStatus> inserted = (status) -> contended(() -> insert(key, identity, start, status),
				start);
		Predicate<TransactionStatus> handled = (status) -> {
			handling.run();
			return true;
		};
		Runnable check = () -> checkRemembered(key, last);
		return sharesTransaction() ? this.transaction.execute(inserted.and(handled), check) : this.ownTransaction
			.execute(inserted.and((status) -> this.transaction.execute(handled, check)), check);
	}

	private boolean isRemembered(String key) {
		return this.jdbc.sql("SELECT COUNT(*) FROM " + this.tableName + " WHERE event_key = ?")
			.param(key)
			.query(Long.class)
			.single() > 0;
	}

	/**
	 * Check that the record still exists. Some databases silently roll back a transaction
	 * after an SQL error that a listener has caught: PostgreSQL after any error, MySQL
	 * after a deadlock. A last change that was made has checked it.
	 */
	private void checkRemembered(String key, BooleanSupplier last) {
		boolean remembered;
		try {
			remembered = last.getAsBoolean() || isRemembered(key);
		}
		catch (DataAccessException ex) {
			throw rolledBack(ex);
		}
		if (!remembered) {
			throw rolledBack(null);
		}
	}

	private static IllegalStateException rolledBack(@Nullable DataAccessException cause) {
		return new IllegalStateException(
				"The transaction cannot commit: most likely a listener caught an SQL error that ended it", cause);
	}

	/**
	 * Insert the event. The database waits if another transaction inserts the same event.
	 */
	private boolean insert(String key, EventIdentity identity, long start, TransactionStatus status) {
		try {
			return this.jdbc
				.sql("INSERT INTO " + this.tableName
						+ " (event_key, kind, event_id, reference, handled_at) VALUES (?, ?, ?, ?, " + now() + ")"
						+ this.dialect.obtain().ignoringDuplicates())
				.withQueryTimeout(secondsLeft(start))
				.param(key)
				.param(legible(identity.kind(), MAX_KIND_LENGTH))
				.param(legible(identity.id(), MAX_ID_LENGTH))
				.param(4, PaymentReference.column(identity.account(), identity.reference()), Types.VARCHAR)
				.update() == 1;
		}
		catch (DuplicateKeyException ex) {
			status.setRollbackOnly();
			return false;
		}
	}

	private String now() {
		return this.dialect.obtain().now(this.clock);
	}

	private int secondsLeft(long start) {
		return (int) Math.min(Integer.MAX_VALUE, Math.max(1, this.ticker.left(this.maxWait, start).toSeconds()));
	}

	private boolean contended(BooleanSupplier access, long start) {
		try {
			return access.getAsBoolean();
		}
		catch (DataAccessException ex) {
			if (!(ex instanceof TransientDataAccessException) && !DatabaseDialect.isRepeatable(ex)
					&& !DatabaseDialect.isLockTimeout(ex)) {
				throw ex;
			}
			throw this.ticker.left(this.maxWait, start).isZero() ? new EventInProgressException(ex)
					: new ContendedException(ex);
		}
	}

	/**
	 * Return a readable text with characters that every database accepts. It does not
	 * have to be unique, because the key is.
	 */
	private static String legible(String text, int maxLength) {
		StringBuilder legible = new StringBuilder();
		for (int i = 0; i < text.length() && legible.length() < maxLength; i++) {
			char character = text.charAt(i);
			if (character >= ' ' && character <= '~') {
				legible.append(character);
			}
			else {
				legible.append("\\u%04x".formatted((int) character));
			}
		}
		legible.setLength(Math.min(legible.length(), maxLength));
		return legible.toString();
	}

	/**
	 * Thrown when the insert of an event conflicts with another transaction, and can be
	 * repeated.
	 */
	private static final class ContendedException extends EventInProgressException {

		ContendedException(DataAccessException cause) {
			super(cause);
		}

	}

}
