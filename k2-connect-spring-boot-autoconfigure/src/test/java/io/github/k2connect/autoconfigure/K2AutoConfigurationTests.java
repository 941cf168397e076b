package io.github.k2connect.autoconfigure;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

import io.github.k2connect.account.K2Properties;
import io.github.k2connect.client.K2Client;
import io.github.k2connect.client.K2ClientFactory;
import io.github.k2connect.client.K2ClientSettings;
import io.github.k2connect.stk.StkService;
import io.github.k2connect.token.K2Credentials;
import io.github.k2connect.token.TokenService;
import io.github.k2connect.webhook.SignatureVerifier;
import io.github.k2connect.webhook.WebhookParser;
import io.github.k2connect.webhook.endpoint.OwnEndpointBeans;
import io.github.k2connect.webhook.reception.EventDispatcher;
import io.github.k2connect.webhook.store.K2EventStore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.http.client.autoconfigure.HttpClientAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.imperative.ImperativeHttpClientAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.restclient.autoconfigure.RestClientAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.util.ClassUtils;
import org.springframework.web.servlet.DispatcherServlet;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the auto-configurations.
 */
class K2AutoConfigurationTests {

	private static final AutoConfigurations AUTO_CONFIGURATIONS = K2AutoConfigurations.with(
			RestClientAutoConfiguration.class, HttpClientAutoConfiguration.class,
			ImperativeHttpClientAutoConfiguration.class, JacksonAutoConfiguration.class, WebMvcAutoConfiguration.class);

	private static final String[] OAUTH = { "k2.client-id=client", "k2.client-secret=s3cret" };

	private static final String API_KEY = "k2.api-key=k3y";

	private final WebApplicationContextRunner web = new WebApplicationContextRunner()
		.withConfiguration(AUTO_CONFIGURATIONS);

	private final ApplicationContextRunner noWeb = new ApplicationContextRunner()
		.withConfiguration(AUTO_CONFIGURATIONS);

	/**
	 * Tests for the beans of each configuration.
	 */
	@Nested
	class Beans {

		@Test
		void createsAllBeansWithFullConfiguration() {
			K2AutoConfigurationTests.this.web.withPropertyValues(OAUTH).withPropertyValues(API_KEY).run((context) -> {
				assertThat(context).hasSingleBean(TokenService.class)
					.hasSingleBean(StkService.class)
					.hasSingleBean(WebhookParser.class)
					.hasBean("k2WebhookController");
				assertThat(context.getBeanNamesForType(StkService.class)).containsExactly("k2StkService");
			});
		}

		@Test
		void prefixesNamesOfAllBeans() {
			K2AutoConfigurationTests.this.web.withPropertyValues(OAUTH)
				.withPropertyValues(API_KEY)
				.run((context) -> assertThat(context.getBeanDefinitionNames())
					.filteredOn((name) -> !name.startsWith("k2") && !name.contains("."))
					.noneMatch((name) -> String.valueOf(context.getType(name)).contains("k2connect")));
		}

		@Test
		void createsNoWebhookEndpointWithoutApiKey() {
			K2AutoConfigurationTests.this.web.withPropertyValues(OAUTH)
				.run((context) -> assertThat(context).hasNotFailed()
					.hasSingleBean(StkService.class)
					.doesNotHaveBean(WebhookParser.class)
					.doesNotHaveBean("k2WebhookController"));
		}

		@ParameterizedTest
		@ValueSource(strings = { "", " ", "${K2_NOT_SET:}" })
		void createsNoServicesWithApiKeyOnly(String clientId) {
			K2AutoConfigurationTests.this.web.withPropertyValues(API_KEY)
				.withPropertyValues("k2.client-id=" + clientId, "k2.client-secret=" + clientId)
				.run((context) -> assertThat(context).hasNotFailed()
					.hasSingleBean(WebhookParser.class)
					.hasBean("k2WebhookController")
					.doesNotHaveBean(TokenService.class)
					.doesNotHaveBean(StkService.class));
		}

		@Test
		void createsNoBeansWhenDisabled() {
			K2AutoConfigurationTests.this.web.withPropertyValues(OAUTH)
				.withPropertyValues("k2.enabled=false")
				.run((context) -> assertThat(context).hasNotFailed()
					.doesNotHaveBean(K2Properties.class)
					.doesNotHaveBean(StkService.class)
					.doesNotHaveBean(WebhookParser.class));
		}

		@Test
		void createsServicesButNoEndpointWithoutWebServer() {
			K2AutoConfigurationTests.this.noWeb.withPropertyValues(OAUTH)
				.withPropertyValues(API_KEY)
				.run((context) -> assertThat(context).hasSingleBean(StkService.class)
					.hasSingleBean(WebhookParser.class)
					.doesNotHaveBean("k2WebhookEndpoint"));
		}

		@Test
		void createsServicesWithoutSpringMvc() {
			K2AutoConfigurationTests.this.noWeb.withClassLoader(new FilteredClassLoader(DispatcherServlet.class))
				.withPropertyValues(OAUTH)
				.withPropertyValues(API_KEY)
				.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(StkService.class));
		}

	}

	/**
	 * Tests for applications with beans of their own.
	 */
	@Nested
	class Coexistence {

		@Test
		void backsOffForBeansOfApplication() {
			K2AutoConfigurationTests.this.web.withPropertyValues(OAUTH)
				.withPropertyValues(API_KEY)
				.withUserConfiguration(OwnBeans.class, OwnEndpointBeans.class)
				.run((context) -> {
					assertThat(context).hasNotFailed();
					for (Class<?> type : new Class<?>[] { K2ClientFactory.class, K2Client.class, TokenService.class,
							StkService.class, SignatureVerifier.class, WebhookParser.class, EventDispatcher.class }) {
						assertThat(context.getBeanNamesForType(type)).as(type.getName())
							.singleElement()
							.asString()
							.startsWith("own");
					}
					assertThat(context).doesNotHaveBean("k2WebhookEndpoint").doesNotHaveBean("k2WebhookController");
				});
		}

		@Test
		void allowsBeansOfSameSimpleNames() {
			K2AutoConfigurationTests.this.web.withPropertyValues(OAUTH)
				.withBean("tokenService", String.class, () -> "the application's")
				.withBean("stkService", String.class, () -> "the application's")
				.run((context) -> assertThat(context).hasNotFailed()
					.hasSingleBean(TokenService.class)
					.hasSingleBean(StkService.class));
		}

		@Test
		void leavesJsonMapperOfApplicationUnchanged() {
			K2AutoConfigurationTests.this.web.withPropertyValues(OAUTH)
				.withPropertyValues(API_KEY, "spring.jackson.property-naming-strategy=KEBAB_CASE")
				.run((context) -> assertThat(
						context.getBean(JsonMapper.class).serializationConfig().getPropertyNamingStrategy())
					.isEqualTo(PropertyNamingStrategies.KEBAB_CASE));
			K2AutoConfigurationTests.this.web.withPropertyValues(OAUTH)
				.withBean("mapper", JsonMapper.class, JsonMapper::new)
				.run((context) -> assertThat(context).hasSingleBean(JsonMapper.class));
		}

	}

	/**
	 * Tests for invalid configuration.
	 */
	@Nested
	class Failures {

		private FailureAnalysis analysis(String... properties) {
			AtomicReference<@Nullable FailureAnalysis> analysis = new AtomicReference<>();
			K2AutoConfigurationTests.this.web.withInitializer(
					(context) -> context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
				.withPropertyValues(properties)
				.run((context) -> {
					Throwable failure = Objects.requireNonNull(context.getStartupFailure());
					analysis.set(new InvalidK2ConfigurationFailureAnalyzer().analyze(failure));
				});
			return Objects.requireNonNull(analysis.get());
		}

		@ParameterizedTest
		@ValueSource(strings = { "some=thing", "k2.base-url=https://api.kopokopo.com", "k2.client-id=",
				"k2.api-key=${K2_NOT_SET:}" })
		void failsWithoutConfiguration(String property) {
			FailureAnalysis analysis = analysis(property);
			assertThat(analysis.getDescription()).contains("not configured");
			assertThat(analysis.getAction()).contains("k2.client-id", "k2.client-secret", "k2.api-key",
					"k2.enabled=false");
		}

		@Test
		void failsWithIncompleteCredentials() {
			assertThat(analysis("k2.client-id=client", API_KEY).getDescription())
				.isEqualTo("k2.client-id is set and k2.client-secret is not.");
			FailureAnalysis analysis = analysis("k2.client-secret=s3cret", "k2.client-id= ");
			assertThat(analysis.getDescription()).isEqualTo("k2.client-secret is set and k2.client-id is not.");
			assertThat(analysis.getAction()).doesNotContain("s3cret");
		}

		@Test
		void failsWithUnresolvedVariable() {
			K2AutoConfigurationTests.this.web.withPropertyValues("k2.api-key=${K2_NOT_SET}")
				.run((context) -> assertThat(context).getFailure().rootCause().hasMessageContaining("K2_NOT_SET"));
		}

		@ParameterizedTest
		@ValueSource(strings = { "k2.api-key=", "k2.api-key= ", "k2.api-key=${K2_NOT_SET:}" })
		void failsWithBlankApiKey(String property) {
			FailureAnalysis analysis = analysis("k2.client-id=client", "k2.client-secret=s3cret", property);
			assertThat(analysis.getDescription()).startsWith("k2.api-key is blank");
			assertThat(analysis.getAction()).contains("k2.webhook.enabled=false");
		}

		@Test
		void failsWithRetiredHost() {
			FailureAnalysis analysis = analysis("k2.client-id=client", "k2.client-secret=s3cret",
					"k2.base-url=https://app.kopokopo.com");
			assertThat(analysis.getDescription()).contains("k2.base-url", "https://api.kopokopo.com");
		}

		@Test
		void failsWithRemoteHostWithoutTls() {
			assertThat(analysis(API_KEY, "k2.base-url=http://api.kopokopo.com").getDescription())
				.contains("k2.base-url must be https");
		}

		@ParameterizedTest
		@ValueSource(strings = { "k2.callback-url=/k2/webhooks", "k2.http.connect-timeout=0s",
				"k2.http.read-timeout=-1s", "k2.http.call-timeout=0s", "k2.http.max-attempts=0",
				"k2.token.refresh-before-expiry=-1s", "k2.webhook.path=k2/webhooks", "k2.webhook.path=/k2/**",
				"k2.webhook.path=/", "k2.webhook.path=//", "k2.webhook.path=/{id}", "k2.webhook.path=/k2//webhooks",
				"k2.webhook.path=/k2;v=1/webhooks", "k2.webhook.path=/k2%20webhooks", "k2.webhook.path=/k2/../webhooks",
				"k2.webhook.path=/k2\\webhooks", "k2.webhook.path=/k2/.", "k2.webhook.max-body-size=0",
				"k2.webhook.max-buffered-size=0", "k2.webhook.read-timeout=0s", "k2.webhook.max-body-size=4GB" })
		void failsWithInvalidValue(String property) {
			FailureAnalysis analysis = analysis(API_KEY, property);
			assertThat(analysis.getDescription()).startsWith(property.substring(0, property.indexOf('=')) + " must ");
			assertThat(analysis.getAction()).contains(property.substring(0, property.indexOf('=')));
		}

		@Test
		void registersFailureAnalyzer() {
			assertThat(SpringFactoriesLoader.forDefaultResourceLocation()
				.load(FailureAnalyzer.class, SpringFactoriesLoader.FailureHandler.handleMessage((message, ex) -> {
				}))).hasAtLeastOneElementOfType(InvalidK2ConfigurationFailureAnalyzer.class);
		}

	}

	@Test
	void ordersOnlyAutoConfigurationsThatExist() {
		ClassLoader classLoader = getClass().getClassLoader();
		List<String> own = ImportCandidates.load(AutoConfiguration.class, classLoader).getCandidates();
		assertThat(own).filteredOn((name) -> name.startsWith("io.github.k2connect.")).allSatisfy((name) -> {
			AutoConfiguration order = ClassUtils.resolveClassName(name, classLoader)
				.getAnnotation(AutoConfiguration.class);
			assertThat(Stream.of(order.beforeName(), order.afterName()).flatMap(Stream::of))
				.filteredOn((other) -> other.startsWith("io.github.k2connect."))
				.isSubsetOf(own);
		});
	}

	@Test
	void worksWithLazyInitialization() {
		this.web
			.withInitializer(
					(context) -> context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
			.withPropertyValues(OAUTH)
			.withPropertyValues(API_KEY)
			.run((context) -> {
				assertThat(context.getBean(StkService.class)).isNotNull();
				assertThat(context.getBean("k2WebhookController")).isNotNull();
			});
	}

	@Test
	void redactsSecretsOfProperties() {
		this.web.withPropertyValues(OAUTH)
			.withPropertyValues(API_KEY, "k2.previous-api-keys=0ldk3y")
			.run((context) -> assertThat(context.getBean(K2Properties.class)).asString()
				.contains("client")
				.doesNotContain("s3cret", "k3y"));
	}

	/**
	 * An application with all beans of its own.
	 */
	@Configuration(proxyBeanMethods = false)
	static class OwnBeans {

		@Bean
		K2ClientFactory ownClientFactory() {
			return new K2ClientFactory(K2ClientSettings.of(K2ClientSettings.SANDBOX));
		}

		@Bean
		K2Client ownClient(K2ClientFactory clients) {
			return clients.create();
		}

		@Bean
		TokenService ownTokenService(K2Client client) {
			return new TokenService(client, new K2Credentials("own", "own"));
		}

		@Bean
		StkService ownStkService(K2Client client) {
			return new StkService(client);
		}

		@Bean
		SignatureVerifier ownVerifier() {
			return new SignatureVerifier("own", List.of());
		}

		@Bean
		WebhookParser ownParser(SignatureVerifier verifier) {
			return new WebhookParser(verifier);
		}

		@Bean
		EventDispatcher ownDispatcher(ApplicationEventPublisher publisher) {
			return new EventDispatcher(publisher, K2EventStore.none());
		}

	}

}
