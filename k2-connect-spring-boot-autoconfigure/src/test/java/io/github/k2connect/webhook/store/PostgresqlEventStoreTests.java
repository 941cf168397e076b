package io.github.k2connect.webhook.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import javax.sql.DataSource;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.core.io.ClassPathResource;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The stores beside PostgreSQL.
 */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class PostgresqlEventStoreTests {

	private static final EventIdentity EVENT = new EventIdentity("customer_created", "1", null);

	private static final EmbeddedPostgres server = start();

	private static final DataSource dataSource = server.getPostgresDatabase();

	private final JdbcClient jdbc = JdbcClient.create(dataSource);

	private final PlatformTransactionManager transactionManager = new JdbcTransactionManager(dataSource);

	private final AtomicInteger handled = new AtomicInteger();

	private final List<String> happened = new ArrayList<>();

	private static EmbeddedPostgres start() {
		try {
			return EmbeddedPostgres.start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@AfterAll
	static void stop() throws IOException {
		server.close();
	}

	@BeforeEach
	void createTables() {
		this.jdbc.sql("DROP TABLE IF EXISTS k2_event, effect").update();
		new ResourceDatabasePopulator(new ClassPathResource("schema-postgresql.sql", JdbcEventStore.class))
			.execute(dataSource);
		this.jdbc.sql("CREATE TABLE effect (id VARCHAR(200) PRIMARY KEY)").update();
	}

	/**
	 * What remembers the events.
	 */
	enum Store {

		JDBC {

			@Override
			K2EventStore create(PlatformTransactionManager transactionManager) {
				return jdbcStore(dataSource, transactionManager, Duration.ofSeconds(20));
			}

		},

		MEMORY {

			@Override
			K2EventStore create(PlatformTransactionManager transactionManager) {
				return new InMemoryEventStore(1000, Duration.ofSeconds(20));
			}

		};

		abstract K2EventStore create(PlatformTransactionManager transactionManager);

		K2EventStore transactional(PlatformTransactionManager transactionManager) {
			return new TransactionalEventStore(create(transactionManager), transactionManager);
		}

	}

	private static JdbcEventStore jdbcStore(DataSource dataSource, PlatformTransactionManager transactionManager,
			Duration maxWait) {
		return new JdbcEventStore(dataSource, transactionManager, JdbcEventStore.DEFAULT_TABLE_NAME,
				Duration.ofDays(90), maxWait, Clock.systemUTC());
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
	void whatTheDatabaseRolledBackIsNotHandled(Store kind) {
		K2EventStore store = kind.transactional(this.transactionManager);
		assertThatException().isThrownBy(() -> store.handleOnce(EVENT, this::insertTwiceAndSwallow));
		assertThat(this.happened).containsExactly("swallowed");
		assertThat(count("effect")).isZero();
		assertThat(store.handleOnce(EVENT, () -> insertEffect("1"))).isTrue();
		assertThat(count("effect")).isOne();
	}

	@ParameterizedTest
	@EnumSource
	void whatWasRolledBackByAListenerBeforeTheCommitIsNotHandled(Store kind) {
		K2EventStore store = kind.transactional(this.transactionManager);
		assertThatException()
			.isThrownBy(() -> store.handleOnce(EVENT, () -> beforeCommit(this::insertTwiceAndSwallow)));
		assertThat(this.happened).containsExactly("swallowed");
		assertThat(count("effect")).isZero();
		assertThat(store.handleOnce(EVENT, () -> insertEffect("1"))).isTrue();
	}

	@ParameterizedTest
	@EnumSource
	void anErrorWithinASavepointIsTheListenersOwnAffair(Store kind) {
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
	void whatFailsAfterTheCommitDoesNotHappenAgain(Store kind) {
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
	void everyIdIsRemembered(String id) {
		K2EventStore store = Store.JDBC.transactional(this.transactionManager);
		EventIdentity event = new EventIdentity(id, id, null);
		EventIdentity other = new EventIdentity(id, id + "\ud802", null);
		EventIdentity longer = new EventIdentity(id.repeat(300), id.repeat(300), null);
		for (EventIdentity each : List.of(event, other, longer)) {
			assertThat(store.handleOnce(each, this.handled::incrementAndGet)).isTrue();
			assertThat(store.handleOnce(each, this.handled::incrementAndGet)).isFalse();
		}
		assertThat(this.handled).hasValue(3);
	}

	@Test
	void aDuplicateDoesNotWaitForEver() throws Exception {
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

}
