package io.github.k2connect.webhook.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

import javax.sql.DataSource;

import io.github.k2connect.autoconfigure.Failures;
import io.github.k2connect.autoconfigure.K2AutoConfigurations;
import io.github.k2connect.database.K2Database;
import io.github.k2connect.webhook.reception.EventDispatcher;
import io.r2dbc.spi.ConnectionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mockito.Mockito;

import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.ReactiveTransactionManager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.spy;

/**
 * Tests for {@link K2StoreAutoConfiguration} and {@link K2DatabaseAutoConfiguration}.
 */
@ExtendWith(OutputCaptureExtension.class)
class K2StoreAutoConfigurationTests {

	private static final String NEVER = "k2.store.jdbc.initialize-schema=never";

	private final WebApplicationContextRunner runner = new WebApplicationContextRunner()
		.withConfiguration(K2AutoConfigurations.with())
		.withPropertyValues("k2.api-key=k3y");

	private final WebApplicationContextRunner withDatabase = this.runner
		.withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class,
				DataSourceTransactionManagerAutoConfiguration.class))
		.withPropertyValues("spring.datasource.url=jdbc:h2:mem:" + UUID.randomUUID());

	private static FailureAnalysis analysis(Throwable failure) {
		return Failures.analyze(failure);
	}

	private static boolean hasTable(ApplicationContext context, String name) {
		return JdbcClient.create(context.getBean(DataSource.class))
			.sql("SELECT COUNT(*) FROM information_schema.tables WHERE table_name = ?")
			.param(name)
			.query(Integer.class)
			.single() == 1;
	}

	@Test
	void usesMemoryWithoutDatabase() {
		this.runner
			.run((context) -> assertThat(context).getBean(K2EventStore.class).isInstanceOf(InMemoryEventStore.class));
	}

	@Test
	void usesEmbeddedDatabase() {
		this.withDatabase.run((context) -> {
			assertThat(context).getBean(K2EventStore.class).isInstanceOf(JdbcEventStore.class);
			assertThat(hasTable(context, "K2_EVENT")).isTrue();
			assertThat(context.getBean(K2Database.class).eventTable()).isEqualTo("k2_event");
			assertThat(context.getBean(K2Database.class).taskTable()).isEqualTo("k2_task");
		});
	}

	@Test
	void usesMemoryWithoutSpringJdbc() {
		this.withDatabase.withClassLoader(new FilteredClassLoader(JdbcClient.class))
			.run((context) -> assertThat(context).getBean(K2EventStore.class).isInstanceOf(InMemoryEventStore.class));
	}

	@Test
	void worksWithoutSpringTransactions() {
		this.runner
			.withClassLoader(new FilteredClassLoader("org.springframework.transaction", "org.springframework.jdbc",
					"org.springframework.dao", "org.springframework.boot.jdbc", "org.springframework.boot.sql"))
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(EventDispatcher.class));
	}

	@Test
	void usesMemoryWithTwoDatabasesAndNoPrimaryOne() {
		this.runner.withBean("one", DataSource.class, DriverManagerDataSource::new)
			.withBean("two", DataSource.class, DriverManagerDataSource::new)
			.run((context) -> assertThat(context).getBean(K2EventStore.class).isInstanceOf(InMemoryEventStore.class));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "AUTO", "Jdbc" })
	void readsStoreInAnyNotationAndBlankAsDefault(String store) {
		this.withDatabase.withPropertyValues("k2.store.type=" + store)
			.run((context) -> assertThat(context).getBean(K2EventStore.class).isInstanceOf(JdbcEventStore.class));
	}

	@Test
	void usesConfiguredStore() {
		this.withDatabase.withPropertyValues("k2.store.type=memory").run((context) -> {
			assertThat(context).getBean(K2EventStore.class).isInstanceOf(InMemoryEventStore.class);
			assertThat(hasTable(context, "K2_EVENT")).isFalse();
		});
		this.withDatabase.withPropertyValues("k2.store.type=none").run((context) -> {
			assertThat(context).getBean(K2EventStore.class)
				.isNotInstanceOfAny(InMemoryEventStore.class, JdbcEventStore.class);
			assertThat(hasTable(context, "K2_EVENT")).isFalse();
		});
	}

	@Test
	void usesStoreOfApplication() {
		K2EventStore own = (identity, handling) -> true;
		this.withDatabase.withBean("own", K2EventStore.class, () -> own)
			.run((context) -> assertThat(context).getBean(K2EventStore.class).isSameAs(own));
	}

	@ParameterizedTest
	@ValueSource(strings = { "pay_", "PUBLIC.pay_" })
	void usesTablesWithAnotherPrefix(String prefix) {
		this.withDatabase.withPropertyValues("k2.store.jdbc.table-prefix=" + prefix, "k2.store.type=jdbc")
			.run((context) -> {
				assertThat(context).hasNotFailed().getBean(K2EventStore.class).isInstanceOf(JdbcEventStore.class);
				EventIdentity event = new EventIdentity("default", "customer_created", "1", null);
				K2EventStore store = context.getBean(K2EventStore.class);
				assertThat(store.handleOnce(event, () -> {
				})).isTrue();
				assertThat(JdbcClient.create(context.getBean(DataSource.class))
					.sql("SELECT event_id FROM pay_event")
					.query(String.class)
					.list()).containsExactly("1");
				assertThat(hasTable(context, "PAY_TASK")).isTrue();
				assertThat(hasTable(context, "K2_EVENT")).isFalse();
			});
	}

	@Test
	void usesScriptOfApplication(@TempDir Path directory) throws IOException {
		Files.writeString(directory.resolve("k2-h2.sql"), """
				CREATE TABLE @@table-prefix@@event (event_key CHAR(64) NOT NULL PRIMARY KEY, kind VARCHAR(100),
				event_id VARCHAR(255), reference VARCHAR(110), handled_at BIGINT);""");
		this.withDatabase
			.withPropertyValues("k2.store.jdbc.table-prefix=kopo_kopo_",
					"k2.store.jdbc.schema=" + directory.toUri() + "k2-@@platform@@.sql")
			.run((context) -> {
				assertThat(context).getBean(K2EventStore.class).isInstanceOf(JdbcEventStore.class);
				assertThat(hasTable(context, "KOPO_KOPO_EVENT")).isTrue();
				assertThat(hasTable(context, "KOPO_KOPO_TASK")).isFalse();
			});
	}

	@Test
	void warnsAndUsesMemoryWithoutTable(CapturedOutput output) {
		this.withDatabase.withPropertyValues(NEVER).run((context) -> {
			assertThat(context).getBean(K2EventStore.class).isInstanceOf(InMemoryEventStore.class);
			assertThat(output).containsOnlyOnce("schema-h2.sql")
				.contains("k2_event", "k2.store.jdbc.initialize-schema=always");
		});
	}

	@Test
	void namesR2dbcWhichHidesDatabase(CapturedOutput output) {
		WebApplicationContextRunner beside = this.withDatabase.withBean(ConnectionFactory.class, Mockito::mock);
		String action = "Define a bean of type javax.sql.DataSource";
		beside.withPropertyValues("k2.store.type=memory").run((context) -> assertThat(context).hasNotFailed());
		assertThat(output).doesNotContain("R2DBC");
		beside.run((context) -> {
			assertThat(context).getBean(K2EventStore.class).isInstanceOf(InMemoryEventStore.class);
			assertThat(output).containsOnlyOnce("Handled events are remembered in memory").contains("R2DBC", action);
		});
		for (String property : List.of("k2.store.type=jdbc", "k2.webhook.mode=inbox")) {
			beside.withPropertyValues(property).run((context) -> {
				FailureAnalysis analysis = analysis(Objects.requireNonNull(context.getStartupFailure()));
				assertThat(analysis.getDescription()).contains("DataSource", "R2DBC");
				assertThat(analysis.getAction()).contains(action);
			});
		}
	}

	/**
	 * The reactive transaction manager is that of the application's own R2DBC
	 * transactions, and may be primary.
	 */
	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void usesTransactionsOfDataSourceBesideR2dbc(boolean jdbcTransactionManager, CapturedOutput output) {
		ReactiveTransactionManager reactive = mock();
		this.withDatabase.withBean(ConnectionFactory.class, Mockito::mock)
			.withBean(ReactiveTransactionManager.class, () -> reactive, (definition) -> definition.setPrimary(true))
			.withUserConfiguration(JdbcConfiguration.class)
			.withUserConfiguration(jdbcTransactionManager ? new Class<?>[] { JdbcTransactions.class } : new Class<?>[0])
			.run((context) -> {
				assertThat(context.getBeansOfType(PlatformTransactionManager.class))
					.hasSize(jdbcTransactionManager ? 1 : 0);
				JdbcClient jdbc = JdbcClient.create(context.getBean(DataSource.class));
				jdbc.sql("CREATE TABLE donation (id INT)").update();
				K2EventStore store = context.getBean(K2EventStore.class);
				EventIdentity event = new EventIdentity("default", "customer_created", "1", null);
				Runnable listener = () -> jdbc.sql("INSERT INTO donation VALUES (1)").update();
				assertThatIllegalStateException().isThrownBy(() -> store.handleOnce(event, () -> {
					listener.run();
					throw new IllegalStateException("The next listener failed");
				}));
				assertThat(jdbc.sql("SELECT COUNT(*) FROM donation").query(Long.class).single()).isZero();
				assertThat(store.handleOnce(event, listener)).isTrue();
				assertThat(store.handleOnce(event, listener)).isFalse();
				assertThat(jdbc.sql("SELECT COUNT(*) FROM donation").query(Long.class).single()).isOne();
				assertThat(jdbc.sql("SELECT COUNT(*) FROM k2_event").query(Long.class).single()).isOne();
			});
		then(reactive).shouldHaveNoInteractions();
		assertThat(output).doesNotContain("R2DBC").doesNotContain("must be idempotent");
	}

	@Test
	void requiresThatQueriesReadCommittedRecordsOnly() {
		this.withDatabase
			.withPropertyValues("spring.datasource.hikari.transaction-isolation=TRANSACTION_READ_UNCOMMITTED")
			.run((context) -> {
				FailureAnalysis analysis = analysis(Objects.requireNonNull(context.getStartupFailure()));
				assertThat(analysis.getDescription()).contains("table k2_event is READ UNCOMMITTED");
				assertThat(analysis.getAction())
					.contains("spring.datasource.hikari.transaction-isolation=TRANSACTION_READ_COMMITTED");
			});
		this.withDatabase.withPropertyValues("spring.datasource.hikari.transaction-isolation=TRANSACTION_SERIALIZABLE")
			.run((context) -> assertThat(context).getBean(K2EventStore.class).isInstanceOf(JdbcEventStore.class));
	}

	@Test
	void warnsOfTransactionManagerOfAnotherResource(CapturedOutput output) {
		this.withDatabase.run((context) -> assertThat(context).hasNotFailed());
		assertThat(output).doesNotContain("must be idempotent");
		PlatformTransactionManager broker = mock();
		this.withDatabase.withBean("transactionManager", PlatformTransactionManager.class, () -> broker)
			.run((context) -> assertThat(context).hasNotFailed());
		assertThat(output).containsOnlyOnce("The transactions of " + broker.getClass().getName())
			.contains("the table k2_event", "Listeners must be idempotent");
	}

	@Test
	void startsAlthoughTransactionManagerIsUnavailable() {
		PlatformTransactionManager away = mock();
		given(away.getTransaction(any())).willThrow(new CannotCreateTransactionException("The broker is away"));
		this.withDatabase.withBean("transactionManager", PlatformTransactionManager.class, () -> away)
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void requiresOnlyTableInDatabaseWithoutScript(CapturedOutput output) {
		this.runner.withBean(DataSource.class, () -> new UnknownDatabase("CREATE TABLE t (id INT)"))
			.run((context) -> assertThat(context).hasNotFailed()
				.getBean(K2EventStore.class)
				.isInstanceOf(InMemoryEventStore.class));
		assertThat(output).contains("k2_event");
		this.runner
			.withBean(DataSource.class,
					() -> new UnknownDatabase("CREATE TABLE k2_event (event_key CHAR(64) PRIMARY KEY, "
							+ "kind VARCHAR(100), event_id VARCHAR(255), reference VARCHAR(110), handled_at BIGINT)"))
			.run((context) -> assertThat(context).hasNotFailed()
				.getBean(K2EventStore.class)
				.isInstanceOf(JdbcEventStore.class));
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void failsWithJdbcStoreWithoutTable(boolean lazy) {
		this.withDatabase.withPropertyValues(NEVER, "k2.store.type=jdbc").withInitializer((context) -> {
			if (lazy) {
				context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor());
			}
		}).run((context) -> {
			assertThat(context).hasFailed();
			FailureAnalysis analysis = analysis(Objects.requireNonNull(context.getStartupFailure()));
			assertThat(analysis.getDescription()).contains("k2_event");
			assertThat(analysis.getAction()).contains("io/github/k2connect/database/schema-h2.sql",
					"k2.store.jdbc.initialize-schema=always");
		});
	}

	@Test
	void failsWithJdbcStoreWithoutDatabase() {
		this.runner.withPropertyValues("k2.store.type=jdbc").run((context) -> {
			assertThat(context).hasFailed();
			assertThat(analysis(Objects.requireNonNull(context.getStartupFailure())).getDescription())
				.contains("k2.store.type", "DataSource");
		});
	}

	@Test
	void failsWhenDatabaseIsUnavailable() {
		this.withDatabase
			.withPropertyValues("spring.datasource.url=jdbc:h2:tcp://localhost:1/nowhere", NEVER,
					"spring.datasource.hikari.connection-timeout=250")
			.run((context) -> assertThat(context).hasFailed());
	}

	@ParameterizedTest
	@ValueSource(strings = { "k2.store.retention=0s", "k2.store.memory.max-entries=0",
			"k2.store.jdbc.table-prefix=k2_event; DROP TABLE customers", "k2.store.jdbc.table-prefix=",
			"k2.store.jdbc.table-prefix=shop.", "k2.store.jdbc.table-prefix=a.b.k2_" })
	void rejectsInvalidValue(String property) {
		this.runner.withPropertyValues(property).run((context) -> {
			assertThat(context).hasFailed();
			assertThat(analysis(Objects.requireNonNull(context.getStartupFailure())).getDescription())
				.startsWith(property.substring(0, property.indexOf('=')) + " must ");
		});
	}

	/**
	 * Requests and subscriptions of such an application are stored in the same tables.
	 */
	@Test
	void createsTablesButNoStoreWithoutEndpoint() {
		this.withDatabase.withPropertyValues("k2.webhook.enabled=false").run((context) -> {
			assertThat(context).doesNotHaveBean(K2EventStore.class).hasSingleBean(K2Database.class);
			assertThat(hasTable(context, "K2_EVENT")).isTrue();
			assertThat(hasTable(context, "K2_TASK")).isTrue();
		});
	}

	@Test
	void createsNothingIfDisabled() {
		this.withDatabase.withPropertyValues("k2.enabled=false").run((context) -> {
			assertThat(context).doesNotHaveBean(K2EventStore.class).doesNotHaveBean(K2Database.class);
			assertThat(hasTable(context, "K2_EVENT")).isFalse();
		});
	}

	@Configuration(proxyBeanMethods = false)
	static class JdbcTransactions {

		@Bean
		JdbcTransactionManager transactionManager(DataSource dataSource) {
			return new JdbcTransactionManager(dataSource);
		}

	}

	/**
	 * A database that Spring Boot has no name for.
	 */
	private static final class UnknownDatabase extends DelegatingDataSource {

		private UnknownDatabase(String schema) {
			super(new DriverManagerDataSource("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1"));
			JdbcClient.create(this).sql(schema).update();
		}

		@Override
		public Connection getConnection() throws SQLException {
			Connection connection = spy(super.getConnection());
			DatabaseMetaData metaData = spy(connection.getMetaData());
			given(metaData.getDatabaseProductName()).willReturn("Savannah");
			given(metaData.getURL()).willReturn("jdbc:savannah:mem");
			given(connection.getMetaData()).willReturn(metaData);
			return connection;
		}

	}

}
