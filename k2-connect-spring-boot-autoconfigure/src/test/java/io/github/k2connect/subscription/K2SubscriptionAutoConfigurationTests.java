package io.github.k2connect.subscription;

import java.util.UUID;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.boot.autoconfigure.DbSchedulerAutoConfiguration;
import io.github.k2connect.autoconfigure.Failures;
import io.github.k2connect.autoconfigure.K2AutoConfigurations;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableWebApplicationContext;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link K2SubscriptionAutoConfiguration}.
 */
class K2SubscriptionAutoConfigurationTests {

	private static final String FIRST = "k2.webhook.subscriptions[0].";

	private final WebApplicationContextRunner withoutDbScheduler = new WebApplicationContextRunner()
		.withConfiguration(K2AutoConfigurations.with())
		.withPropertyValues("k2.client-id=id", "k2.client-secret=s3cret", "k2.api-key=k3y",
				FIRST + "event-type=buygoods_transaction_received", FIRST + "scope=company",
				FIRST + "url=https://duka.example/k2/webhooks");

	private final WebApplicationContextRunner withoutDatabase = this.withoutDbScheduler
		.withConfiguration(AutoConfigurations.of(DbSchedulerAutoConfiguration.class))
		.withPropertyValues("db-scheduler.enabled=true");

	private final WebApplicationContextRunner runner = this.withoutDatabase
		.withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class,
				DataSourceTransactionManagerAutoConfiguration.class))
		.withPropertyValues("spring.datasource.url=jdbc:h2:mem:" + UUID.randomUUID());

	private static FailureAnalysis analysis(AssertableWebApplicationContext context) {
		assertThat(context).hasFailed();
		return Failures.analyze(context.getStartupFailure());
	}

	@Test
	void createsTaskForDeclaredSubscription() {
		this.runner.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(SubscriptionTask.class));
	}

	@Test
	void createsNoTaskWithoutSubscriptions() {
		new WebApplicationContextRunner().withConfiguration(K2AutoConfigurations.with())
			.withPropertyValues("k2.api-key=k3y")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(SubscriptionTask.class));
	}

	@Test
	void requiresDbScheduler() {
		this.withoutDbScheduler.withClassLoader(new FilteredClassLoader(Scheduler.class)).run((context) -> {
			FailureAnalysis analysis = analysis(context);
			assertThat(analysis.getDescription())
				.isEqualTo("k2.webhook.subscriptions or k2.accounts.<name>.subscriptions is set"
						+ " and db-scheduler is not on the class path.");
			assertThat(analysis.getAction()).endsWith("or remove the subscriptions from the configuration.");
		});
	}

	@Test
	void requiresDatabase() {
		this.withoutDatabase
			.run((context) -> assertThat(analysis(context).getDescription()).contains("there is no DataSource"));
	}

	@Test
	void requiresScheduler() {
		this.runner.withPropertyValues("db-scheduler.enabled=false")
			.run((context) -> assertThat(analysis(context).getDescription()).contains("db-scheduler.enabled is false"));
	}

	@Test
	void requiresCredentials() {
		this.runner.withPropertyValues("k2.client-id=", "k2.client-secret=")
			.run((context) -> assertThat(analysis(context).getAction()).contains("Set k2.client-id"));
	}

	@ParameterizedTest
	@CsvSource({ "event-type=, eventType", "scope=till, scopeReference", "url=ftp://duka.example/, url" })
	void explainsInvalidSubscription(String property, String violation) {
		this.runner.withPropertyValues(FIRST + property)
			.run((context) -> assertThat(analysis(context).getDescription())
				.startsWith("k2.webhook.subscriptions[0] is invalid")
				.contains(violation));
	}

	@Test
	void usesCallbackUrlByDefault() {
		this.runner.withPropertyValues(FIRST + "url=")
			.run((context) -> assertThat(analysis(context).getDescription()).contains("has no url"));
		this.runner.withPropertyValues(FIRST + "url=", "k2.callback-url=https://duka.example/k2/webhooks")
			.run((context) -> assertThat(context).hasNotFailed());
	}

}
