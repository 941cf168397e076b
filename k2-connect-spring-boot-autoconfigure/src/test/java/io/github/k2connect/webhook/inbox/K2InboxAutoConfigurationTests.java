package io.github.k2connect.webhook.inbox;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import javax.sql.DataSource;

import com.github.kagkarlsson.scheduler.PollingStrategyConfig;
import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.boot.autoconfigure.DbSchedulerAutoConfiguration;
import com.github.kagkarlsson.scheduler.boot.config.DbSchedulerCustomizer;
import com.github.kagkarlsson.scheduler.boot.config.DbSchedulerProperties;
import com.github.kagkarlsson.scheduler.serializer.Serializer;
import com.github.kagkarlsson.scheduler.task.Priority;
import com.github.kagkarlsson.scheduler.task.Task;
import io.github.k2connect.autoconfigure.Failures;
import io.github.k2connect.autoconfigure.K2AutoConfigurations;
import io.github.k2connect.delivery.PostgresqlServer;
import io.github.k2connect.webhook.EventReceiver.ReceivedEvent;
import io.github.k2connect.webhook.EventReceiver.Reception;
import io.github.k2connect.webhook.EventReceiver;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableWebApplicationContext;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link K2InboxAutoConfiguration}.
 */
class K2InboxAutoConfigurationTests {

	private static final String SCRIPT = "classpath:io/github/k2connect/scheduling/schema-h2.sql";

	private final WebApplicationContextRunner withoutDbScheduler = new WebApplicationContextRunner()
		.withConfiguration(K2AutoConfigurations.with())
		.withPropertyValues("k2.api-key=k3y", "k2.webhook.mode=inbox");

	private final WebApplicationContextRunner withoutDatabase = this.withoutDbScheduler
		.withConfiguration(AutoConfigurations.of(DbSchedulerAutoConfiguration.class));

	private final WebApplicationContextRunner runner = this.withoutDatabase
		.withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class,
				DataSourceTransactionManagerAutoConfiguration.class))
		.withPropertyValues("spring.datasource.url=jdbc:h2:mem:" + UUID.randomUUID());

	private static FailureAnalysis analysis(AssertableWebApplicationContext context) {
		assertThat(context).hasFailed();
		return Failures.analyze(context.getStartupFailure());
	}

	@Test
	void storesEvents() {
		this.runner.run((context) -> {
			assertThat(context).getBean(EventReceiver.class).isInstanceOf(InboxReceiver.class);
			assertThat(context.getBean("k2Inbox", K2Inbox.class).waiting()).isZero();
			assertThat(context.getBean(K2Inbox.class).parked()).isEmpty();
			assertThat(context).hasSingleBean(InboxTask.class);
		});
	}

	private static Map<String, @Nullable Object> receive(AssertableWebApplicationContext context) {
		byte[] body = "{\"id\":\"1\",\"topic\":\"customer_created\"}".getBytes(StandardCharsets.UTF_8);
		context.getBean(Scheduler.class).pause();
		assertThat(context.getBean(EventReceiver.class)
			.receive(ReceivedEvent.decode(body, "default"), Duration.ZERO, () -> {
			})).isEqualTo(Reception.ACCEPTED);
		return JdbcClient.create(context.getBean(DataSource.class)).sql("SELECT * FROM k2_task").query().singleRow();
	}

	@Test
	void storesEventsWithPriorityIfDbSchedulerUsesIt() {
		this.runner.run((context) -> assertThat(receive(context)).containsEntry("priority", null));
		this.runner
			.withPropertyValues("spring.datasource.url=jdbc:h2:mem:" + UUID.randomUUID(),
					"db-scheduler.priority-enabled=true")
			.run((context) -> assertThat(receive(context)).containsEntry("priority", Priority.MEDIUM));
	}

	@Test
	void storesEventsAsSchedulerOfApplicationDoes() {
		this.runner.withUserConfiguration(OwnScheduler.class)
			.run((context) -> assertThat(receive(context)).extractingByKey("task_data")
				.asInstanceOf(InstanceOfAssertFactories.BYTE_ARRAY)
				.isEqualTo(OwnScheduler.DATA));
	}

	@Test
	void showsEventsThatSchedulerOfApplicationHasStored() {
		this.runner.withUserConfiguration(OwnSchedulerWithTask.class).run((context) -> {
			receive(context);
			assertThat(context.getBean(K2Inbox.class).state().oldestWaiting()).isNotNull();
		});
	}

	@Test
	void isDisabledByDefault() {
		this.runner.withPropertyValues("k2.webhook.mode=direct", "db-scheduler.enabled=false").run((context) -> {
			assertThat(context).getBean("k2DirectReceiver").isInstanceOf(EventReceiver.class);
			assertThat(context).doesNotHaveBean(K2Inbox.class).doesNotHaveBean(InboxTask.class);
		});
	}

	@Test
	void leavesDbSchedulerOfApplicationUnchangedInDirectMode() {
		this.runner.withPropertyValues("k2.webhook.mode=direct")
			.run((context) -> assertThat(context.getBean(DbSchedulerProperties.class))
				.extracting(DbSchedulerProperties::getThreads, DbSchedulerProperties::getPollingInterval,
						DbSchedulerProperties::isDelayStartupUntilContextReady)
				.containsExactly(10, Duration.ofSeconds(10), false));
	}

	@Test
	void configuresDbSchedulerForInbox() {
		this.runner.run((context) -> {
			DbSchedulerProperties properties = context.getBean(DbSchedulerProperties.class);
			assertThat(properties.isDelayStartupUntilContextReady()).isTrue();
			assertThat(properties.isImmediateExecutionEnabled()).isTrue();
			assertThat(properties.getPollingInterval()).isEqualTo(Duration.ofSeconds(1));
			assertThat(properties.getShutdownMaxWait()).isEqualTo(Duration.ofSeconds(20));
			assertThat(properties.getPollingStrategy()).isEqualTo(PollingStrategyConfig.Type.FETCH);
			assertThat(properties.getHeartbeatInterval().multipliedBy(properties.getMissedHeartbeatsLimit() + 2))
				.isLessThan(Duration.ofMinutes(1));
		});
	}

	/**
	 * An execution that is picked and waits for a thread is taken for dead, and runs
	 * twice.
	 */
	@Test
	void picksNoMoreEventsThanThereAreThreadsOnPostgresql() {
		this.runner.withBean(DataSource.class, PostgresqlServer::createDataSource)
			.withPropertyValues("k2.store.jdbc.initialize-schema=always")
			.run((context) -> assertThat(context.getBean(DbSchedulerProperties.class))
				.extracting(DbSchedulerProperties::getPollingStrategy,
						DbSchedulerProperties::getPollingStrategyLowerLimitFractionOfThreads,
						DbSchedulerProperties::getPollingStrategyUpperLimitFractionOfThreads)
				.containsExactly(PollingStrategyConfig.Type.LOCK_AND_FETCH, 0.5, 1.0));
	}

	@ParameterizedTest
	@CsvSource({ "1, 1", "2, 1", "8, 4", "100, 10" })
	void usesHalfOfPoolForThreads(int poolSize, int threads) {
		this.runner.withPropertyValues("spring.datasource.hikari.maximum-pool-size=" + poolSize)
			.run((context) -> assertThat(context.getBean(DbSchedulerProperties.class).getThreads()).isEqualTo(threads));
	}

	@Test
	void keepsValuesOfApplication() {
		this.runner
			.withPropertyValues("k2.scheduler.threads=3", "db-scheduler.pollingInterval=7s",
					"db-scheduler.heartbeat_interval=1m", "db-scheduler.missed-heartbeats-limit=9",
					"db-scheduler.delay-startup-until-context-ready=false",
					"db-scheduler.immediate-execution-enabled=false", "k2.scheduler.shutdown-timeout=3s")
			.run((context) -> {
				DbSchedulerProperties properties = context.getBean(DbSchedulerProperties.class);
				assertThat(properties.getThreads()).isEqualTo(3);
				assertThat(properties.getPollingInterval()).isEqualTo(Duration.ofSeconds(7));
				assertThat(properties.getHeartbeatInterval()).isEqualTo(Duration.ofMinutes(1));
				assertThat(properties.getMissedHeartbeatsLimit()).isEqualTo(9);
				assertThat(properties.isDelayStartupUntilContextReady()).isFalse();
				assertThat(properties.isImmediateExecutionEnabled()).isFalse();
				assertThat(properties.getShutdownMaxWait()).isEqualTo(Duration.ofSeconds(3));
			});
	}

	@Test
	void requiresScriptForTableWithAnotherName() {
		this.runner.withPropertyValues("db-scheduler.table-name=my_tasks").run((context) -> {
			FailureAnalysis analysis = analysis(context);
			assertThat(analysis.getDescription()).contains("my_tasks does not exist");
			assertThat(analysis.getAction()).contains("with a script of your own", SCRIPT);
		});
	}

	@Test
	void namesScriptOfMissingTable() {
		this.runner.withPropertyValues("k2.store.jdbc.initialize-schema=never", "k2.store.type=memory")
			.run((context) -> {
				FailureAnalysis analysis = analysis(context);
				assertThat(analysis.getDescription()).contains("k2_task does not exist");
				assertThat(analysis.getAction()).contains(SCRIPT, "k2.store.jdbc.initialize-schema=always");
			});
	}

	@Test
	void rejectsTableThatIsTooSmallForMessage() {
		this.runner.withPropertyValues("spring.datasource.url=jdbc:h2:mem:" + UUID.randomUUID()
				+ ";INIT=CREATE TABLE IF NOT EXISTS k2_task (task_name VARCHAR(100)\\, task_instance VARCHAR(100)\\,"
				+ " task_data VARBINARY(65535)\\, execution_time TIMESTAMP WITH TIME ZONE\\, picked BOOLEAN\\,"
				+ " picked_by VARCHAR(50)\\, last_success TIMESTAMP WITH TIME ZONE\\, last_failure TIMESTAMP WITH TIME ZONE\\,"
				+ " consecutive_failures INT\\, last_heartbeat TIMESTAMP WITH TIME ZONE\\, version BIGINT\\,"
				+ " priority SMALLINT)")
			.run((context) -> {
				FailureAnalysis analysis = analysis(context);
				assertThat(analysis.getDescription()).contains("task_data", "too small", "k2.webhook.max-body-size");
				assertThat(analysis.getAction()).contains("classpath:io/github/k2connect/scheduling/schema-");
			});
	}

	@Test
	void explainsMissingDbScheduler() {
		this.withoutDbScheduler.withClassLoader(new FilteredClassLoader("com.github.kagkarlsson.scheduler"))
			.run((context) -> {
				FailureAnalysis analysis = analysis(context);
				assertThat(analysis.getDescription()).contains("db-scheduler is not on the class path");
				assertThat(analysis.getAction()).contains("com.github.kagkarlsson:db-scheduler-spring-boot-4-starter",
						"k2.webhook.mode=direct");
			});
	}

	@Test
	void explainsMissingStarterOfDbScheduler() {
		this.withoutDbScheduler
			.withClassLoader(new FilteredClassLoader(DbSchedulerAutoConfiguration.class, DbSchedulerProperties.class))
			.run((context) -> {
				FailureAnalysis analysis = analysis(context);
				assertThat(analysis.getDescription())
					.isEqualTo("k2.webhook.mode is inbox and db-scheduler's starter is not on the class path.");
				assertThat(analysis.getAction())
					.startsWith("Add com.github.kagkarlsson:db-scheduler-spring-boot-4-starter");
			});
	}

	@ParameterizedTest
	@CsvSource({ "DbSchedulerAutoConfiguration, starter is not on the class path",
			"Jackson3Serializer, starter is for an older Spring Boot" })
	void explainsProblemWithStarterOfDbScheduler(String missing, String problem) {
		this.withoutDbScheduler
			.withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class,
					DataSourceTransactionManagerAutoConfiguration.class))
			.withPropertyValues("spring.datasource.url=jdbc:h2:mem:" + UUID.randomUUID())
			.withClassLoader(new FilteredClassLoader("com.github.kagkarlsson.scheduler.boot.autoconfigure." + missing))
			.run((context) -> {
				FailureAnalysis analysis = analysis(context);
				assertThat(analysis.getDescription()).endsWith(problem + ".");
				assertThat(analysis.getAction())
					.startsWith("Add com.github.kagkarlsson:db-scheduler-spring-boot-4-starter");
			});
	}

	@Test
	void explainsMissingDatabaseWithMetrics() {
		this.withoutDatabase.withUserConfiguration(MetricsOfTasks.class)
			.run((context) -> assertThat(analysis(context).getDescription())
				.startsWith("k2.webhook.mode is inbox and there is no DataSource"));
	}

	@Test
	void createsTableInDatabaseOfDbScheduler() {
		this.runner.withUserConfiguration(TwoDatabases.class).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(tables(context.getBean("secondary", DataSource.class))).doesNotContain("SCHEDULED_TASKS");
			assertThat(tables(context.getBean("primary", DataSource.class))).contains("SCHEDULED_TASKS");
		});
	}

	@Test
	void createsTableInDatabaseOfCustomizer() {
		this.runner.withUserConfiguration(TwoDatabases.class, CustomizedDatabase.class).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(tables(context.getBean("primary", DataSource.class))).doesNotContain("SCHEDULED_TASKS");
			assertThat(tables(context.getBean("secondary", DataSource.class))).contains("SCHEDULED_TASKS");
			assertThat(context.getBean(K2Inbox.class).waiting()).isZero();
		});
	}

	@Test
	void doesNotSuggestPresentSettingWhenTableCannotBeCreated() {
		String url = "jdbc:h2:mem:" + UUID.randomUUID();
		this.runner
			.withPropertyValues("k2.store.jdbc.initialize-schema=always", "k2.store.type=auto",
					"spring.datasource.url=" + url + ";INIT=CREATE TABLE IF NOT EXISTS k2_task (a INT)")
			.run((context) -> {
				FailureAnalysis analysis = analysis(context);
				assertThat(analysis.getDescription()).contains("in the application's DataSource");
				assertThat(analysis.getAction()).contains("although k2.store.jdbc.initialize-schema is always", SCRIPT)
					.doesNotContain("or set k2.store.jdbc.initialize-schema=always");
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
			assertThat(analysis.getDescription()).contains("not stored in a database");
			assertThat(analysis.getAction()).contains("Configure a database", "k2.webhook.mode=direct");
		});
	}

	@Test
	void explainsOtherStore() {
		this.runner.withPropertyValues("k2.store.type=memory").run((context) -> {
			FailureAnalysis analysis = analysis(context);
			assertThat(analysis.getDescription()).contains("not stored in a database");
			assertThat(analysis.getAction()).contains("k2.store.type=jdbc");
		});
	}

	@Test
	void explainsDisabledDbScheduler() {
		this.runner.withPropertyValues("db-scheduler.enabled=false").run((context) -> {
			FailureAnalysis analysis = analysis(context);
			assertThat(analysis.getDescription())
				.isEqualTo("k2.webhook.mode is inbox and db-scheduler.enabled is false.");
			assertThat(analysis.getAction()).isEqualTo("Remove db-scheduler.enabled, or set k2.webhook.mode=direct.");
		});
	}

	@ParameterizedTest
	@CsvSource({ "first-delay, 0s", "max-delay, 1ms", "max-attempts, 0", "max-waiting, 0", "warn-after, 0s" })
	void rejectsInvalidValues(String property, String value) {
		this.runner.withPropertyValues("k2.webhook.inbox." + property + "=" + value)
			.run((context) -> assertThat(analysis(context).getDescription()).contains("k2.webhook.inbox." + property));
	}

	/**
	 * Needs all tasks, as db-scheduler's configuration for Actuator does.
	 */
	@Configuration(proxyBeanMethods = false)
	static class MetricsOfTasks {

		MetricsOfTasks(List<Task<?>> tasks) {
			assertThat(tasks).isNotEmpty();
		}

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

	@Configuration(proxyBeanMethods = false)
	static class CustomizedDatabase {

		@Bean
		DbSchedulerCustomizer customizer(@Qualifier("secondary") DataSource dataSource) {
			return new DbSchedulerCustomizer() {

				@Override
				public Optional<DataSource> dataSource() {
					return Optional.of(dataSource);
				}

			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnScheduler {

		static final byte[] DATA = { 17 };

		@Bean
		Scheduler scheduler(DataSource dataSource) {
			Serializer serializer = mock(Serializer.class);
			given(serializer.serialize(any())).willReturn(DATA);
			return Scheduler.create(dataSource).serializer(serializer).build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnSchedulerWithTask {

		@Bean
		Scheduler scheduler(DataSource dataSource, InboxTask task) {
			return Scheduler.create(dataSource, task).serializer(new TextSerializer()).build();
		}

	}

}
