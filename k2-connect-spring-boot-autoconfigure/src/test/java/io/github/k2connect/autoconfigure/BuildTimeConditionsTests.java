package io.github.k2connect.autoconfigure;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;

import io.github.k2connect.InvalidK2ConfigurationException;
import io.github.k2connect.account.K2AccountAutoConfiguration;
import io.github.k2connect.account.K2AccountSettings;
import io.github.k2connect.account.K2AccountSource;
import io.github.k2connect.scheduling.K2SchedulerAutoConfiguration;
import io.github.k2connect.webhook.endpoint.K2WebhookAutoConfiguration;
import io.github.k2connect.webhook.inbox.K2InboxAutoConfiguration;
import io.github.k2connect.webhook.listener.K2ListenerAutoConfiguration;
import io.github.k2connect.webhook.reception.K2ReceptionAutoConfiguration;
import io.github.k2connect.webhook.store.K2StoreAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.aot.generate.ClassNameGenerator;
import org.springframework.aot.generate.DefaultGenerationContext;
import org.springframework.aot.generate.InMemoryGeneratedFiles;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.annotation.AnnotatedBeanDefinitionReader;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.aot.AbstractAotProcessor;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.javapoet.ClassName;
import org.springframework.mock.web.MockServletContext;
import org.springframework.web.context.support.GenericWebApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link BuildTimeConditions}, with ahead-of-time processing.
 */
class BuildTimeConditionsTests {

	private static final String CREDENTIALS = "k2.client-id=build k2.client-secret=build k2.api-key=build";

	private static final String CHANGED = "Ahead-of-time processing decided which beans this application has,"
			+ " with other properties: ";

	@ParameterizedTest
	@CsvSource(delimiter = ';',
			textBlock = """
					k2.api-key=a; k2.client-id=c k2.client-secret=s k2.api-key=a; k2.client-id was not set and is now set
					k2.client-id=c k2.client-secret=s; k2.client-id=c k2.client-secret=s k2.api-key=a; k2.api-key was not set
					k2.api-key=a; k2.api-key=a k2.accounts.kiosk.api-key=b; k2.accounts was not set and is now set
					k2.api-key=a; k2.api-key=a k2.webhook.enabled=false; k2.webhook.enabled was true and is now false
					k2.api-key=a; k2.api-key=a k2.follow-up.enabled=true; k2.follow-up.enabled was false and is now true
					k2.api-key=a; k2.api-key=a k2.webhook.subscriptions[0].scope=till; k2.webhook.subscriptions or k2.accounts.<name>.subscriptions was not set
					k2.accounts.kiosk.api-key=a; k2.accounts.kiosk.api-key=a k2.accounts.kiosk.subscriptions[0].scope=till; k2.webhook.subscriptions or k2.accounts.<name>.subscriptions was not set
					k2.api-key=a k2.webhook.mode=INBOX; k2.api-key=a; k2.webhook.mode was inbox and is now direct
					k2.api-key=a k2.store.type=memory; k2.api-key=a k2.store.type=jdbc; k2.store.type was memory or none
					k2.api-key=a; k2.enabled=false; k2.enabled was true and is now false.
					""")
	void failsWithPropertiesThatChangeConditions(String built, String started, String change) {
		BuildTimeConditions conditions = conditions(built);
		assertThatExceptionOfType(InvalidK2ConfigurationException.class).isThrownBy(() -> start(conditions, started))
			.withMessageStartingWith(CHANGED + change);
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';', textBlock = """
			k2.api-key=a; k2.api-key=b k2.store.type=jdbc k2.webhook.mode=direct k2.webhook.path=/hooks
			k2.accounts.kiosk.api-key=a; k2.accounts.shop.api-key=a
			k2.enabled=false; k2.enabled=false k2.api-key=a
			k2.api-key=a k2.store.type=memory; k2.api-key=a k2.store.type=none
			""")
	void startsWithPropertiesThatKeepConditions(String built, String started) {
		start(conditions(built), started);
	}

	@Test
	void failsBuildWithoutConfiguration() {
		assertThatExceptionOfType(InvalidK2ConfigurationException.class).isThrownBy(() -> process(application("")))
			.withMessageStartingWith("k2-connect is not configured")
			.satisfies((ex) -> assertThat(ex).hasMessageContainingAll("K2_CLIENTID, K2_CLIENTSECRET and K2_APIKEY",
					"any value of a client id, a client secret or an API key will do", "k2.enabled=false"));
	}

	@Test
	void failsBuildWithUnresolvedPlaceholder() {
		assertThatExceptionOfType(RuntimeException.class)
			.isThrownBy(() -> process(application("k2.api-key=${KEY_OF_PRODUCTION}")))
			.havingRootCause()
			.isInstanceOf(InvalidK2ConfigurationException.class)
			.satisfies((ex) -> assertThat(ex).hasMessageContainingAll("Set KEY_OF_PRODUCTION, in the environment",
					"For the build any value will do"));
	}

	@Test
	void buildsApplicationWithAccountSource() {
		GenericApplicationContext application = application("");
		new AnnotatedBeanDefinitionReader(application).register(Merchants.class);
		process(application);
	}

	@ParameterizedTest
	@ValueSource(strings = { CREDENTIALS, "k2.enabled=false" })
	void isAbsentWithoutAheadOfTimeProcessing(String properties) {
		try (GenericApplicationContext application = application(properties)) {
			application.refresh();
			assertThat(application.getBeansOfType(BuildTimeConditions.class)).isEmpty();
		}
	}

	private static void process(GenericApplicationContext application) {
		whileProcessing(
				() -> new ApplicationContextAotGenerator().processAheadOfTime(application, new DefaultGenerationContext(
						new ClassNameGenerator(ClassName.get(Shop.class)), new InMemoryGeneratedFiles())));
	}

	/**
	 * Return the conditions that processing finds for the properties.
	 */
	private static BuildTimeConditions conditions(String properties) {
		return whileProcessing(() -> {
			GenericApplicationContext application = new GenericApplicationContext();
			values(properties).applyTo(application);
			application.registerBean(K2AheadOfTimeAutoConfiguration.class);
			new AnnotatedBeanDefinitionReader(application);
			application.refresh();
			return application.getBean(BuildTimeConditions.class);
		});
	}

	private static void start(BuildTimeConditions conditions, String properties) {
		GenericApplicationContext application = new GenericApplicationContext();
		values(properties).applyTo(application);
		application.registerBean(BuildTimeConditions.class, () -> conditions);
		try (application) {
			application.refresh();
		}
	}

	private static <T> T whileProcessing(Supplier<T> action) {
		System.setProperty(AbstractAotProcessor.AOT_PROCESSING, "true");
		try {
			return action.get();
		}
		finally {
			System.clearProperty(AbstractAotProcessor.AOT_PROCESSING);
		}
	}

	private static GenericApplicationContext application(String properties) {
		GenericWebApplicationContext application = new GenericWebApplicationContext(new MockServletContext());
		values(properties).applyTo(application);
		new AnnotatedBeanDefinitionReader(application).register(Shop.class);
		return application;
	}

	private static TestPropertyValues values(String properties) {
		return TestPropertyValues.of(Arrays.stream(properties.split(" ")).filter((pair) -> !pair.isEmpty()).toList());
	}

	static class Merchants implements K2AccountSource {

		@Override
		public Optional<K2AccountSettings> find(String name) {
			return Optional.empty();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ K2AheadOfTimeAutoConfiguration.class, K2AutoConfiguration.class,
			K2AccountAutoConfiguration.class, K2StoreAutoConfiguration.class, K2InboxAutoConfiguration.class,
			K2ListenerAutoConfiguration.class, K2SchedulerAutoConfiguration.class, K2ReceptionAutoConfiguration.class,
			K2WebhookAutoConfiguration.class })
	static class Shop {

	}

}
