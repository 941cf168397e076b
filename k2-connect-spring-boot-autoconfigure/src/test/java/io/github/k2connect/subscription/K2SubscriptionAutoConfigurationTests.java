package io.github.k2connect.subscription;

import java.util.UUID;

import javax.sql.DataSource;

import io.github.k2connect.InvalidK2RequestException;
import io.github.k2connect.Scope;
import io.github.k2connect.account.UnknownK2AccountException;
import io.github.k2connect.autoconfigure.Failures;
import io.github.k2connect.autoconfigure.K2AutoConfigurations;
import io.github.k2connect.scheduling.K2Scheduler;
import io.github.k2connect.webhook.WebhookSubscriptionRequest;
import io.github.k2connect.webhook.WebhookTopic;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableWebApplicationContext;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link K2SubscriptionAutoConfiguration}.
 */
class K2SubscriptionAutoConfigurationTests {

	private static final String FIRST = "k2.webhook.subscriptions[0].";

	private static final String KIOSK = "k2.accounts.kiosk.subscriptions[0].";

	private static final WebhookSubscriptionRequest REQUEST = WebhookSubscriptionRequest.builder()
		.eventType(WebhookTopic.BUYGOODS_TRANSACTION_RECEIVED)
		.scope(Scope.COMPANY)
		.build();

	private final WebApplicationContextRunner withoutDatabase = new WebApplicationContextRunner()
		.withConfiguration(K2AutoConfigurations.with())
		.withPropertyValues("k2.client-id=id", "k2.client-secret=s3cret", "k2.api-key=k3y",
				FIRST + "event-type=buygoods_transaction_received", FIRST + "scope=company",
				FIRST + "url=https://duka.example/k2/webhooks");

	private final WebApplicationContextRunner runner = this.withoutDatabase
		.withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class,
				DataSourceTransactionManagerAutoConfiguration.class))
		.withPropertyValues("spring.datasource.url=jdbc:h2:mem:" + UUID.randomUUID());

	private final WebApplicationContextRunner undeclared = new WebApplicationContextRunner()
		.withConfiguration(K2AutoConfigurations.with(DataSourceAutoConfiguration.class,
				DataSourceTransactionManagerAutoConfiguration.class))
		.withPropertyValues("k2.api-key=k3y", "k2.accounts.kiosk.client-id=id",
				"k2.accounts.kiosk.client-secret=s3cret", "k2.callback-url=https://duka.example/k2/webhooks",
				"spring.datasource.url=jdbc:h2:mem:" + UUID.randomUUID());

	private static FailureAnalysis analysis(AssertableWebApplicationContext context) {
		assertThat(context).hasFailed();
		return Failures.analyze(context.getStartupFailure());
	}

	@Test
	void createsTaskForDeclaredSubscription() {
		this.runner.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(SubscriptionTask.class));
	}

	@Test
	void declaresSubscriptionsWhileApplicationRuns() {
		this.undeclared.run((context) -> {
			K2Subscriptions subscriptions = context.getBean("k2Subscriptions", K2Subscriptions.class);
			subscriptions.declare("kiosk", REQUEST);
			subscriptions.declare("kiosk", REQUEST);
			assertThat(subscriptions.declared()).singleElement().satisfies((declared) -> {
				assertThat(declared.account()).isEqualTo("kiosk");
				assertThat(declared.request().url()).hasToString("https://duka.example/k2/webhooks/kiosk");
				assertThat(declared.state()).isEqualTo(DeclaredSubscription.State.WAITING);
				assertThat(declared.location()).isNull();
			});
		});
	}

	@Test
	void declaresSubscriptionOfConfigurationOnce() {
		this.undeclared.withPropertyValues(KIOSK + "event-type=buygoods_transaction_received", KIOSK + "scope=company")
			.run((context) -> {
				K2Subscriptions subscriptions = context.getBean(K2Subscriptions.class);
				assertThat(subscriptions.declared()).hasSize(1);
				Awaitility.await()
					.ignoreException(ConcurrencyFailureException.class)
					.untilAsserted(() -> subscriptions.declare("kiosk", REQUEST));
				assertThat(subscriptions.declared()).singleElement()
					.extracting(DeclaredSubscription::account)
					.isEqualTo("kiosk");
			});
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void declarationJoinsTransactionOfCaller(boolean autoCommit) {
		this.undeclared.withPropertyValues("spring.datasource.hikari.auto-commit=" + autoCommit).run((context) -> {
			K2Subscriptions subscriptions = context.getBean(K2Subscriptions.class);
			TransactionTemplate transaction = new TransactionTemplate(
					context.getBean(PlatformTransactionManager.class));
			transaction.executeWithoutResult((status) -> {
				subscriptions.declare("kiosk", REQUEST);
				assertThat(subscriptions.declared()).hasSize(1);
				status.setRollbackOnly();
			});
			assertThat(subscriptions.declared()).isEmpty();
			transaction.executeWithoutResult((status) -> subscriptions.declare("kiosk", REQUEST));
			assertThat(subscriptions.declared()).hasSize(1);
		});
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void storesDeclarationWithoutTransaction(boolean autoCommit) {
		this.undeclared.withPropertyValues("spring.datasource.hikari.auto-commit=" + autoCommit).run((context) -> {
			context.getBean(K2Subscriptions.class).declare("kiosk", REQUEST);
			assertThat(context.getBean(K2Subscriptions.class).declared()).hasSize(1);
		});
	}

	/**
	 * The execution would overwrite the declaration.
	 */
	@Test
	void rejectsDeclarationOfSubscriptionThatIsBeingChecked() {
		this.undeclared
			.withPropertyValues(KIOSK + "event-type=buygoods_transaction_received", KIOSK + "scope=company",
					"k2.scheduler.polling-interval=1h")
			.run((context) -> {
				context.getBean(K2Scheduler.class).stop();
				JdbcClient jdbc = JdbcClient.create(context.getBean(DataSource.class));
				jdbc.sql("UPDATE k2_task SET picked = TRUE, picked_by = 'another'").update();
				K2Subscriptions subscriptions = context.getBean(K2Subscriptions.class);
				assertThatExceptionOfType(ConcurrencyFailureException.class)
					.isThrownBy(() -> subscriptions.declare("kiosk", REQUEST));
				jdbc.sql("UPDATE k2_task SET picked = FALSE, picked_by = NULL").update();
				subscriptions.declare("kiosk", REQUEST);
				assertThat(subscriptions.declared()).hasSize(1);
			});
	}

	@Test
	void rejectsDeclarationsThatCannotBeSent() {
		this.undeclared.withPropertyValues("k2.callback-url=").run((context) -> {
			K2Subscriptions subscriptions = context.getBean(K2Subscriptions.class);
			assertThatExceptionOfType(InvalidK2RequestException.class)
				.isThrownBy(() -> subscriptions.declare("kiosk", REQUEST));
			assertThatExceptionOfType(UnknownK2AccountException.class)
				.isThrownBy(() -> subscriptions.declare("kisok", REQUEST));
			assertThatIllegalStateException().isThrownBy(() -> subscriptions.declare("default", REQUEST));
			assertThat(subscriptions.declared()).isEmpty();
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "memory", "none" })
	void hasNoSubscriptionsWithoutStoreInDatabase(String store) {
		this.undeclared.withPropertyValues("k2.store.type=" + store)
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(K2Subscriptions.class));
	}

	@Test
	void hasNoSubscriptionsWithoutDbScheduler() {
		this.undeclared.withClassLoader(new FilteredClassLoader("com.github.kagkarlsson"))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(K2Subscriptions.class));
	}

	@Test
	void explainsInvalidSubscriptionOfNamedAccount() {
		this.undeclared.withPropertyValues(KIOSK + "event-type=buygoods_transaction_received")
			.run((context) -> assertThat(analysis(context).getDescription())
				.startsWith("k2.accounts.kiosk.subscriptions[0] is invalid")
				.contains("scope"));
		this.undeclared.withPropertyValues(KIOSK + "event-type=buygoods_transaction_received", KIOSK + "scope=company",
				"k2.accounts.kiosk.client-id=", "k2.accounts.kiosk.client-secret=", "k2.accounts.kiosk.api-key=k3y-2")
			.run((context) -> assertThat(analysis(context).getDescription())
				.isEqualTo("k2.accounts.kiosk.subscriptions is set and k2.accounts.kiosk.client-id is not set."));
	}

	@Test
	void createsNoTaskWithoutSubscriptions() {
		new WebApplicationContextRunner().withConfiguration(K2AutoConfigurations.with())
			.withPropertyValues("k2.api-key=k3y")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(SubscriptionTask.class));
	}

	@Test
	void requiresDbScheduler() {
		this.runner.withClassLoader(new FilteredClassLoader("com.github.kagkarlsson")).run((context) -> {
			FailureAnalysis analysis = analysis(context);
			assertThat(analysis.getDescription())
				.startsWith("k2.webhook.subscriptions or k2.accounts.<name>.subscriptions is set"
						+ " and db-scheduler is not on the class path");
			assertThat(analysis.getAction()).contains("k2-connect-spring-boot-starter")
				.endsWith("or remove the subscriptions from the configuration.");
		});
	}

	@Test
	void requiresDatabase() {
		this.withoutDatabase.run((context) -> assertThat(analysis(context).getDescription())
			.isEqualTo("k2.webhook.subscriptions or k2.accounts.<name>.subscriptions is set"
					+ " and handled events are not stored in a database."));
	}

	@ParameterizedTest
	@ValueSource(strings = { "memory", "none" })
	void requiresStoreInDatabase(String store) {
		this.runner.withPropertyValues("k2.store.type=" + store)
			.run((context) -> assertThat(analysis(context).getDescription())
				.endsWith("and handled events are not stored in a database."));
	}

	@Test
	void requiresTable() {
		this.runner.withPropertyValues("k2.store.jdbc.initialize-schema=never").run((context) -> {
			FailureAnalysis analysis = analysis(context);
			assertThat(analysis.getDescription()).startsWith(
					"k2.webhook.subscriptions or k2.accounts.<name>.subscriptions is set, and the table k2_task");
			assertThat(analysis.getAction()).contains("k2.store.jdbc.initialize-schema=always");
		});
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
