package io.github.k2connect.webhook.reception;

import java.util.UUID;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import io.github.k2connect.InvalidK2ConfigurationException;
import io.github.k2connect.autoconfigure.K2AutoConfigurations;
import io.r2dbc.spi.ConnectionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mockito.Mockito;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.metadata.DataSourcePoolMetadataProvider;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DeliveryBound}.
 */
@ExtendWith(OutputCaptureExtension.class)
class DeliveryBoundTests {

	private final WebApplicationContextRunner runner = new WebApplicationContextRunner()
		.withConfiguration(K2AutoConfigurations.with())
		.withPropertyValues("k2.api-key=k3y");

	private final WebApplicationContextRunner withDatabase = this.runner
		.withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class,
				DataSourceTransactionManagerAutoConfiguration.class))
		.withPropertyValues("spring.datasource.url=jdbc:h2:mem:" + UUID.randomUUID(),
				"spring.datasource.hikari.minimum-idle=0");

	@ParameterizedTest
	@CsvSource({ "10, 5", "5, 2", "1, 1" })
	void isHalfOfConnectionPool(int pool, int bound, CapturedOutput output) {
		this.withDatabase.withPropertyValues("spring.datasource.hikari.maximum-pool-size=" + pool)
			.run((context) -> assertThat(context).hasSingleBean(DirectReceiver.class));
		assertThat(output).containsOnlyOnce("At most " + bound + " deliveries are handled at a time "
				+ "(half of the connection pool of " + pool + "); others wait for at most 20000 ms");
	}

	@Test
	void isConfigurable(CapturedOutput output) {
		this.withDatabase.withPropertyValues("k2.webhook.max-concurrent-deliveries=3", "k2.webhook.max-wait=2s")
			.run((context) -> assertThat(context).hasSingleBean(DirectReceiver.class));
		assertThat(output).containsOnlyOnce("At most 3 deliveries are handled at a time "
				+ "(k2.webhook.max-concurrent-deliveries); others wait for at most 2000 ms");
	}

	/**
	 * Beside R2DBC an application defines its pool itself, and Spring Boot has no
	 * metadata of pools.
	 */
	@Test
	void isHalfOfPoolThatApplicationDefinesBesideR2dbc(CapturedOutput output) {
		HikariDataSource pool = new HikariDataSource();
		pool.setJdbcUrl("jdbc:h2:mem:" + UUID.randomUUID());
		this.withDatabase.withBean(ConnectionFactory.class, Mockito::mock)
			.withBean(DataSource.class,
					() -> new LazyConnectionDataSourceProxy(new TransactionAwareDataSourceProxy(pool)))
			.withPropertyValues("k2.store.type=memory")
			.run((context) -> assertThat(context).doesNotHaveBean(DataSourcePoolMetadataProvider.class));
		pool.setMaximumPoolSize(6);
		this.withDatabase.withBean(ConnectionFactory.class, Mockito::mock)
			.withBean(DataSource.class, () -> pool)
			.run((context) -> assertThat(context).hasNotFailed());
		assertThat(output).containsSubsequence("At most 5 deliveries", "connection pool of 10)", "At most 3 deliveries",
				"connection pool of 6)");
	}

	@Test
	void isOneWithUnknownPool(CapturedOutput output) {
		this.withDatabase.withBean(DataSource.class, () -> new DriverManagerDataSource("jdbc:h2:mem:"))
			.run((context) -> assertThat(context).hasNotFailed());
		assertThat(output)
			.containsPattern("WARN .*One delivery is handled at a time .*the size of the connection pool is "
					+ "not known.* Set k2.webhook.max-concurrent-deliveries");
	}

	@Test
	void isUnlimitedWithoutDatabase(CapturedOutput output) {
		this.runner.run((context) -> assertThat(context).hasNotFailed());
		this.runner.withClassLoader(new FilteredClassLoader("org.springframework.boot.jdbc"))
			.run((context) -> assertThat(context).hasNotFailed());
		assertThat(output).contains("Any number of deliveries is handled at a time").doesNotContain("At most");
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "k2.webhook.max-concurrent-deliveries=0", "k2.webhook.max-wait=0s", "k2.webhook.max-wait=-1s" })
	void rejectsBoundBelowOne(String property) {
		this.runner.withPropertyValues(property)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(InvalidK2ConfigurationException.class)
				.hasMessageContaining(property.substring(0, property.indexOf('='))));
	}

}
