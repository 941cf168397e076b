package io.github.k2connect.webhook.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import io.github.k2connect.TestTables;
import io.github.k2connect.delivery.PostgresqlServer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.IsolationLevelDataSourceAdapter;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.UnexpectedRollbackException;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.BDDMockito.willAnswer;
import static org.mockito.Mockito.spy;

/**
 * Tests for the event stores on PostgreSQL.
 */
class PostgresqlEventStoreTests {

	private static final EventIdentity EVENT = new EventIdentity("default", "customer_created", "1", null);

	private static final DataSource dataSource = PostgresqlServer.createDataSource();

	private final JdbcClient jdbc = JdbcClient.create(dataSource);

	private final PlatformTransactionManager transactionManager = new JdbcTransactionManager(dataSource);

	private final AtomicInteger handled = new AtomicInteger();

	private final List<String> happened = new ArrayList<>();

	@BeforeEach
	void createTables() {
		this.jdbc.sql("DROP TABLE IF EXISTS k2_event, effect").update();
		TestTables.create(dataSource);
		this.jdbc.sql("CREATE TABLE effect (id VARCHAR(200) PRIMARY KEY)").update();
	}

	/**
	 * The event store.
	 */
	enum Store {

		JDBC {

			@Override
			K2EventStore create(DataSource dataSource, PlatformTransactionManager transactionManager) {
				return jdbcStore(dataSource, transactionManager, Duration.ofSeconds(20));
			}

		},

		MEMORY {

			@Override
			K2EventStore create(DataSource dataSource, PlatformTransactionManager transactionManager) {
				return new InMemoryEventStore(1000, Duration.ofSeconds(20));
			}

		};

		abstract K2EventStore create(DataSource dataSource, PlatformTransactionManager transactionManager);

		K2EventStore transactional(DataSource dataSource, PlatformTransactionManager transactionManager) {
			return new TransactionalEventStore(create(dataSource, transactionManager), transactionManager);
		}

		K2EventStore transactional(PlatformTransactionManager transactionManager) {
			return transactional(PostgresqlEventStoreTests.dataSource, transactionManager);
		}

	}

	private static JdbcEventStore jdbcStore(DataSource dataSource, PlatformTransactionManager transactionManager,
			Duration maxWait) {
		return new JdbcEventStore(dataSource, transactionManager, "k2_event", Duration.ofDays(90), maxWait,
				Clock.systemUTC());
	}

	private void insertEffect(String id) {
		this.jdbc.sql("INSERT INTO effect VALUES (?)").param(id).update();
	}

	private void insertTwiceAndSwallow() {
		onCommit(() -> this.happened.add("after commit"));
		insertEffect("1");
		try {
			insertEffect("1");
		}
		catch (DuplicateKeyException ex) {
			this.happened.add("swallowed");
		}
	}

	/**
	 * PostgreSQL reads committed records with this isolation too.
	 */
	@Test
	void acceptsReadUncommitted() {
		IsolationLevelDataSourceAdapter pool = new IsolationLevelDataSourceAdapter();
		pool.setTargetDataSource(dataSource);
		pool.setIsolationLevel(TransactionDefinition.ISOLATION_READ_UNCOMMITTED);
		assertThat(jdbcStore(pool, new JdbcTransactionManager(pool), Duration.ofSeconds(20)).handleOnce(EVENT, () -> {
		})).isTrue();
	}

	private static void beforeCommit(Runnable callback) {
		TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {

			@Override
			public void beforeCommit(boolean readOnly) {
				callback.run();
			}

		});
	}

	private static void onCommit(Runnable callback) {
		TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {

			@Override
			public void afterCommit() {
				callback.run();
			}

		});
	}

	private long count(String table) {
		return this.jdbc.sql("SELECT COUNT(*) FROM " + table).query(Long.class).single();
	}

	@ParameterizedTest
	@EnumSource
	void doesNotHandleEventThatDatabaseRolledBack(Store kind) {
		K2EventStore store = kind.transactional(this.transactionManager);
		assertThatException().isThrownBy(() -> store.handleOnce(EVENT, this::insertTwiceAndSwallow));
		assertThat(this.happened).containsExactly("swallowed");
		assertThat(count("effect")).isZero();
		assertThat(store.handleOnce(EVENT, () -> insertEffect("1"))).isTrue();
		assertThat(count("effect")).isOne();
	}

	@ParameterizedTest
	@EnumSource
	void doesNotHandleEventThatListenerRolledBackBeforeCommit(Store kind) {
		K2EventStore store = kind.transactional(this.transactionManager);
		assertThatException()
			.isThrownBy(() -> store.handleOnce(EVENT, () -> beforeCommit(this::insertTwiceAndSwallow)));
		assertThat(this.happened).containsExactly("swallowed");
		assertThat(count("effect")).isZero();
		assertThat(store.handleOnce(EVENT, () -> insertEffect("1"))).isTrue();
	}

	@ParameterizedTest
	@EnumSource
	void keepsEventWhenListenerRecoversInSavepoint(Store kind) {
		K2EventStore store = kind.transactional(this.transactionManager);
		TransactionTemplate nested = new TransactionTemplate(this.transactionManager);
		nested.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
		assertThat(store.handleOnce(EVENT, () -> {
			insertEffect("1");
			assertThatExceptionOfType(DuplicateKeyException.class)
				.isThrownBy(() -> nested.executeWithoutResult((status) -> insertEffect("1")));
		})).isTrue();
		assertThat(store.handleOnce(EVENT, () -> insertEffect("2"))).isFalse();
		assertThat(count("effect")).isOne();
	}

	@ParameterizedTest
	@EnumSource
	void doesNotRepeatEventThatFailsAfterCommit(Store kind) {
		K2EventStore store = kind.transactional(this.transactionManager);
		Runnable listener = () -> {
			this.handled.incrementAndGet();
			onCommit(() -> {
				throw new IllegalStateException("after the commit");
			});
		};
		assertThat(store.handleOnce(EVENT, listener)).isTrue();
		assertThat(store.handleOnce(EVENT, listener)).isFalse();
		assertThat(this.handled).hasValue(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "a\u0000b", "\u0000", "\ud800", "\ud801", "e\u0301", "\ud83d\ude00" })
	void storesEveryId(String id) {
		K2EventStore store = Store.JDBC.transactional(this.transactionManager);
		EventIdentity event = new EventIdentity("default", id, id, null);
		EventIdentity other = new EventIdentity("default", id, id + "\ud802", null);
		EventIdentity longer = new EventIdentity("default", id.repeat(300), id.repeat(300), null);
		for (EventIdentity each : List.of(event, other, longer)) {
			assertThat(store.handleOnce(each, this.handled::incrementAndGet)).isTrue();
			assertThat(store.handleOnce(each, this.handled::incrementAndGet)).isFalse();
		}
		assertThat(this.handled).hasValue(3);
	}

	@Test
	void insertsEventWithoutLookUp() {
		DataSource recording = new DelegatingDataSource(dataSource) {

			@Override
			public Connection getConnection() throws SQLException {
				Connection connection = spy(super.getConnection());
				willAnswer((call) -> {
					PostgresqlEventStoreTests.this.happened.add(call.getArgument(0));
					return call.callRealMethod();
				}).given(connection).prepareStatement(anyString());
				return connection;
			}

		};
		K2EventStore store = Store.JDBC.transactional(recording, new JdbcTransactionManager(recording));
		assertThat(store.handleOnce(event(2), this.handled::incrementAndGet)).isTrue();
		this.happened.clear();
		assertThat(store.handleOnce(EVENT, () -> this.happened.add("handled"))).isTrue();
		assertThat(store.handleOnce(EVENT, () -> this.happened.add("handled again"))).isFalse();
		assertThat(this.happened).extracting((statement) -> statement.split(" ", 2)[0])
			.containsExactly("INSERT", "handled", "SELECT", "INSERT");
	}

	@Test
	void duplicateLeavesTransactionOfCallerUnchanged() {
		K2EventStore store = Store.JDBC.transactional(this.transactionManager);
		assertThat(store.handleOnce(EVENT, this.handled::incrementAndGet)).isTrue();
		new TransactionTemplate(this.transactionManager).executeWithoutResult((status) -> {
			insertEffect("1");
			assertThat(store.handleOnce(EVENT, this.handled::incrementAndGet)).isFalse();
			insertEffect("2");
		});
		assertThat(this.handled).hasValue(1);
		assertThat(count("effect")).isEqualTo(2);
	}

	@Test
	void duplicateDoesNotWaitForever() throws Exception {
		CompletableFuture<Void> started = new CompletableFuture<>();
		CompletableFuture<Void> told = new CompletableFuture<>();
		CompletableFuture<Boolean> first = CompletableFuture
			.supplyAsync(() -> Store.JDBC.transactional(this.transactionManager).handleOnce(EVENT, () -> {
				started.complete(null);
				told.join();
			}));
		started.get(30, TimeUnit.SECONDS);
		K2EventStore impatient = jdbcStore(dataSource, this.transactionManager, Duration.ofSeconds(1));
		assertThatExceptionOfType(EventInProgressException.class)
			.isThrownBy(() -> impatient.handleOnce(EVENT, this.handled::incrementAndGet));
		assertThat(first).isNotDone();
		told.complete(null);
		assertThat(first.get(30, TimeUnit.SECONDS)).isTrue();
		assertThat(impatient.handleOnce(EVENT, this.handled::incrementAndGet)).isFalse();
		assertThat(this.handled).hasValue(0);
	}

	@ParameterizedTest
	@MethodSource("isolationsAndStores")
	void handlesManyEventsAtOnceAtEveryIsolation(String isolation, Store kind) {
		try (HikariDataSource pool = pool(isolation)) {
			PlatformTransactionManager transactions = new JdbcTransactionManager(pool);
			JdbcClient client = JdbcClient.create(pool);
			K2EventStore store = kind.transactional(pool, transactions);
			List<Boolean> outcomes = atOnce(200, (number) -> store.handleOnce(event(number), () -> {
				client.sql("SELECT COUNT(*) FROM effect").query(Long.class).single();
				client.sql("INSERT INTO effect VALUES (?)").param(String.valueOf(number)).update();
			}));
			assertThat(outcomes).hasSize(200).containsOnly(true);
			assertThat(count("effect")).isEqualTo(200);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "TRANSACTION_READ_COMMITTED", "TRANSACTION_REPEATABLE_READ", "TRANSACTION_SERIALIZABLE" })
	void handlesSimultaneousDuplicatesAtTwoInstancesOnceAtEveryIsolation(String isolation) {
		try (HikariDataSource pool = pool(isolation)) {
			PlatformTransactionManager transactions = new JdbcTransactionManager(pool);
			JdbcClient client = JdbcClient.create(pool);
			List<K2EventStore> instances = List.of(Store.JDBC.transactional(pool, transactions),
					Store.JDBC.transactional(pool, transactions));
			List<Boolean> outcomes = atOnce(200,
					(number) -> instances.get(number % 2)
						.handleOnce(event(number / 10),
								() -> client.sql("INSERT INTO effect VALUES (?)")
									.param(number + " of " + number / 10)
									.update()));
			assertThat(outcomes.stream().filter(Boolean::booleanValue)).hasSize(20);
			assertThat(count("effect")).isEqualTo(20);
			assertThat(count("k2_event")).isEqualTo(20);
		}
	}

	@ParameterizedTest
	@EnumSource
	void repeatsListenersAfterDeadlockWithoutTheirFirstEffects(Store kind) {
		insertEffect("a");
		insertEffect("b");
		CyclicBarrier bothHaveOne = new CyclicBarrier(2);
		CountDownLatch otherIsHandled = new CountDownLatch(1);
		K2EventStore store = kind.transactional(this.transactionManager);
		List<Boolean> outcomes = atOnce(2, (number) -> {
			boolean outcome = store.handleOnce(event(number), () -> {
				boolean repeated = this.handled.incrementAndGet() > 2;
				if (repeated) {
					await(otherIsHandled);
				}
				insertEffect("of " + number);
				update((number == 0) ? "a" : "b");
				if (!repeated) {
					await(bothHaveOne);
				}
				update((number == 0) ? "b" : "a");
			});
			otherIsHandled.countDown();
			return outcome;
		});
		assertThat(outcomes).containsExactly(true, true);
		assertThat(this.handled).hasValue(3);
		assertThat(count("effect")).isEqualTo(4);
	}

	@Test
	void handlesNothingWhenDatabaseIsReadOnly() {
		try (HikariDataSource pool = pool("TRANSACTION_READ_COMMITTED")) {
			pool.setConnectionInitSql("SET default_transaction_read_only = on");
			K2EventStore store = Store.JDBC.transactional(pool, new JdbcTransactionManager(pool));
			assertThatExceptionOfType(DataAccessException.class)
				.isThrownBy(() -> store.handleOnce(EVENT, this.handled::incrementAndGet));
		}
		assertThat(this.handled).hasValue(0);
	}

	@ParameterizedTest
	@EnumSource
	void doesNotHandleEventWhenConnectionDiesDuringListener(Store kind) {
		K2EventStore store = kind.transactional(this.transactionManager);
		assertThatException().isThrownBy(() -> store.handleOnce(EVENT, () -> {
			insertEffect("1");
			int backend = this.jdbc.sql("SELECT pg_backend_pid()").query(Integer.class).single();
			CompletableFuture
				.runAsync(
						() -> this.jdbc.sql("SELECT pg_terminate_backend(?, 5000)").param(backend).query().listOfRows())
				.join();
		}));
		assertThat(count("effect")).isZero();
		assertThat(store.handleOnce(EVENT, () -> insertEffect("1"))).isTrue();
	}

	@Test
	void doesNotRepeatEventWhenConnectionDiesAfterCommit() {
		DataSource dying = new DelegatingDataSource(dataSource) {

			@Override
			public Connection getConnection() throws SQLException {
				Connection connection = spy(super.getConnection());
				willAnswer((call) -> {
					call.callRealMethod();
					if (PostgresqlEventStoreTests.this.handled.get() > 0) {
						throw new SQLException("The connection died", "08006");
					}
					return null;
				}).given(connection).commit();
				return connection;
			}

		};
		K2EventStore store = Store.JDBC.transactional(dying, new JdbcTransactionManager(dying));
		assertThatException().isThrownBy(() -> store.handleOnce(EVENT, this.handled::incrementAndGet));
		assertThat(Store.JDBC.transactional(this.transactionManager).handleOnce(EVENT, this.handled::incrementAndGet))
			.isFalse();
		assertThat(this.handled).hasValue(1);
	}

	@ParameterizedTest
	@EnumSource
	void doesNotHandleEventThatListenerMarksForRollback(Store kind) {
		K2EventStore store = kind.transactional(this.transactionManager);
		TransactionTemplate joined = new TransactionTemplate(this.transactionManager);
		assertThatExceptionOfType(UnexpectedRollbackException.class)
			.isThrownBy(() -> store.handleOnce(EVENT, () -> joined.executeWithoutResult((status) -> {
				insertEffect("1");
				status.setRollbackOnly();
			})));
		assertThat(count("effect")).isZero();
		assertThat(store.handleOnce(EVENT, () -> insertEffect("1"))).isTrue();
	}

	@ParameterizedTest
	@EnumSource
	void keepsEventWhenListenerRecoversFromOwnTransaction(Store kind) {
		K2EventStore store = kind.transactional(this.transactionManager);
		TransactionTemplate own = new TransactionTemplate(this.transactionManager);
		own.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
		assertThat(store.handleOnce(EVENT, () -> {
			insertEffect("1");
			own.executeWithoutResult((status) -> insertEffect("2"));
			assertThatExceptionOfType(DuplicateKeyException.class)
				.isThrownBy(() -> own.executeWithoutResult((status) -> insertEffect("2")));
		})).isTrue();
		assertThat(count("effect")).isEqualTo(2);
		assertThat(store.handleOnce(EVENT, this.handled::incrementAndGet)).isFalse();
	}

	private static EventIdentity event(int number) {
		return new EventIdentity("default", "customer_created", String.valueOf(number), null);
	}

	private void update(String effect) {
		this.jdbc.sql("UPDATE effect SET id = id WHERE id = ?").param(effect).update();
	}

	private static void await(CountDownLatch latch) {
		try {
			assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void await(CyclicBarrier barrier) {
		try {
			barrier.await(30, TimeUnit.SECONDS);
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static HikariDataSource pool(String isolation) {
		HikariDataSource pool = new HikariDataSource();
		pool.setDataSource(dataSource);
		pool.setTransactionIsolation(isolation);
		return pool;
	}

	private static List<Boolean> atOnce(int count, IntFunction<Boolean> delivery) {
		ExecutorService threads = Executors.newFixedThreadPool(Math.min(count, 30));
		try {
			List<CompletableFuture<Boolean>> deliveries = IntStream.range(0, count)
				.mapToObj((number) -> CompletableFuture.supplyAsync(() -> delivery.apply(number), threads))
				.toList();
			return deliveries.stream().map(CompletableFuture::join).toList();
		}
		finally {
			threads.shutdownNow();
		}
	}

	static Stream<Arguments> isolationsAndStores() {
		return Stream.of("TRANSACTION_READ_COMMITTED", "TRANSACTION_REPEATABLE_READ", "TRANSACTION_SERIALIZABLE")
			.flatMap((isolation) -> Stream.of(Store.values()).map((store) -> Arguments.of(isolation, store)));
	}

	/**
	 * Its own transaction rolls back silently, like that of a listener that caught an
	 * exception.
	 */
	@ParameterizedTest
	@EnumSource
	void rollsBackAfterUnexpectedRollbackBeforeCommit(Store store) {
		K2EventStore events = store.transactional(this.transactionManager);
		assertThatException().isThrownBy(() -> events.handleOnce(EVENT, () -> {
			this.jdbc.sql("INSERT INTO effect VALUES ('1')").update();
			TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {

				@Override
				public void beforeCommit(boolean readOnly) {
					rollBackUnexpectedly();
				}

			});
		})).matches((ex) -> NestedExceptionUtils.getMostSpecificCause(ex) instanceof UnexpectedRollbackException);
		assertThat(count("effect")).isZero();
		assertThat(count("k2_event")).isZero();
		assertThat(events.handleOnce(EVENT, () -> this.jdbc.sql("INSERT INTO effect VALUES ('1')").update())).isTrue();
		assertThat(count("effect")).isOne();
	}

	private void rollBackUnexpectedly() {
		TransactionTemplate outer = new TransactionTemplate(this.transactionManager);
		outer.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
		outer.executeWithoutResult((outerStatus) -> new TransactionTemplate(this.transactionManager)
			.executeWithoutResult(TransactionStatus::setRollbackOnly));
	}

}
