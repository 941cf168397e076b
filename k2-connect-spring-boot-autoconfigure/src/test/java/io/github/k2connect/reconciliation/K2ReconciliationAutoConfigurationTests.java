package io.github.k2connect.reconciliation;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;

import io.github.k2connect.autoconfigure.Failures;
import io.github.k2connect.autoconfigure.K2AutoConfigurations;
import io.github.k2connect.webhook.store.K2EventStore;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
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
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link K2ReconciliationAutoConfiguration}.
 */
class K2ReconciliationAutoConfigurationTests {

	private static final String TILLS = "k2.reconciliation.tills=112233, 445566";

	private static final String COMPANY = "k2.reconciliation.company=true";

	private final WebApplicationContextRunner withoutDatabase = new WebApplicationContextRunner()
		.withConfiguration(K2AutoConfigurations.with())
		.withPropertyValues("k2.client-id=id", "k2.client-secret=s3cret", "k2.api-key=k3y",
				"k2.base-url=http://localhost:1", "k2.callback-url=https://duka.example/k2/webhooks");

	private final WebApplicationContextRunner runner = this.withoutDatabase
		.withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class,
				DataSourceTransactionManagerAutoConfiguration.class))
		.withPropertyValues("spring.datasource.url=jdbc:h2:mem:" + UUID.randomUUID());

	private static FailureAnalysis analysis(AssertableWebApplicationContext context) {
		assertThat(context).hasFailed();
		return Failures.analyze(context.getStartupFailure());
	}

	@Test
	void isOffUnlessConfigured() {
		this.runner.withPropertyValues("k2.reconciliation.interval=1h")
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(K2Reconciliation.class)
				.doesNotHaveBean(ReconciliationTask.class));
	}

	@Test
	void hasEachTillBeforeItsFirstCheck() {
		this.runner
			.withPropertyValues(TILLS, "k2.accounts.branch.client-id=id", "k2.accounts.branch.client-secret=s3cret",
					"k2.accounts.branch.reconciliation-tills=778899")
			.run((context) -> assertThat(context.getBean("k2Reconciliation", K2Reconciliation.class).tills())
				.containsExactly(new ReconciledTill("default", "112233", null, 0),
						new ReconciledTill("default", "445566", null, 0),
						new ReconciledTill("branch", "778899", null, 0)));
	}

	@Test
	void reconcilesCompany() {
		this.runner.withPropertyValues(COMPANY)
			.run((context) -> assertThat(context.getBean(K2Reconciliation.class).tills())
				.containsExactly(new ReconciledTill("default", null, null, 0)));
	}

	@Test
	void reconcilesNamedAccountOnly() {
		this.runner
			.withPropertyValues("k2.accounts.branch.client-id=id", "k2.accounts.branch.client-secret=s3cret",
					"k2.accounts.branch.reconciliation-tills=778899")
			.run((context) -> assertThat(context.getBean(K2Reconciliation.class).tills()).hasSize(1));
	}

	@Test
	void countersExistFromTheStart() {
		this.runner.withPropertyValues(TILLS)
			.withBean(SimpleMeterRegistry.class, SimpleMeterRegistry::new)
			.run((context) -> {
				SimpleMeterRegistry registry = context.getBean(SimpleMeterRegistry.class);
				MicrometerMissedMeter meter = context.getBean(MicrometerMissedMeter.class);
				meter.bindTo(registry);
				meter.missed("default", "missed_till_payment", 2);
				assertThat(registry.get("k2.reconciliation.missed")
					.tags("k2.account", "default", "k2.kind", "missed_till_payment")
					.counter()
					.count()).isEqualTo(2);
				assertThat(registry.get("k2.reconciliation.missed")
					.tags("k2.account", "default", "k2.kind", "missed_till_reversal")
					.counter()
					.count()).isZero();
			});
	}

	@Test
	void requiresDbScheduler() {
		this.runner.withPropertyValues(TILLS)
			.withClassLoader(new FilteredClassLoader("com.github.kagkarlsson"))
			.run((context) -> assertThat(analysis(context).getDescription())
				.contains("k2.reconciliation is configured and db-scheduler is not on the class path"));
	}

	@Test
	void requiresDatabase() {
		this.withoutDatabase.withPropertyValues(TILLS)
			.run((context) -> assertThat(analysis(context).getDescription())
				.contains("handled events are not stored in a database"));
	}

	@Test
	void explainsStoreOfApplication() {
		this.runner.withPropertyValues(TILLS).withBean(K2EventStore.class, K2EventStore::none).run((context) -> {
			FailureAnalysis analysis = analysis(context);
			assertThat(analysis.getDescription())
				.isEqualTo("k2.reconciliation is configured and the application has a K2EventStore of its own.");
			assertThat(analysis.getAction()).startsWith("Remove that bean, or remove k2.reconciliation.tills");
		});
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "k2.callback-url=|k2.callback-url is not set",
					"k2.store.type=memory|handled events are not stored in a database",
					"k2.store.retention=3d|k2.reconciliation.look-back must be shorter than k2.store.retention",
					"k2.reconciliation.company=true|k2.reconciliation.company must be false",
					"k2.reconciliation.interval=0s|k2.reconciliation.interval must be positive",
					"k2.reconciliation.grace=-1s|k2.reconciliation.grace must not be negative",
					"k2.reconciliation.look-back=10m|k2.reconciliation.look-back must be longer",
					"k2.reconciliation.tills=11 22|k2.reconciliation.tills must be a list of numbers of tills",
					"k2.webhook.enabled=false|messages are not received" })
	void explainsInvalidConfiguration(String property, String description) {
		this.runner.withPropertyValues(TILLS)
			.withPropertyValues(property)
			.run((context) -> assertThat(analysis(context).getDescription()).contains(description));
	}

	@Test
	void rejectsTillOfTwoAccounts() {
		this.runner
			.withPropertyValues(TILLS, "k2.accounts.branch.client-id=other", "k2.accounts.branch.client-secret=s3cret",
					"k2.accounts.branch.reconciliation-tills=445566")
			.run((context) -> assertThat(analysis(context).getDescription())
				.contains("k2.accounts.branch.reconciliation-tills must not have a till of account 'default'"));
	}

	@Test
	void rejectsCompanyWithTwoAccounts() {
		this.runner
			.withPropertyValues(COMPANY, "k2.accounts.branch.client-id=id", "k2.accounts.branch.client-secret=s3cret")
			.run((context) -> assertThat(analysis(context).getDescription()).contains(
					"k2.reconciliation.company must be false if k2.accounts.branch.client-id is that of the company"));
	}

	@Test
	void rejectsCheckOfAccountWithoutClientId() {
		this.runner.withPropertyValues(TILLS, "k2.accounts.branch.api-key=k3y").run((context) -> {
			OffsetDateTime now = OffsetDateTime.now(ZoneOffset.UTC);
			K2Reconciliation reconciliation = context.getBean(K2Reconciliation.class);
			assertThatIllegalStateException()
				.isThrownBy(() -> reconciliation.check("branch", "778899", now.minusDays(1), now));
		});
	}

	@Test
	void requiresCredentials() {
		this.runner.withPropertyValues(TILLS, "k2.client-id=", "k2.client-secret=")
			.run((context) -> assertThat(analysis(context).getAction()).contains("Set k2.client-id"));
	}

}
