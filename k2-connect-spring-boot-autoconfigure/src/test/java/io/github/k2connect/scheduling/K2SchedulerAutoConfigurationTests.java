package io.github.k2connect.scheduling;

import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

import javax.sql.DataSource;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.boot.autoconfigure.DbSchedulerAutoConfiguration;
import com.github.kagkarlsson.scheduler.boot.config.DbSchedulerCustomizer;
import com.github.kagkarlsson.scheduler.boot.config.DbSchedulerProperties;
import com.github.kagkarlsson.scheduler.event.ExecutionInterceptor;
import com.github.kagkarlsson.scheduler.event.SchedulerListener;
import com.github.kagkarlsson.scheduler.stats.StatsRegistry;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.github.k2connect.autoconfigure.Failures;
import io.github.k2connect.autoconfigure.K2AutoConfigurations;
import io.github.k2connect.scheduling.K2Task.Threads;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceInitializationAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.test.util.ReflectionTestUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link K2SchedulerAutoConfiguration}.
 */
class K2SchedulerAutoConfigurationTests {

	private static final AutoConfigurations ALL = K2AutoConfigurations.with(DataSourceAutoConfiguration.class,
			DataSourceInitializationAutoConfiguration.class, DataSourceTransactionManagerAutoConfiguration.class);

	private final String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";

	private final WebApplicationContextRunner web = new WebApplicationContextRunner().withConfiguration(ALL)
		.withPropertyValues("k2.api-key=k3y", "spring.datasource.url=" + this.url);

	private final ApplicationContextRunner worker = new ApplicationContextRunner().withConfiguration(ALL)
		.withPropertyValues("k2.client-id=id", "k2.client-secret=s3cret", "spring.datasource.url=" + this.url);

	private JdbcClient jdbc() {
		return JdbcClient.create(new DriverManagerDataSource(this.url, "sa", ""));
	}

	@ParameterizedTest
	@ValueSource(strings = { "k2.webhook.mode=direct", "k2.webhook.mode=inbox" })
	void publishesNoBeanOfDbScheduler(String mode) {
		this.web.withPropertyValues(mode)
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(K2Scheduler.class)
				.doesNotHaveBean(Scheduler.class)
				.doesNotHaveBean(SchedulerClient.class)
				.doesNotHaveBean(Task.class)
				.doesNotHaveBean(SchedulerListener.class)
				.doesNotHaveBean(ExecutionInterceptor.class)
				.doesNotHaveBean(DbSchedulerCustomizer.class)
				.doesNotHaveBean(StatsRegistry.class));
	}

	@ParameterizedTest
	@ValueSource(strings = { "k2.webhook.mode=direct", "k2.webhook.mode=inbox", "k2.enabled=false" })
	void leavesDbSchedulerOfApplicationAlone(String property) {
		createTableOfApplication();
		this.web.withConfiguration(AutoConfigurations.of(DbSchedulerAutoConfiguration.class))
			.withUserConfiguration(OwnTask.class)
			.withPropertyValues(property, "db-scheduler.enabled=true", "db-scheduler.polling-interval=50ms")
			.run((context) -> {
				assertThat(context).hasNotFailed().hasSingleBean(Scheduler.class).hasSingleBean(Task.class);
				assertThat(context.getBean(DbSchedulerProperties.class)).usingRecursiveComparison()
					.ignoringFields("pollingInterval")
					.isEqualTo(new DbSchedulerProperties());
				Scheduler scheduler = context.getBean(Scheduler.class);
				scheduler.schedule(Tasks.oneTime("own").execute((instance, execution) -> {
				}).instance("1"), Instant.now());
				Awaitility.await()
					.untilAsserted(() -> assertThat(context.getBean(OwnTask.class).executions).hasValue(1));
				assertThat(jdbc().sql("SELECT DISTINCT task_name FROM scheduled_tasks").query(String.class).list())
					.isSubsetOf("own");
			});
	}

	private void createTableOfApplication() {
		jdbc().sql("""
				CREATE TABLE scheduled_tasks (task_name VARCHAR(100), task_instance VARCHAR(100), task_data BLOB,
				execution_time TIMESTAMP WITH TIME ZONE, picked BOOLEAN, picked_by VARCHAR(50),
				last_success TIMESTAMP WITH TIME ZONE, last_failure TIMESTAMP WITH TIME ZONE,
				consecutive_failures INT, last_heartbeat TIMESTAMP WITH TIME ZONE, version BIGINT, priority INT,
				PRIMARY KEY (task_name, task_instance))""").update();
	}

	@Test
	void startsInDirectModeIfTableExists() {
		this.web.run((context) -> assertThat(context.getBean(K2Scheduler.class).isRunning()).isTrue());
	}

	@Test
	void doesNotStartInDirectModeIfTableIsMissing() {
		this.web.withPropertyValues("k2.store.jdbc.initialize-schema=never").run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(context.getBean(K2Scheduler.class).isRunning()).isFalse();
		});
	}

	@Test
	void failsInInboxModeIfTableIsMissing() {
		this.web.withPropertyValues("k2.webhook.mode=inbox").run((context) -> assertThat(context).hasNotFailed());
		jdbc().sql("DROP TABLE k2_task").update();
		this.web.withPropertyValues("k2.webhook.mode=inbox", "k2.store.jdbc.initialize-schema=never").run((context) -> {
			FailureAnalysis analysis = Failures.analyze(context.getStartupFailure());
			assertThat(analysis.getDescription()).contains("k2.webhook.mode is inbox", "table k2_task");
			assertThat(analysis.getAction()).contains("database/schema-h2.sql",
					"k2.store.jdbc.initialize-schema=always");
		});
	}

	@Test
	void failsInInboxModeWithoutDatabase() {
		new WebApplicationContextRunner().withConfiguration(K2AutoConfigurations.with())
			.withPropertyValues("k2.api-key=k3y", "k2.webhook.mode=inbox")
			.run((context) -> assertThat(Failures.analyze(context.getStartupFailure()).getDescription())
				.isEqualTo("k2.webhook.mode is inbox and handled events are not stored in a database."));
	}

	@ParameterizedTest
	@ValueSource(strings = { "com.github.kagkarlsson", "com.github.kagkarlsson.scheduler.ExecutionTimeAndId" })
	void failsInInboxModeWithoutSupportedDbScheduler(String missing) {
		this.web.withClassLoader(new FilteredClassLoader(missing))
			.withPropertyValues("k2.webhook.mode=inbox")
			.run((context) -> {
				FailureAnalysis analysis = Failures.analyze(context.getStartupFailure());
				assertThat(analysis.getDescription()).contains("k2.webhook.mode is inbox", "db-scheduler");
				assertThat(analysis.getAction()).contains("com.github.kagkarlsson:db-scheduler",
						"k2.webhook.mode=direct");
			});
	}

	@ParameterizedTest
	@ValueSource(strings = { "com.github.kagkarlsson", "com.github.kagkarlsson.scheduler.ExecutionTimeAndId" })
	void worksInDirectModeWithoutDbScheduler(String missing) {
		this.web.withClassLoader(new FilteredClassLoader(missing))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(K2Scheduler.class));
	}

	@Test
	void usesTablesWithOtherPrefix() {
		jdbc().sql("CREATE SCHEMA shop").update();
		this.web.withPropertyValues("k2.webhook.mode=inbox", "k2.store.jdbc.table-prefix=shop.pay_").run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(context.getBean(TaskTable.class).name()).isEqualTo("shop.pay_task");
			assertThat(context.getBean(TaskTable.class).isUsable()).isTrue();
			assertThat(context.getBean(K2Scheduler.class).isRunning()).isTrue();
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "k2.webhook.mode=direct", "k2.webhook.mode=inbox" })
	void createsTablesInDatabaseOfChild(String mode) {
		String other = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";
		this.worker.withPropertyValues("spring.datasource.url=" + other)
			.run((parent) -> this.web.withParent(parent)
				.withPropertyValues(mode)
				.withBean(DataSource.class, () -> new DriverManagerDataSource(this.url, "sa", ""))
				.run((child) -> {
					assertThat(child).hasNotFailed();
					assertThat(child.getBean(K2Scheduler.class).isRunning()).isTrue();
				}));
	}

	@Test
	void stopsWhileContextIsPaused() {
		this.web.withPropertyValues("k2.webhook.mode=inbox").run((context) -> {
			K2Scheduler scheduler = context.getBean(K2Scheduler.class);
			ConfigurableApplicationContext application = (ConfigurableApplicationContext) context
				.getSourceApplicationContext();
			application.pause();
			assertThat(scheduler.isRunning()).isFalse();
			application.restart();
			assertThat(scheduler.isRunning()).isTrue();
		});
	}

	@Test
	void executesTasksOfItsContextOnly() {
		this.worker.withUserConfiguration(TaskOfParent.class)
			.run((parent) -> this.web.withParent(parent).run((child) -> {
				assertThat(child).hasNotFailed();
				assertThat(ReflectionTestUtils.getField(parent.getBean(K2Scheduler.class), "tasks"))
					.asInstanceOf(InstanceOfAssertFactories.LIST)
					.extracting((task) -> ((K2Task) task).name())
					.contains("of-parent")
					.doesNotContain("k2-inbox");
				assertThat(child.getBeanFactory().containsLocalBean("k2InboxTask")).isTrue();
			}));
	}

	@ParameterizedTest
	@CsvSource({ "inbox, 10, 5", "inbox, 40, 10", "inbox, 1, 1", "direct, 10, 2", "direct, 3, 1" })
	void derivesThreadsFromPool(String mode, int pool, int threads) {
		this.web.withPropertyValues("k2.webhook.mode=" + mode, "spring.datasource.hikari.maximum-pool-size=" + pool)
			.run((context) -> assertThat(context.getBean(K2Scheduler.class))
				.hasFieldOrPropertyWithValue("threadsForEvents", threads));
	}

	@Test
	void usesConfiguredThreads() {
		this.web.withPropertyValues("k2.scheduler.threads=3")
			.run((context) -> assertThat(context.getBean(K2Scheduler.class))
				.hasFieldOrPropertyWithValue("threadsForEvents", 3));
	}

	@Configuration(proxyBeanMethods = false)
	static class OwnTask {

		private final AtomicInteger executions = new AtomicInteger();

		@Bean
		Task<?> ownTask() {
			return Tasks.oneTime("own").execute((instance, context) -> this.executions.incrementAndGet());
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class TaskOfParent {

		@Bean
		K2Task taskOfParent() {
			return new ProbeTask("of-parent", Threads.CALLS, (execution) -> NextStep.remove());
		}

	}

}
