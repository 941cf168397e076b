package io.github.k2connect.delivery;

import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.k2connect.TestTables;
import io.github.k2connect.webhook.store.EventIdentity;
import io.github.k2connect.webhook.store.EventInProgressException;
import io.github.k2connect.webhook.store.JdbcEventStore;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for an event whose row is locked for longer than the lock timeout of the
 * database.
 */
class LockWaitTests {

	private static final EventIdentity EVENT = new EventIdentity("default", "customer_created", "1", null);

	private final AtomicInteger handled = new AtomicInteger();

	@ParameterizedTest
	@EnumSource
	void reportsEventInProgressWhenDatabaseEndsWait(Driver driver) throws Exception {
		try (DatabaseServer server = driver.start()) {
			DriverManagerDataSource dataSource = new DriverManagerDataSource(server.url(), server.username(),
					server.password());
			TestTables.create(dataSource);
			try (Connection other = dataSource.getConnection(); Connection impatient = dataSource.getConnection()) {
				insertAndKeepLocked(other);
				JdbcClient.create(new SingleConnectionDataSource(impatient, true)).sql(driver.timeout).update();
				JdbcEventStore store = store(new SingleConnectionDataSource(impatient, true));
				long start = System.nanoTime();
				assertThatExceptionOfType(EventInProgressException.class)
					.isThrownBy(() -> store.handleOnce(EVENT, this.handled::incrementAndGet));
				assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofSeconds(3),
						Duration.ofSeconds(20));
				other.rollback();
				assertThat(store.handleOnce(EVENT, this.handled::incrementAndGet)).isTrue();
				assertThat(store.handleOnce(EVENT, this.handled::incrementAndGet)).isFalse();
			}
		}
		assertThat(this.handled).hasValue(1);
	}

	private static void insertAndKeepLocked(Connection connection) throws Exception {
		connection.setAutoCommit(false);
		JdbcClient.create(new SingleConnectionDataSource(connection, true))
			.sql("INSERT INTO k2_event (event_key, kind, event_id, handled_at) VALUES (?, 'customer_created', '1', 0)")
			.param(EVENT.key())
			.update();
	}

	private static JdbcEventStore store(SingleConnectionDataSource dataSource) {
		return new JdbcEventStore(dataSource, new JdbcTransactionManager(dataSource), "k2_event", Duration.ofDays(90),
				Duration.ofSeconds(3), Clock.systemUTC());
	}

	/**
	 * A database, and the statement that shortens its lock timeout.
	 */
	enum Driver {

		H2(Database.H2, "SET LOCK_TIMEOUT 100"),

		POSTGRESQL(Database.POSTGRESQL, "SET lock_timeout = 100"),

		MARIADB(Database.MARIADB, "SET innodb_lock_wait_timeout = 1"),

		MYSQL(Database.MARIADB, "SET innodb_lock_wait_timeout = 1") {

			@Override
			DatabaseServer start() throws Exception {
				return super.start().withMysqlDriver();
			}

		};

		private final Database database;

		private final String timeout;

		Driver(Database database, String timeout) {
			this.database = database;
			this.timeout = timeout;
		}

		DatabaseServer start() throws Exception {
			return this.database.start();
		}

	}

}
