package io.github.k2connect.followup;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;

import javax.sql.DataSource;

import io.github.k2connect.autoconfigure.Failures;
import io.github.k2connect.autoconfigure.K2AutoConfigurations;
import io.github.k2connect.client.StartedRequestListener;
import io.github.k2connect.idempotency.TestRequests;
import io.github.k2connect.webhook.reception.EventDispatcher.HandledEventListener;
import io.github.k2connect.webhook.reception.EventReceiver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceInitializationAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableWebApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link K2FollowUpAutoConfiguration}.
 */
class K2FollowUpAutoConfigurationTests {

	private final WebApplicationContextRunner withoutDatabase = new WebApplicationContextRunner()
		.withConfiguration(K2AutoConfigurations.with())
		.withPropertyValues("k2.client-id=id", "k2.client-secret=s3cret", "k2.api-key=k3y",
				"k2.follow-up.enabled=true");

	private final WebApplicationContextRunner runner = this.withoutDatabase
		.withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class,
				DataSourceTransactionManagerAutoConfiguration.class))
		.withPropertyValues("spring.datasource.url=jdbc:h2:mem:" + UUID.randomUUID());

	private static FailureAnalysis analysis(AssertableWebApplicationContext context) {
		assertThat(context).hasFailed();
		return Failures.analyze(context.getStartupFailure());
	}

	@Test
	void isDisabledByDefault() {
		this.runner.withPropertyValues("k2.follow-up.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(FollowUpTask.class));
	}

	@Test
	void isDisabledWithK2Connect() {
		this.withoutDatabase.withPropertyValues("k2.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(HandledEventListener.class));
	}

	@Test
	void hasDefaults() {
		this.runner.run((context) -> assertThat(context).getBean(FollowUpTimes.class)
			.isEqualTo(new FollowUpTimes(
					new FollowUpProperties(true, Duration.ofSeconds(30), Duration.ofDays(1), Duration.ofMinutes(5), 10),
					Duration.ofSeconds(45))));
	}

	@Test
	void bindsEveryProperty() {
		this.runner
			.withPropertyValues("k2.follow-up.first-check=1m", "k2.follow-up.give-up-after=2h",
					"k2.follow-up.unknown-after=7m", "k2.follow-up.max-calls-per-second=3", "k2.http.call-timeout=50s")
			.run((context) -> assertThat(context).getBean(FollowUpTimes.class)
				.isEqualTo(new FollowUpTimes(new FollowUpProperties(true, Duration.ofMinutes(1), Duration.ofHours(2),
						Duration.ofMinutes(7), 3), Duration.ofSeconds(50))));
	}

	@ParameterizedTest
	@CsvSource({ "first-check=0s, first-check", "give-up-after=10s, give-up-after", "unknown-after=0s, unknown-after",
			"max-calls-per-second=0, max-calls-per-second" })
	void rejectsInvalidProperty(String value, String property) {
		this.runner.withPropertyValues("k2.follow-up." + value)
			.run((context) -> assertThat(analysis(context).getDescription()).contains("k2.follow-up." + property));
	}

	@Test
	void worksBesideInbox() {
		this.runner.withPropertyValues("k2.webhook.mode=inbox").run((context) -> {
			assertThat(context).hasNotFailed().hasSingleBean(FollowUpRecorder.class);
			assertThat(context).getBean("k2InboxReceiver").isInstanceOf(EventReceiver.class);
		});
	}

	@Test
	void failsWithoutEndpointDespiteLazyInitialization() {
		this.runner.withPropertyValues("k2.webhook.enabled=false")
			.withInitializer(
					(context) -> context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
			.withConfiguration(AutoConfigurations.of(DataSourceInitializationAutoConfiguration.class))
			.run((context) -> assertThat(analysis(context).getDescription()).contains("results are not received"));
	}

	@Test
	void requiresDbScheduler() {
		this.runner.withClassLoader(new FilteredClassLoader("com.github.kagkarlsson")).run((context) -> {
			FailureAnalysis analysis = analysis(context);
			assertThat(analysis.getDescription())
				.startsWith("k2.follow-up.enabled is true and db-scheduler is not on the class path");
			assertThat(analysis.getAction()).contains("k2-connect-spring-boot-starter")
				.contains("k2.follow-up.enabled=false");
		});
	}

	@Test
	void requiresDatabase() {
		this.withoutDatabase.run((context) -> assertThat(analysis(context).getDescription())
			.isEqualTo("k2.follow-up.enabled is true and handled events are not stored in a database."));
	}

	@ParameterizedTest
	@ValueSource(strings = { "memory", "none" })
	void requiresPersistentStore(String store) {
		this.runner.withPropertyValues("k2.store.type=" + store)
			.run((context) -> assertThat(analysis(context).getDescription())
				.isEqualTo("k2.follow-up.enabled is true and handled events are not stored in a database."));
	}

	@Test
	void requiresEndpoint() {
		this.runner.withPropertyValues("k2.webhook.enabled=false")
			.run((context) -> assertThat(analysis(context).getDescription()).contains("results are not received"));
	}

	@Test
	void storesRequestsOnlyWithoutWeb() {
		new ApplicationContextRunner()
			.withConfiguration(K2AutoConfigurations.with(DataSourceAutoConfiguration.class,
					DataSourceTransactionManagerAutoConfiguration.class))
			.withPropertyValues("k2.client-id=id", "k2.client-secret=s3cret", "k2.api-key=k3y",
					"k2.follow-up.enabled=true", "spring.datasource.url=jdbc:h2:mem:" + UUID.randomUUID())
			.run((context) -> {
				assertThat(context).hasNotFailed().doesNotHaveBean(FollowUpTask.class);
				context.getBean(StartedRequestListener.class)
					.begin(TestRequests.request("default", "incoming_payments", Map.of()));
				assertThat(JdbcClient.create(context.getBean(DataSource.class))
					.sql("SELECT task_name FROM k2_task")
					.query(String.class)
					.list()).containsExactly(FollowUpTask.NAME);
			});
	}

	@Test
	void requiresTable() {
		this.runner.withPropertyValues("k2.store.jdbc.initialize-schema=never", "k2.store.jdbc.table-prefix=elsewhere_")
			.run((context) -> {
				FailureAnalysis analysis = analysis(context);
				assertThat(analysis.getDescription())
					.startsWith("k2.follow-up.enabled is true, and the table elsewhere_task");
				assertThat(analysis.getAction()).contains("k2.store.jdbc.initialize-schema=always");
			});
	}

}
