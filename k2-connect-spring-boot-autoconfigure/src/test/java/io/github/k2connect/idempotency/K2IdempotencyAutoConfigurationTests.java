package io.github.k2connect.idempotency;

import java.net.URI;
import java.util.UUID;
import java.util.function.Consumer;

import javax.sql.DataSource;

import io.github.k2connect.InvalidK2RequestException;
import io.github.k2connect.K2ConnectionException;
import io.github.k2connect.K2IdempotencyKeys;
import io.github.k2connect.Violation;
import io.github.k2connect.account.K2Accounts;
import io.github.k2connect.autoconfigure.K2AutoConfigurations;
import io.github.k2connect.database.K2DataSource;
import io.github.k2connect.reversal.ReversalRequest;
import io.github.k2connect.reversal.ReversalService;
import org.awaitility.Awaitility;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.DataSourceBuilder;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link K2IdempotencyAutoConfiguration}. There is no Kopo Kopo: a request that
 * is sent is refused.
 */
class K2IdempotencyAutoConfigurationTests {

	private static final ReversalRequest REQUEST = ReversalRequest.builder()
		.transactionReference("SK1")
		.reason("Sent twice")
		.callbackUrl(URI.create("https://duka.example/k2/webhooks"))
		.idempotencyKey("reversal-1")
		.build();

	private final String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";

	private final JdbcConnectionPool otherPool = JdbcConnectionPool.create(this.url, "sa", "");

	private final ApplicationContextRunner withoutDatabase = new ApplicationContextRunner()
		.withConfiguration(K2AutoConfigurations.with())
		.withPropertyValues("k2.client-id=id", "k2.client-secret=s3cret", "k2.base-url=http://localhost:1",
				"k2.accounts.mombasa.client-id=id", "k2.accounts.mombasa.client-secret=s3cret");

	private final ApplicationContextRunner withoutDataSource = this.withoutDatabase
		.withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class,
				DataSourceTransactionManagerAutoConfiguration.class))
		.withPropertyValues("k2.store.jdbc.initialize-schema=always");

	private final ApplicationContextRunner runner = this.withoutDataSource
		.withPropertyValues("spring.datasource.url=" + this.url);

	/**
	 * H2 writes a stack trace at each new connection once it has seen one that was not
	 * closed.
	 */
	@AfterEach
	void closePool() {
		this.otherPool.dispose();
	}

	private static void send(ApplicationContext context) {
		context.getBean(ReversalService.class).initiateReversal(REQUEST);
	}

	private static void assertRejected(ApplicationContext context, String... texts) {
		assertThatExceptionOfType(InvalidK2RequestException.class).isThrownBy(() -> send(context))
			.satisfies(
					(ex) -> assertThat(ex.violations()).singleElement().satisfies((Consumer<Violation>) (violation) -> {
						assertThat(violation.property()).isEqualTo("idempotencyKey");
						assertThat(violation.message()).startsWith("idempotencyKey ").contains(texts);
					}));
	}

	private static long rows(DataSource database) {
		return JdbcClient.create(database).sql("SELECT COUNT(*) FROM k2_request").query(Long.class).single();
	}

	private static void assertSent(ApplicationContext context) {
		assertThatExceptionOfType(K2ConnectionException.class).isThrownBy(() -> send(context));
		assertThat(rows(context.getBean(DataSource.class))).isZero();
	}

	@Test
	void opensConnectionBesidePoolWithFirstKey() {
		this.runner.withPropertyValues("spring.datasource.hikari.pool-name=keys").run((context) -> {
			assertThat(context).hasNotFailed().hasBean("k2IdempotencyKeys");
			assertThat(hasConnectionBesidePool()).isFalse();
			assertSent(context);
			assertThat(hasConnectionBesidePool()).isTrue();
		});
		Awaitility.await("the connection is closed").until(() -> !hasConnectionBesidePool());
	}

	private static boolean hasConnectionBesidePool() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.anyMatch((thread) -> thread.getName().startsWith("keys-k2-writer"));
	}

	@Test
	void keepsKeysOfNamedAccounts() {
		this.runner.run((context) -> {
			K2Accounts accounts = context.getBean(K2Accounts.class);
			assertThatExceptionOfType(K2ConnectionException.class)
				.isThrownBy(() -> accounts.get("mombasa").reversals().initiateReversal(REQUEST));
			assertThat(context.getBean(K2IdempotencyKeys.class).find("mombasa", "reversal-1")).isEmpty();
		});
	}

	@Test
	void backsOff() {
		K2IdempotencyKeys own = mock();
		this.runner.withBean("own", K2IdempotencyKeys.class, () -> own)
			.run((context) -> assertThat(context).getBean(K2IdempotencyKeys.class).isSameAs(own));
	}

	@Test
	void rejectsKeyWithoutDatabase() {
		this.withoutDatabase.run((context) -> {
			assertThat(context).hasNotFailed().doesNotHaveBean(K2IdempotencyKeys.class);
			assertRejected(context, "spring-boot-starter-jdbc");
		});
	}

	@Test
	void rejectsKeyWithoutJdbcStore() {
		this.runner.withPropertyValues("k2.store.type=memory")
			.run((context) -> assertRejected(context, "do not set k2.store.type to memory or none"));
	}

	@Test
	void rejectsKeyBesideOtherPool() {
		this.withoutDataSource.withBean(DataSource.class, () -> this.otherPool)
			.run((context) -> assertRejected(context, "idempotencyKey is set, which needs a connection of its own",
					"the pool is not HikariCP", "@K2DataSource"));
	}

	@Test
	void rejectsKeyWithoutTable() {
		this.runner.withPropertyValues("k2.store.jdbc.initialize-schema=never")
			.run((context) -> assertRejected(context, "the table k2_request does not exist",
					"k2.store.jdbc.initialize-schema=always"));
	}

	@Test
	void usesDataSourceOfApplicationBesideOtherPool() {
		this.withoutDataSource.withBean(DataSource.class, () -> this.otherPool)
			.withUserConfiguration(OwnDataSource.class)
			.withPropertyValues("own.url=" + this.url)
			.run(K2IdempotencyAutoConfigurationTests::assertSent);
	}

	@Configuration(proxyBeanMethods = false)
	static class OwnDataSource {

		@Bean(defaultCandidate = false)
		@K2DataSource
		DataSource own(Environment environment) {
			return DataSourceBuilder.create().url(environment.getRequiredProperty("own.url")).username("sa").build();
		}

	}

}
