package io.github.k2connect.webhook.inbox;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import javax.sql.DataSource;

import io.github.k2connect.autoconfigure.Failures;
import io.github.k2connect.autoconfigure.K2AutoConfigurations;
import io.github.k2connect.delivery.PostgresqlServer;
import io.github.k2connect.event.K2Event;
import io.github.k2connect.scheduling.K2Scheduler;
import io.github.k2connect.scheduling.K2Task;
import io.github.k2connect.webhook.WebhookProperties;
import io.github.k2connect.webhook.reception.EventReceiver;
import io.github.k2connect.webhook.reception.EventReceiver.Reception;
import io.github.k2connect.webhook.reception.ReceivedEvent;
import io.github.k2connect.webhook.store.K2EventStore;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableWebApplicationContext;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.core.env.MapPropertySource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link K2InboxAutoConfiguration}.
 */
class K2InboxAutoConfigurationTests {

	private static final String SCRIPT = "classpath:io/github/k2connect/database/schema-h2.sql";

	private final WebApplicationContextRunner withoutDatabase = new WebApplicationContextRunner()
		.withConfiguration(K2AutoConfigurations.with())
		.withPropertyValues("k2.api-key=k3y", "k2.webhook.mode=inbox");

	private final WebApplicationContextRunner runner = new WebApplicationContextRunner()
		.withConfiguration(K2AutoConfigurations.with(DataSourceAutoConfiguration.class,
				DataSourceTransactionManagerAutoConfiguration.class))
		.withPropertyValues("k2.api-key=k3y", "k2.webhook.mode=inbox",
				"spring.datasource.url=jdbc:h2:mem:" + UUID.randomUUID());

	private static FailureAnalysis analysis(AssertableWebApplicationContext context) {
		assertThat(context).hasFailed();
		return Failures.analyze(context.getStartupFailure());
	}

	private static Reception receive(AssertableWebApplicationContext context) {
		return receive(context, "1");
	}

	private static Reception receive(AssertableWebApplicationContext context, String id) {
		byte[] body = "{\"id\":\"%s\",\"topic\":\"customer_created\"}".formatted(id).getBytes(StandardCharsets.UTF_8);
		return context.getBean(EventReceiver.class)
			.receive(ReceivedEvent.decode(body, "default"), Duration.ZERO, () -> {
			});
	}

	@Test
	void storesEvents() {
		this.runner.run((context) -> {
			assertThat(context).getBean(EventReceiver.class).isInstanceOf(InboxReceiver.class);
			assertThat(context.getBean("k2Inbox", K2Inbox.class).waiting()).isZero();
			assertThat(context.getBean(K2Inbox.class).parked()).isEmpty();
			assertThat(context.getBeansOfType(K2Task.class)).containsValue(context.getBean(InboxTask.class));
			context.getBean(K2Scheduler.class).stop();
			assertThat(receive(context)).isEqualTo(Reception.ACCEPTED);
			assertThat(receive(context)).isEqualTo(Reception.DUPLICATE);
			assertThat(context.getBean(K2Inbox.class).waiting()).isOne();
			assertThat(context.getBean(K2Inbox.class).state().oldestWaiting()).isNotNull();
		});
	}

	/**
	 * The version of a row is 1 until a poll picks it.
	 */
	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void handlesEventsWithoutPollUnlessThatIsSwitchedOff(boolean handOver) {
		DataSource dataSource = PostgresqlServer.createDataSource();
		BlockingQueue<Long> versions = new LinkedBlockingQueue<>();
		new WebApplicationContextRunner()
			.withConfiguration(K2AutoConfigurations.with(DataSourceTransactionManagerAutoConfiguration.class))
			.withBean(DataSource.class, () -> dataSource)
			.withPropertyValues("k2.api-key=k3y", "k2.webhook.mode=inbox", "k2.store.jdbc.initialize-schema=always",
					"k2.webhook.inbox.hand-over=" + handOver)
			.withInitializer((context) -> context
				.addApplicationListener((PayloadApplicationEvent<K2Event> event) -> versions
					.add(JdbcClient.create(dataSource).sql("SELECT version FROM k2_task").query(Long.class).single())))
			.run((context) -> {
				Set<Long> seen = new HashSet<>();
				for (int id = 0; id < 20; id++) {
					receive(context, String.valueOf(id));
					seen.add(Objects.requireNonNull(versions.poll(30, TimeUnit.SECONDS)));
					Awaitility.await()
						.pollInterval(Duration.ofMillis(5))
						.until(() -> context.getBean(K2Inbox.class).waiting() == 0);
				}
				assertThat(seen).contains(handOver ? 1L : 2L);
				if (!handOver) {
					assertThat(seen).containsExactly(2L);
				}
			});
	}

	/**
	 * A properties file keeps the space at the end of a line, and the binder accepts it.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "inbox ", "In-Box", "INBOX" })
	void storesEventsHoweverTheModeIsWritten(String mode) {
		this.runner
			.withInitializer((context) -> context.getEnvironment()
				.getPropertySources()
				.addFirst(new MapPropertySource("file", Map.of("k2.webhook.mode", mode))))
			.run((context) -> {
				assertThat(context.getBean(WebhookProperties.class).mode()).isEqualTo(WebhookProperties.Mode.INBOX);
				assertThat(context).getBean(EventReceiver.class).isInstanceOf(InboxReceiver.class);
			});
	}

	/**
	 * Another instance, or an earlier configuration, may have stored events.
	 */
	@Test
	void handlesStoredEventsInDirectMode() {
		this.runner.withPropertyValues("k2.webhook.mode=direct").run((context) -> {
			assertThat(context).getBean("k2DirectReceiver").isInstanceOf(EventReceiver.class);
			assertThat(context).hasSingleBean(EventReceiver.class).hasSingleBean(InboxTask.class);
			assertThat(context.getBean(K2Scheduler.class).isRunning()).isTrue();
			assertThat(context.getBean(K2Inbox.class).hasTable()).isTrue();
		});
	}

	@Test
	void hasNoTableInDirectModeIfItIsNotCreated() {
		this.runner.withPropertyValues("k2.webhook.mode=direct", "k2.store.jdbc.initialize-schema=never")
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(context.getBean(K2Inbox.class).hasTable()).isFalse();
			});
	}

	@ParameterizedTest
	@ValueSource(strings = { "memory", "none" })
	void isAbsentInDirectModeWithOtherStore(String type) {
		this.runner.withPropertyValues("k2.webhook.mode=direct", "k2.store.type=" + type)
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(K2Inbox.class)
				.doesNotHaveBean(InboxTask.class));
	}

	@Test
	void namesScriptOfMissingTables() {
		this.runner.withPropertyValues("k2.store.jdbc.initialize-schema=never").run((context) -> {
			FailureAnalysis analysis = analysis(context);
			assertThat(analysis.getDescription()).contains("k2.webhook.mode is inbox", "k2_event does not exist");
			assertThat(analysis.getAction()).contains(SCRIPT, "k2.store.jdbc.initialize-schema=always");
		});
	}

	@Test
	void namesTableWithItsPrefix() {
		this.runner.withPropertyValues("k2.store.jdbc.initialize-schema=never", "k2.store.jdbc.table-prefix=pay_")
			.run((context) -> assertThat(analysis(context).getDescription()).contains("pay_event does not exist"));
	}

	@Test
	void doesNotSuggestPresentSettingWhenTableCannotBeCreated() {
		String url = "jdbc:h2:mem:" + UUID.randomUUID();
		this.runner
			.withPropertyValues("k2.store.jdbc.initialize-schema=always", "k2.store.type=auto",
					"spring.datasource.url=" + url + ";INIT=CREATE TABLE IF NOT EXISTS k2_task (a INT)")
			.run((context) -> {
				FailureAnalysis analysis = analysis(context);
				assertThat(analysis.getDescription()).contains("k2_task", "in the application's DataSource");
				assertThat(analysis.getAction()).contains("although k2.store.jdbc.initialize-schema is always", SCRIPT)
					.doesNotContain("or set k2.store.jdbc.initialize-schema=always");
			});
	}

	@Test
	void createsTablesInPrimaryDatabase() {
		this.runner.withUserConfiguration(TwoDatabases.class).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(tables(context.getBean("secondary", DataSource.class))).doesNotContain("K2_TASK", "K2_EVENT");
			assertThat(tables(context.getBean("primary", DataSource.class))).contains("K2_TASK", "K2_EVENT");
			assertThat(context.getBean(K2Inbox.class).waiting()).isZero();
		});
	}

	private static List<@Nullable String> tables(DataSource dataSource) {
		return JdbcClient.create(dataSource)
			.sql("SELECT table_name FROM information_schema.tables")
			.query(String.class)
			.list();
	}

	@Test
	void explainsMissingDatabase() {
		this.withoutDatabase.run((context) -> {
			FailureAnalysis analysis = analysis(context);
			assertThat(analysis.getDescription()).contains("k2.webhook.mode is inbox", "not stored in a database");
			assertThat(analysis.getAction()).contains("Configure a database", "k2.webhook.mode=direct");
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "memory", "none" })
	void explainsOtherStore(String type) {
		this.runner.withPropertyValues("k2.store.type=" + type).run((context) -> {
			FailureAnalysis analysis = analysis(context);
			assertThat(analysis.getDescription()).contains("not stored in a database");
			assertThat(analysis.getAction()).contains("do not set k2.store.type to memory or none");
		});
	}

	@Test
	void explainsStoreOfApplication() {
		this.runner.withBean(K2EventStore.class, K2EventStore::none).run((context) -> {
			FailureAnalysis analysis = analysis(context);
			assertThat(analysis.getDescription())
				.isEqualTo("k2.webhook.mode is inbox and the application has a K2EventStore of its own.");
			assertThat(analysis.getAction()).isEqualTo("Remove that bean, or set k2.webhook.mode=direct.");
		});
	}

	@ParameterizedTest
	@CsvSource({ "first-delay, 0s", "max-delay, 1ms", "max-attempts, 0", "max-waiting, 0", "warn-after, 0s" })
	void rejectsInvalidValues(String property, String value) {
		this.runner.withPropertyValues("k2.webhook.inbox." + property + "=" + value)
			.run((context) -> assertThat(analysis(context).getDescription()).contains("k2.webhook.inbox." + property));
	}

	@Configuration(proxyBeanMethods = false)
	static class TwoDatabases {

		@Bean
		DataSource secondary() {
			return dataSource();
		}

		@Bean
		@Primary
		DataSource primary() {
			return dataSource();
		}

		private static DataSource dataSource() {
			return new DriverManagerDataSource("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
		}

	}

}
