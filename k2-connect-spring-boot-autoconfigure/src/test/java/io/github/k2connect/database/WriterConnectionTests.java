package io.github.k2connect.database;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import io.github.k2connect.autoconfigure.Failures;
import io.github.k2connect.autoconfigure.K2AutoConfigurations;
import io.github.k2connect.client.StartedRequestListener;
import io.github.k2connect.client.StartedRequestListener.StartedRequest;
import io.github.k2connect.idempotency.TestRequests;
import org.awaitility.Awaitility;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.jdbc.DataSourceBuilder;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableWebApplicationContext;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.AbstractDataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.jdbc.datasource.lookup.AbstractRoutingDataSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link WriterConnection}.
 */
class WriterConnectionTests {

	private final String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";

	private final JdbcConnectionPool otherPool = JdbcConnectionPool.create(this.url, "sa", "");

	private final WebApplicationContextRunner withoutDataSource = new WebApplicationContextRunner()
		.withConfiguration(K2AutoConfigurations.with(DataSourceAutoConfiguration.class,
				DataSourceTransactionManagerAutoConfiguration.class))
		.withPropertyValues("k2.client-id=id", "k2.client-secret=s3cret", "k2.api-key=k3y", "k2.follow-up.enabled=true",
				"k2.scheduler.polling-interval=1h");

	private final WebApplicationContextRunner runner = this.withoutDataSource.withPropertyValues(
			"spring.datasource.url=" + this.url, "spring.datasource.hikari.maximum-pool-size=4",
			"spring.datasource.hikari.connection-timeout=500");

	/**
	 * H2 writes a stack trace at each new connection once it has seen one that was not
	 * closed.
	 */
	@AfterEach
	void closePool() {
		this.otherPool.dispose();
	}

	/**
	 * Return data sources around the pool.
	 */
	static List<UnaryOperator<DataSource>> proxies() {
		return List.of(UnaryOperator.identity(), TransactionAwareDataSourceProxy::new,
				LazyConnectionDataSourceProxy::new, DelegatingDataSource::new, WriterConnectionTests::routing);
	}

	private static DataSource routing(DataSource pool) {
		AbstractRoutingDataSource routing = new AbstractRoutingDataSource() {

			@Override
			protected Object determineCurrentLookupKey() {
				return "only";
			}

		};
		routing.setTargetDataSources(Map.of("only", pool));
		routing.afterPropertiesSet();
		return routing;
	}

	private static BeanPostProcessor around(UnaryOperator<DataSource> proxy) {
		return new BeanPostProcessor() {

			@Override
			public Object postProcessAfterInitialization(Object bean, String name) {
				return (bean instanceof DataSource pool) ? proxy.apply(pool) : bean;
			}

		};
	}

	/**
	 * Return the database without the pool.
	 */
	private DataSource database() {
		return new DriverManagerDataSource(this.url, "sa", "");
	}

	private static DataSource dataSource(AssertableWebApplicationContext context) {
		return context.getBean(WriterConnection.class).open("").dataSource();
	}

	private static void startRequest(AssertableWebApplicationContext context, DataSource database) {
		long rows = rows(database);
		StartedRequest request = context.getBean(StartedRequestListener.class)
			.begin(TestRequests.request("default", "payments", Map.of()));
		assertThat(rows(database)).isEqualTo(rows + 1);
		request.failed(new IllegalStateException());
		assertThat(rows(database)).isEqualTo(rows);
	}

	private static long rows(DataSource database) {
		return JdbcClient.create(database).sql("SELECT COUNT(*) FROM k2_task").query(Long.class).single();
	}

	@ParameterizedTest
	@MethodSource("proxies")
	void opensConnectionBesidePool(UnaryOperator<DataSource> proxy) {
		this.runner
			.withPropertyValues("spring.datasource.hikari.connection-init-sql=SET @marker = 17",
					"spring.datasource.hikari.auto-commit=false", "spring.datasource.hikari.minimum-idle=0",
					"spring.datasource.hikari.validation-timeout=3000")
			.withBean("proxy", BeanPostProcessor.class, () -> around(proxy))
			.run((context) -> {
				assertThat(context).hasNotFailed();
				HikariDataSource own = (HikariDataSource) dataSource(context);
				assertThat(own.getMaximumPoolSize()).isOne();
				assertThat(own.getMinimumIdle()).isOne();
				assertThat(own.getValidationTimeout()).isEqualTo(1000);
				assertThat(own.getConnectionInitSql()).isEqualTo("SET @marker = 17");
				assertThat(own.isAutoCommit()).isFalse();
				assertThat(own.getPoolName()).endsWith("-k2-writer");
				startRequest(context, database());
				context.close();
				assertThat(own.isClosed()).isTrue();
			});
	}

	@Test
	void usesPasswordThatPoolHasNow() {
		this.runner.run((context) -> {
			HikariDataSource pool = context.getBean(HikariDataSource.class);
			pool.setPassword("rotated");
			HikariDataSource own = (HikariDataSource) dataSource(context);
			assertThat(own.getCredentialsProvider().getCredentials().getPassword()).isEqualTo("rotated");
		});
	}

	@Test
	void storesRequestWhileCallersHoldAllConnections() {
		this.runner.run((context) -> {
			DataSource pool = context.getBean(DataSource.class);
			try (Connection one = pool.getConnection();
					Connection two = pool.getConnection();
					Connection three = pool.getConnection();
					Connection four = pool.getConnection()) {
				startRequest(context, database());
				assertThat(List.of(one, two, three, four)).hasSize(4);
			}
		});
	}

	/**
	 * The data source uses another schema than its pool does, which has a table as well.
	 */
	@Test
	void refusesDataSourceThatSetsSchema() {
		JdbcClient.create(database()).sql("CREATE SCHEMA tenant").update();
		this.runner.run((context) -> assertThat(context).hasNotFailed());
		this.runner.withPropertyValues("spring.datasource.hikari.pool-name=tenants")
			.withBean("proxy", BeanPostProcessor.class, () -> around((pool) -> new TenantDataSource(pool)))
			.run((context) -> {
				assertRefused(context);
				Awaitility.await("the pool beside is closed")
					.untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet()).extracting(Thread::getName)
						.noneMatch((thread) -> thread.startsWith("tenants-k2-writer")));
			});
	}

	@Test
	void refusesDataSourceWhosePlaceIsUnknown() {
		this.runner.withBean("proxy", BeanPostProcessor.class, () -> around((pool) -> new PlacelessDataSource(pool)))
			.run(WriterConnectionTests::assertRefused);
	}

	@Test
	void refusesPoolBesideWhichNoConnectionCanBeOpened() {
		try (HikariDataSource pool = new HikariDataSource()) {
			pool.setDataSource(new OnlyOneConnection(database()));
			pool.setMaximumPoolSize(1);
			this.withoutDataSource.withBean(DataSource.class, () -> this.otherPool)
				.withPropertyValues("k2.store.jdbc.initialize-schema=always")
				.run(WriterConnectionTests::assertRefused);
		}
	}

	@Test
	void refusesOtherPool() {
		for (DataSource other : List.of(this.otherPool, new OpaqueDataSource(this.otherPool), database())) {
			this.withoutDataSource.withBean(DataSource.class, () -> other).run(WriterConnectionTests::assertRefused);
		}
		assertThat(this.otherPool.getActiveConnections()).isZero();
	}

	@Test
	void refusesPoolWithoutHikariOnClassPath() {
		this.withoutDataSource.withBean(DataSource.class, () -> this.otherPool)
			.withClassLoader(new FilteredClassLoader("com.zaxxer.hikari"))
			.run(WriterConnectionTests::assertRefused);
	}

	private static void assertRefused(AssertableWebApplicationContext context) {
		assertThat(context).hasFailed();
		FailureAnalysis analysis = Failures.analyze(context.getStartupFailure());
		assertThat(analysis.getDescription()).startsWith("k2.follow-up.enabled is true, which needs a connection")
			.contains("the pool is not HikariCP, or its connections lead to another place");
		assertThat(analysis.getAction()).contains("@K2DataSource", "@Bean(defaultCandidate = false)");
	}

	@Test
	void needsNoConnectionWithoutFollowUp() {
		this.withoutDataSource.withBean(DataSource.class, () -> this.otherPool)
			.withPropertyValues("k2.follow-up.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed());
	}

	/**
	 * The connection is used by k2-connect alone, and leads around all proxies.
	 */
	@ParameterizedTest
	@MethodSource("refused")
	void usesDataSourceOfApplicationBesideAnyPool(UnaryOperator<DataSource> pool) {
		this.withoutDataSource.withBean(DataSource.class, () -> pool.apply(database()))
			.withUserConfiguration(OwnDataSource.class)
			.withPropertyValues("own.url=" + this.url)
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(dataSource(context)).isSameAs(context.getBean("own"));
				startRequest(context, database());
			});
	}

	static List<UnaryOperator<DataSource>> refused() {
		return List.of(UnaryOperator.identity(), OpaqueDataSource::new, PlacelessDataSource::new);
	}

	@Test
	void usesDataSourceOfApplication() {
		this.runner.withUserConfiguration(OwnDataSource.class)
			.withPropertyValues("own.url=" + this.url)
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(dataSource(context)).isSameAs(context.getBean("own"));
				startRequest(context, context.getBean(HikariDataSource.class));
			});
	}

	@Test
	void refusesDataSourceWithoutTable() {
		this.runner.withUserConfiguration(OwnDataSource.class)
			.withPropertyValues("own.url=jdbc:h2:mem:" + UUID.randomUUID())
			.run((context) -> assertThat(context.getStartupFailure()).rootCause()
				.hasMessageStartingWith("The @K2DataSource has no table k2_task."));
	}

	@Configuration(proxyBeanMethods = false)
	static class OwnDataSource {

		@Bean(defaultCandidate = false)
		@K2DataSource
		DataSource own(Environment environment) {
			return new OpaqueDataSource(
					DataSourceBuilder.create().url(environment.getRequiredProperty("own.url")).username("sa").build());
		}

	}

	/**
	 * A data source of which nothing is known.
	 */
	private static class OpaqueDataSource extends AbstractDataSource {

		private final DataSource pool;

		OpaqueDataSource(DataSource pool) {
			this.pool = pool;
		}

		@Override
		public Connection getConnection() throws SQLException {
			return this.pool.getConnection();
		}

		@Override
		public Connection getConnection(String username, String password) throws SQLException {
			throw new UnsupportedOperationException();
		}

	}

	private static final class TenantDataSource extends DelegatingDataSource {

		TenantDataSource(DataSource pool) {
			super(pool);
		}

		@Override
		public Connection getConnection() throws SQLException {
			Connection connection = super.getConnection();
			connection.setSchema("TENANT");
			return connection;
		}

	}

	/**
	 * A database that has no room for one more connection.
	 */
	private static final class OnlyOneConnection extends DelegatingDataSource {

		private final AtomicBoolean opened = new AtomicBoolean();

		OnlyOneConnection(DataSource database) {
			super(database);
		}

		@Override
		public Connection getConnection() throws SQLException {
			if (this.opened.getAndSet(true)) {
				throw new SQLException("There are too many connections");
			}
			return super.getConnection();
		}

	}

	/**
	 * A data source whose connections do not say where they lead.
	 */
	private static final class PlacelessDataSource extends DelegatingDataSource {

		PlacelessDataSource(DataSource pool) {
			super(pool);
		}

		@Override
		public Connection getConnection() throws SQLException {
			Connection connection = super.getConnection();
			return (Connection) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] { Connection.class },
					(proxy, method, arguments) -> {
						if (method.getName().equals("getCatalog")) {
							throw new SQLFeatureNotSupportedException("There is no catalog");
						}
						try {
							return method.invoke(connection, arguments);
						}
						catch (InvocationTargetException ex) {
							throw ex.getTargetException();
						}
					});
		}

	}

}
