package io.github.k2connect.autoconfigure;

import io.github.k2connect.K2IdempotencyKeys;
import io.github.k2connect.account.K2AccountAutoConfiguration;
import io.github.k2connect.scheduling.K2SchedulerAutoConfiguration;
import io.github.k2connect.stk.StkService;
import io.github.k2connect.subscription.K2Subscriptions;
import io.github.k2connect.webhook.WebhookParser;
import io.github.k2connect.webhook.endpoint.K2WebhookAutoConfiguration;
import io.github.k2connect.webhook.listener.K2ListenerAutoConfiguration;
import io.github.k2connect.webhook.reception.K2ReceptionAutoConfiguration;
import io.github.k2connect.webhook.store.K2StoreAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for the failure analysis of an application that does not start.
 */
@ExtendWith(OutputCaptureExtension.class)
class FailureReportTests {

	private static void fail(Class<?> component, String... properties) {
		fail(new Class<?>[] { K2.class, component }, properties);
	}

	private static void fail(Class<?>[] application, String... properties) {
		SpringApplicationBuilder builder = new SpringApplicationBuilder(application).web(WebApplicationType.NONE)
			.properties(properties);
		assertThatExceptionOfType(RuntimeException.class).isThrownBy(builder::run);
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';', textBlock = """
			some=thing; k2.client-id and k2.client-secret
			k2.api-key=k3y; k2.client-id and k2.client-secret
			k2.client-id=client; k2.client-secret
			k2.client-secret=s3cret; k2.client-id
			""")
	void explainsMissingServiceWithoutCredentials(String property, String missing, CapturedOutput output) {
		fail(WantsService.class, property);
		assertThat(output)
			.containsPattern("Parameter 0 of constructor in .*WantsService required a bean of type '"
					+ StkService.class.getName() + "', which does not exist without " + missing + "\\.")
			.contains("Set " + missing + ",")
			.doesNotContain("Consider defining", "s3cret", "k3y");
	}

	@Test
	void explainsMissingParserWithoutApiKey(CapturedOutput output) {
		fail(WantsParser.class, "k2.client-id=client", "k2.client-secret=s3cret");
		assertThat(output).contains("does not exist without k2.api-key.", "Set k2.api-key,");
	}

	@ParameterizedTest
	@ValueSource(classes = { WantsSubscriptions.class, WantsIdempotencyKeys.class })
	void explainsMissingBeanWithoutDatabase(Class<?> component, CapturedOutput output) {
		fail(component, "k2.api-key=k3y");
		assertThat(output)
			.contains("does not exist without a database.", "Add spring-boot-starter-jdbc and configure a database")
			.doesNotContain("Consider defining");
	}

	@Test
	void explainsMissingServiceWhenK2ConnectIsDisabled(CapturedOutput output) {
		fail(WantsService.class, "k2.enabled=false", "k2.client-id=client", "k2.client-secret=s3cret");
		assertThat(output).contains("does not exist without k2.enabled.", "Set k2.enabled=true");
	}

	@Test
	void doesNotExplainMissingBeanOfApplication(CapturedOutput output) {
		fail(WantsAnotherBean.class, "k2.api-key=k3y");
		assertThat(output).contains("Consider defining").doesNotContain("does not exist without");
	}

	@Test
	void explainsMissingServiceWithExcludedAutoConfiguration(CapturedOutput output) {
		fail(new Class<?>[] { WantsService.class }, "k2.client-id=client", "k2.client-secret=s3cret");
		assertThat(output).contains("Consider defining").doesNotContain("does not exist without");
	}

	@ParameterizedTest
	@ValueSource(strings = { "k2.client-id", "k2.client-secret", "k2.api-key" })
	void explainsUnresolvedPlaceholderOfProperty(String property, CapturedOutput output) {
		fail(WantsNothing.class, "k2.client-id=client", "k2.client-secret=s3cret", "k2.api-key=k3y",
				property + "=s3cret${K2_NOT_SET}");
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains(property + " refers to ${K2_NOT_SET}, which is not set.")
			.doesNotContain("s3cret${");
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ K2AutoConfiguration.class, K2AccountAutoConfiguration.class,
			K2StoreAutoConfiguration.class, K2ListenerAutoConfiguration.class, K2SchedulerAutoConfiguration.class,
			K2WebhookAutoConfiguration.class })
	static class K2 {

	}

	static class WantsNothing {

	}

	static class WantsService {

		WantsService(StkService service) {
			assertThat(service).isNotNull();
		}

	}

	static class WantsParser {

		WantsParser(WebhookParser parser) {
			assertThat(parser).isNotNull();
		}

	}

	static class WantsSubscriptions {

		WantsSubscriptions(K2Subscriptions subscriptions) {
			assertThat(subscriptions).isNotNull();
		}

	}

	static class WantsIdempotencyKeys {

		WantsIdempotencyKeys(K2IdempotencyKeys keys) {
			assertThat(keys).isNotNull();
		}

	}

	static class WantsAnotherBean {

		WantsAnotherBean(Runnable runnable) {
			assertThat(runnable).isNotNull();
		}

	}

}
