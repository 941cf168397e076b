package io.github.k2connect.webhook.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import javax.sql.DataSource;

import io.github.k2connect.InvalidK2ConfigurationException;
import io.github.k2connect.TestTables;
import io.github.k2connect.database.InitializeSchema;
import io.github.k2connect.database.K2SchemaInitializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.IsolationLevelDataSourceAdapter;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.UnexpectedRollbackException;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

/**
 * Tests for {@link JdbcEventStore}.
 */
class JdbcEventStoreTests {

	private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");

	private static final Duration RETENTION = Duration.ofDays(90);

	private static final EventIdentity EVENT = new EventIdentity("default", "customer_created", "1", null);

	private final DataSource dataSource = database("");

	private final JdbcClient jdbc = JdbcClient.create(this.dataSource);

	private final AtomicInteger handled = new AtomicInteger();

	private static DataSource database(String options) {
		return new DriverManagerDataSource("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1" + options);
	}

	@BeforeEach
	void createTables() {
		TestTables.create(this.dataSource);
		this.jdbc.sql("CREATE TABLE effect (id VARCHAR(10))").update();
	}

	private JdbcEventStore store(PlatformTransactionManager transactionManager, Instant now) {
		return new JdbcEventStore(this.dataSource, transactionManager, "k2_event", RETENTION, Duration.ofSeconds(20),
				Clock.fixed(now, ZoneOffset.UTC));
	}

	private JdbcEventStore store() {
		return store(new JdbcTransactionManager(this.dataSource), NOW);
	}

	private void takeEffect() {
		this.handled.incrementAndGet();
		this.jdbc.sql("INSERT INTO effect VALUES ('1')").update();
	}

	private void takeEffectAndFail() {
		takeEffect();
		throw new IllegalStateException("The listener failed");
	}

	private long count(String table) {
		return this.jdbc.sql("SELECT COUNT(*) FROM " + table).query(Long.class).single();
	}

	@Test
	void handlesEventOnceAndStoresIt() {
		assertThat(store().handleOnce(EVENT, this::takeEffect)).isTrue();
		assertThat(store().handleOnce(EVENT, this::takeEffect)).isFalse();
		assertThat(this.handled).hasValue(1);
		assertThat(this.jdbc.sql("SELECT * FROM k2_event").query().singleRow()).containsEntry("EVENT_KEY", EVENT.key())
			.containsEntry("KIND", "customer_created")
			.containsEntry("EVENT_ID", "1")
			.hasEntrySatisfying("HANDLED_AT", (time) -> assertThat(Instant.ofEpochMilli((Long) time))
				.isCloseTo(Instant.now(), within(1, ChronoUnit.MINUTES)));
	}

	@Test
	void rollsBackRecordWithEffect() {
		assertThatIllegalStateException().isThrownBy(() -> store().handleOnce(EVENT, this::takeEffectAndFail));
		assertThat(count("k2_event")).isZero();
		assertThat(count("effect")).isZero();
		assertThat(store().handleOnce(EVENT, this::takeEffect)).isTrue();
		assertThat(count("effect")).isOne();
	}

	@Test
	void doesNotHandleEventThatListenerMarksForRollback() {
		PlatformTransactionManager transactionManager = new JdbcTransactionManager(this.dataSource);
		TransactionTemplate transaction = new TransactionTemplate(transactionManager);
		assertThatExceptionOfType(UnexpectedRollbackException.class).isThrownBy(() -> store(transactionManager, NOW)
			.handleOnce(EVENT, () -> transaction.executeWithoutResult(TransactionStatus::setRollbackOnly)));
		assertThat(count("k2_event")).isZero();
	}

	@Test
	void ignoresTransactionManagerOfAnotherResource() {
		PlatformTransactionManager broker = new ResourcelessTransactionManager();
		assertThatIllegalStateException()
			.isThrownBy(() -> store(broker, NOW).handleOnce(EVENT, this::takeEffectAndFail));
		assertThat(count("k2_event")).isZero();
		assertThat(count("effect")).isZero();
		assertThat(store(broker, NOW).handleOnce(EVENT, this::takeEffect)).isTrue();
		assertThat(store(broker, NOW).handleOnce(EVENT, this::takeEffect)).isFalse();
		assertThat(count("effect")).isOne();
	}

	@Test
	void doesNotRepeatFailureOfListenersOwnDatabaseAccess() {
		assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> store().handleOnce(EVENT, () -> {
			this.handled.incrementAndGet();
			throw new CannotAcquireLockException("in a listener");
		}));
		assertThat(this.handled).hasValue(1);
	}

	@Test
	void storesIdentityThatIsLongerThanColumn() {
		EventIdentity event = new EventIdentity("default", "k".repeat(1000), "i".repeat(1000), null);
		assertThat(store().handleOnce(event, this::takeEffect)).isTrue();
		assertThat(store().handleOnce(event, this::takeEffect)).isFalse();
	}

	@Test
	void deletesEventsOlderThanRetention() {
		handle(store(), "1");
		handle(store(), "2");
		age("1", RETENTION.plusMillis(1));
		age("2", RETENTION.minusMinutes(1));
		handle(store(), "3");
		assertThat(this.jdbc.sql("SELECT event_id FROM k2_event ORDER BY event_id").query(String.class).list())
			.containsExactly("2", "3");
	}

	@ParameterizedTest
	@ValueSource(longs = { 100, -100 })
	void deletesNothingEarlyWhenClockOfInstanceIsWrong(long days) {
		handle(store(), "1");
		handle(store(new JdbcTransactionManager(this.dataSource), Instant.now().plus(Duration.ofDays(days))), "2");
		handle(store(), "3");
		assertThat(this.jdbc.sql("SELECT event_id FROM k2_event ORDER BY event_id").query(String.class).list())
			.containsExactly("1", "2", "3");
	}

	private void age(String id, Duration age) {
		this.jdbc.sql("UPDATE k2_event SET handled_at = handled_at - ? WHERE event_id = ?")
			.param(age.toMillis())
			.param(id)
			.update();
	}

	@Test
	void deletesManyEventsInBatches() {
		insertOldEvents(1200);
		MutableTime time = new MutableTime();
		JdbcEventStore store = store(time);
		List<Long> left = new ArrayList<>();
		for (int delivery = 0; delivery < 8; delivery++) {
			handle(store, String.valueOf(delivery));
			left.add(oldEvents());
			time.pass(Duration.ofMillis(500));
		}
		assertThat(left).containsExactly(700L, 700L, 200L, 200L, 0L, 0L, 0L, 0L);
		assertThat(count("k2_event")).isEqualTo(8);
	}

	@Test
	void deletesHourlyAfterClockWasEightHoursAhead() {
		MutableTime time = new MutableTime();
		JdbcEventStore store = store(time);
		time.jump(Duration.ofHours(8));
		handle(store, "1");
		time.jump(Duration.ofHours(-8));
		insertOldEvents(1);
		time.pass(Duration.ofMinutes(59));
		handle(store, "2");
		assertThat(oldEvents()).isOne();
		time.pass(Duration.ofMinutes(1));
		handle(store, "3");
		assertThat(oldEvents()).isZero();
		assertThat(count("k2_event")).isEqualTo(3);
	}

	@Test
	void deletesHourlyWhenClockJumpsForward() {
		MutableTime time = new MutableTime();
		JdbcEventStore store = store(time);
		handle(store, "1");
		insertOldEvents(1);
		time.jump(Duration.ofHours(8));
		handle(store, "2");
		assertThat(oldEvents()).isOne();
		time.pass(Duration.ofHours(1));
		handle(store, "3");
		assertThat(oldEvents()).isZero();
		assertThat(count("k2_event")).isEqualTo(3);
	}

	private JdbcEventStore store(MutableTime time) {
		return new JdbcEventStore(this.dataSource, new JdbcTransactionManager(this.dataSource), "k2_event", RETENTION,
				Duration.ofSeconds(20), time, time::nanoTime);
	}

	private void handle(JdbcEventStore store, String id) {
		assertThat(store.handleOnce(new EventIdentity("default", "customer_created", id, null), this::takeEffect))
			.isTrue();
	}

	private void insertOldEvents(int count) {
		this.jdbc
			.sql("INSERT INTO k2_event (event_key, kind, event_id, handled_at) SELECT 'key ' || x, 'old', 'old', 0"
					+ " FROM SYSTEM_RANGE(1, " + count + ")")
			.update();
	}

	private long oldEvents() {
		return this.jdbc.sql("SELECT COUNT(*) FROM k2_event WHERE kind = 'old'").query(Long.class).single();
	}

	@Test
	void deletesOldEventsWithoutAutoCommit() {
		store().handleOnce(EVENT, this::takeEffect);
		age(EVENT.id(), RETENTION.plusMillis(1));
		DataSource pool = new NoAutoCommitDataSource(this.dataSource);
		new JdbcEventStore(pool, new JdbcTransactionManager(pool), "k2_event", RETENTION, Duration.ofSeconds(20),
				Clock.systemUTC())
			.handleOnce(new EventIdentity("default", "customer_created", "2", null), this::takeEffect);
		assertThat(this.jdbc.sql("SELECT event_id FROM k2_event").query(String.class).list()).containsExactly("2");
	}

	@Test
	void acceptsTableWithItsColumns() {
		assertThat(store().isUsable()).isTrue();
		this.jdbc.sql("ALTER TABLE k2_event DROP COLUMN handled_at").update();
		assertThat(store().isUsable()).isFalse();
		this.jdbc.sql("DROP TABLE k2_event").update();
		assertThat(store().isUsable()).isFalse();
	}

	/**
	 * The listener of one delivery fails after another delivery has seen its record.
	 */
	@Test
	void doesNotTakeEventForHandledWhoseTransactionRollsBack() {
		IsolationLevelDataSourceAdapter dirty = new IsolationLevelDataSourceAdapter();
		dirty.setTargetDataSource(this.dataSource);
		dirty.setIsolationLevel(TransactionDefinition.ISOLATION_READ_UNCOMMITTED);
		JdbcEventStore reader = new JdbcEventStore(dirty, new JdbcTransactionManager(dirty), "k2_event", RETENTION,
				Duration.ofSeconds(1), Clock.systemUTC());
		CompletableFuture<Boolean> other = new CompletableFuture<>();
		assertThatIllegalStateException().isThrownBy(() -> store().handleOnce(EVENT, () -> {
			other.completeAsync(() -> reader.handleOnce(EVENT, this::takeEffect));
			assertThat(other).failsWithin(Duration.ofSeconds(20));
			throw new IllegalStateException("The listener failed");
		}));
		assertThat(other).failsWithin(Duration.ZERO)
			.withThrowableThat()
			.withCauseInstanceOf(InvalidK2ConfigurationException.class);
	}

	@Test
	void distinguishesMissingDatabaseFromMissingTable() {
		DataSource away = new DriverManagerDataSource("jdbc:h2:tcp://localhost:1/nowhere");
		JdbcEventStore store = new JdbcEventStore(away, new JdbcTransactionManager(away), "k2_event", RETENTION,
				Duration.ofSeconds(20), Clock.systemUTC());
		assertThatExceptionOfType(DataAccessException.class).isThrownBy(store::isUsable);
	}

	@ParameterizedTest
	@CsvSource({ "h2, REGULAR", "postgresql, PostgreSQL", "mysql, MySQL", "mariadb, MariaDB" })
	void runsEveryScriptRepeatedly(String platform, String mode) {
		DataSource database = database(";MODE=" + mode + ";DATABASE_TO_LOWER=TRUE;CASE_INSENSITIVE_IDENTIFIERS=TRUE");
		for (int time = 0; time < 2; time++) {
			new K2SchemaInitializer(database, InitializeSchema.ALWAYS,
					"classpath:io/github/k2connect/database/schema-" + platform + ".sql", "k2_")
				.initializeDatabase();
		}
		JdbcEventStore store = new JdbcEventStore(database, new JdbcTransactionManager(database), "k2_event", RETENTION,
				Duration.ofSeconds(20), Clock.systemUTC());
		assertThat(store.isUsable()).isTrue();
		assertThat(store.handleOnce(EVENT, this.handled::incrementAndGet)).isTrue();
		assertThat(store.handleOnce(EVENT, this.handled::incrementAndGet)).isFalse();
	}

	@Test
	void rejectsRetentionOfZero() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new JdbcEventStore(this.dataSource, new JdbcTransactionManager(this.dataSource),
					"k2_event", Duration.ZERO, Duration.ofSeconds(20), Clock.systemUTC()));
	}

	/**
	 * A pool with {@code auto-commit} switched off, as is usual beside Hibernate.
	 */
	private static final class NoAutoCommitDataSource extends DelegatingDataSource {

		private NoAutoCommitDataSource(DataSource target) {
			super(target);
		}

		@Override
		public Connection getConnection() throws SQLException {
			Connection connection = super.getConnection();
			connection.setAutoCommit(false);
			return connection;
		}

	}

	/**
	 * The time of a machine, and its clock, which may jump.
	 */
	private static final class MutableTime extends Clock {

		private Instant now = NOW;

		private long nanoTime = Long.MAX_VALUE - 1;

		void pass(Duration duration) {
			this.now = this.now.plus(duration);
			this.nanoTime += duration.toNanos();
		}

		void jump(Duration duration) {
			this.now = this.now.plus(duration);
		}

		long nanoTime() {
			return this.nanoTime;
		}

		@Override
		public Instant instant() {
			return this.now;
		}

		@Override
		public ZoneId getZone() {
			return ZoneOffset.UTC;
		}

		@Override
		public Clock withZone(ZoneId zone) {
			return this;
		}

	}

}
