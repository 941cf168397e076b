package io.github.k2connect.scheduling;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import javax.sql.DataSource;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.boot.autoconfigure.DbSchedulerAutoConfiguration;
import com.github.kagkarlsson.scheduler.boot.config.DbSchedulerProperties;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.github.k2connect.autoconfigure.Failures;
import io.github.k2connect.autoconfigure.K2AutoConfigurations;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mockito.Answers;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceInitializationAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link K2DbSchedulerAutoConfiguration}.
 */
@ExtendWith(OutputCaptureExtension.class)
class K2DbSchedulerAutoConfigurationTests {

	private static final AutoConfigurations ALL = K2AutoConfigurations.with(DbSchedulerAutoConfiguration.class,
			DataSourceAutoConfiguration.class, DataSourceInitializationAutoConfiguration.class,
			DataSourceTransactionManagerAutoConfiguration.class);

	private final String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";

	private final DataSource dataSource = new DriverManagerDataSource(this.url, "sa", "");

	private final ApplicationContextRunner worker = new ApplicationContextRunner().withConfiguration(ALL)
		.withPropertyValues("k2.api-key=k3y", "spring.datasource.url=" + this.url);

	private final WebApplicationContextRunner web = new WebApplicationContextRunner().withConfiguration(ALL)
		.withPropertyValues("k2.api-key=k3y", "spring.datasource.url=" + this.url);

	private void createTable() {
		new ResourceDatabasePopulator(new ClassPathResource("io/github/k2connect/scheduling/schema-h2.sql"))
			.execute(this.dataSource);
	}

	private void insertRows() {
		createTable();
		Stream.of("k2-inbox", "k2-follow-up", "k2-subscription", "k2-inbox-2")
			.forEach((task) -> JdbcClient.create(this.dataSource)
				.sql("INSERT INTO scheduled_tasks (task_name, task_instance, execution_time, picked, version)"
						+ " VALUES (?, 'a', CURRENT_TIMESTAMP + INTERVAL '1' DAY, false, 1)")
				.param(task)
				.update());
	}

	@ParameterizedTest
	@ValueSource(strings = { "k2.enabled=true", "k2.enabled=false", "k2.webhook.mode=inbox" })
	void keepsDbSchedulerFromDeletingRowsOfUnknownTasks(String property) {
		this.worker.withPropertyValues(property)
			.run((context) -> assertThat(context.getBean(DbSchedulerProperties.class).getDeleteUnresolvedAfter())
				.isGreaterThan(Duration.ofDays(10_000)));
		this.web.withPropertyValues(property)
			.run((context) -> assertThat(context.getBean(DbSchedulerProperties.class).getDeleteUnresolvedAfter())
				.isGreaterThan(Duration.ofDays(10_000)));
	}

	@Test
	void warnsIfApplicationAllowsRowsToBeDeleted(CapturedOutput output) {
		createTable();
		this.worker.withPropertyValues("db-scheduler.delete-unresolved-after=14d").run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(context.getBean(DbSchedulerProperties.class).getDeleteUnresolvedAfter())
				.isEqualTo(Duration.ofDays(14));
			assertThat(output).contains("db-scheduler.delete-unresolved-after is PT336H",
					"k2-follow-up, k2-inbox, k2-reconciliation, k2-subscription");
		});
	}

	@Test
	void failsIfExistingRowsWouldBeDeleted() {
		insertRows();
		this.worker.withPropertyValues("db-scheduler.delete-unresolved-after=14d", "k2.enabled=false")
			.run((context) -> {
				assertThat(context).hasFailed();
				FailureAnalysis analysis = Failures.analyze(context.getStartupFailure());
				assertThat(analysis.getDescription())
					.contains("1 of k2-follow-up, 1 of k2-inbox, 1 of k2-subscription");
				assertThat(analysis.getAction()).startsWith("Remove db-scheduler.delete-unresolved-after");
			});
	}

	@Test
	void reportsRowsThatItDoesNotHandle(CapturedOutput output) {
		insertRows();
		this.web.run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(output).contains("does not run: 1 of k2-follow-up.");
		});
	}

	@Test
	void handlesEventsOfInboxInDirectModeWithDatabaseStore() {
		this.web.run((context) -> assertThat(context).hasBean("k2InboxTask"));
		this.web.withPropertyValues("k2.webhook.store=memory")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("k2InboxTask"));
		this.worker.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("k2InboxTask"));
	}

	@Test
	void createsTableInDirectMode(CapturedOutput output) {
		this.web.run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(context.getBean(Scheduler.class).getSchedulerState().isStarted()).isTrue();
			assertThat(output).doesNotContain("Unhandled exception");
		});
	}

	@Test
	void doesNotStartDbSchedulerWithoutTableAndTasks(CapturedOutput output) {
		this.web.withPropertyValues("k2.webhook.jdbc.initialize-schema=never").run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(context.getBean(Scheduler.class).getSchedulerState().isStarted()).isFalse();
			assertThat(output)
				.contains("db-scheduler is not started: its table scheduled_tasks does not exist",
						"Run classpath:io/github/k2connect/scheduling/schema-h2.sql", "db-scheduler.enabled=false")
				.doesNotContain("Unhandled exception");
		});
	}

	@Test
	void startsDbSchedulerForTasksOfApplication() {
		this.web.withUserConfiguration(OwnTask.class)
			.withPropertyValues("k2.webhook.jdbc.initialize-schema=never")
			.run((context) -> assertThat(context.getBean(Scheduler.class).getSchedulerState().isStarted()).isTrue());
	}

	@Test
	void startsSchedulerOfApplicationWithoutTable() {
		this.worker
			.withPropertyValues("db-scheduler.delay-startup-until-context-ready=false",
					"k2.webhook.jdbc.initialize-schema=never")
			.withUserConfiguration(OwnScheduler.class)
			.run((context) -> then(context.getBean(Scheduler.class)).should().start());
	}

	@Test
	void worksWithoutDatabase() {
		for (List<String> properties : List.of(List.of("k2.enabled=false"), List.of("k2.enabled=true"))) {
			new ApplicationContextRunner()
				.withConfiguration(
						AutoConfigurations.of(K2DbSchedulerAutoConfiguration.class, DbSchedulerAutoConfiguration.class))
				.withPropertyValues(properties.toArray(String[]::new))
				.run((context) -> assertThat(context).hasNotFailed());
		}
	}

	@Configuration(proxyBeanMethods = false)
	static class OwnScheduler {

		@Bean
		Scheduler ownScheduler() {
			return mock(Scheduler.class, Answers.RETURNS_DEEP_STUBS);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnTask {

		@Bean
		Task<?> ownTask() {
			return Tasks.oneTime("own").execute((instance, context) -> {
			});
		}

	}

}
