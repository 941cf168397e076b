package io.github.k2connect.followup;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;

import javax.sql.DataSource;

import com.github.kagkarlsson.scheduler.boot.autoconfigure.DbSchedulerAutoConfiguration;
import com.zaxxer.hikari.HikariDataSource;
import io.github.k2connect.autoconfigure.K2AutoConfigurations;
import io.github.k2connect.client.StartedRequestListener.StartedRequest;
import org.awaitility.Awaitility;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.jdbc.DataSourceBuilder;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.metadata.DataSourcePoolMetadata;
import org.springframework.boot.jdbc.metadata.DataSourcePoolMetadataProvider;
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
 * Tests for {@link FollowUpConnection}.
 */
class FollowUpConnectionTests {

	private final String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";

	private final WebApplicationContextRunner withoutDataSource = new WebApplicationContextRunner()
		.withConfiguration(K2AutoConfigurations.with(DbSchedulerAutoConfiguration.class,
				DataSourceAutoConfiguration.class, DataSourceTransactionManagerAutoConfiguration.class))
		.withPropertyValues("k2.client-id=id", "k2.client-secret=s3cret", "k2.api-key=k3y", "k2.follow-up.enabled=true",
				"db-scheduler.enabled=true", "k2.scheduler.polling-interval=1h");

	private final WebApplicationContextRunner runner = this.withoutDataSource.withPropertyValues(
			"spring.datasource.url=" + this.url, "spring.datasource.hikari.maximum-pool-size=4",
			"spring.datasource.hikari.connection-timeout=500");

	/**
	 * Return data sources around the pool.
	 */
	static List<UnaryOperator<DataSource>> proxies() {
		return List.of(UnaryOperator.identity(), TransactionAwareDataSourceProxy::new,
				LazyConnectionDataSourceProxy::new, DelegatingDataSource::new, FollowUpConnectionTests::routing);
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
		return context.getBean(FollowUpConnection.class).dataSource();
	}

	private static void startRequest(AssertableWebApplicationContext context, DataSource database) {
		long rows = rows(database);
		StartedRequest request = context.getBean(FollowUpRecorder.class).begin("default", "payments", Map.of());
		assertThat(rows(database)).isEqualTo(rows + 1);
		request.failed();
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
				assertThat(own.getPoolName()).endsWith("-k2-follow-up");
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
	void keepsConnectionOfDataSourceThatSetsSchema() {
		JdbcClient jdbc = JdbcClient.create(database());
		jdbc.sql("CREATE SCHEMA tenant").update();
		this.runner.run((context) -> assertThat(context).hasNotFailed());
		this.runner.withPropertyValues("spring.datasource.hikari.pool-name=tenants")
			.withBean("proxy", BeanPostProcessor.class, () -> around((pool) -> new TenantDataSource(pool)))
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(dataSource(context)).isInstanceOf(KeptConnection.class);
				Awaitility.await("the pool beside is closed")
					.untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet()).extracting(Thread::getName)
						.noneMatch((thread) -> thread.startsWith("tenants-k2-follow-up")));
				startRequest(context, context.getBean(DataSource.class));
			});
	}

	@Test
	void keepsConnectionOfOtherPool() {
		JdbcConnectionPool pool = JdbcConnectionPool.create(this.url, "sa", "");
		pool.setMaxConnections(2);
		this.withoutDataSource.withBean(DataSource.class, () -> new OpaqueDataSource(pool)).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(dataSource(context)).isInstanceOf(KeptConnection.class);
			assertThat(pool.getActiveConnections()).isPositive();
			DataSource database = database();
			startRequest(context, database);
			try (Connection other = pool.getConnection()) {
				assertThat(other.isValid(1)).isTrue();
				startRequest(context, database);
			}
			context.close();
			assertThat(pool.getActiveConnections()).isZero();
		});
	}

	@Test
	void replacesKeptConnectionThatIsBroken() throws SQLException {
		List<Connection> taken = new ArrayList<>();
		DataSource pool = new DelegatingDataSource(database()) {

			@Override
			public Connection getConnection() throws SQLException {
				taken.add(super.getConnection());
				return taken.get(taken.size() - 1);
			}

		};
		try (KeptConnection kept = KeptConnection.of(pool)) {
			kept.getConnection().close();
			assertThat(kept.getConnection().isValid(1)).isTrue();
			assertThat(taken).hasSize(1);
			taken.get(0).close();
			assertThat(kept.getConnection().isValid(1)).isTrue();
			assertThat(taken).hasSize(2);
		}
		assertThat(taken.get(1).isClosed()).isTrue();
	}

	@Test
	void refusesPoolThatHasOneConnection() {
		JdbcConnectionPool pool = JdbcConnectionPool.create(this.url, "sa", "");
		this.withoutDataSource.withBean(DataSource.class, () -> new OpaqueDataSource(pool))
			.withBean(DataSourcePoolMetadataProvider.class, () -> (dataSource) -> new SizeOfOne())
			.run((context) -> assertThat(context.getStartupFailure()).rootCause()
				.hasMessageContaining("the connection pool has only one connection"));
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
				.hasMessageStartingWith("The @K2DataSource has no table k2_task of db-scheduler."));
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

	private static final class SizeOfOne implements DataSourcePoolMetadata {

		@Override
		public Float getUsage() {
			return 0F;
		}

		@Override
		public Integer getActive() {
			return 0;
		}

		@Override
		public Integer getMax() {
			return 1;
		}

		@Override
		public Integer getMin() {
			return 0;
		}

		@Override
		public String getValidationQuery() {
			return "";
		}

		@Override
		public Boolean getDefaultAutoCommit() {
			return true;
		}

	}

}
