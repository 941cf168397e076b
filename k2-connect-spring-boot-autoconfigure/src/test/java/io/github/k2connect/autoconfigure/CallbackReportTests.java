package io.github.k2connect.autoconfigure;

import java.nio.file.Path;
import java.util.Map;

import io.github.k2connect.account.K2AccountAutoConfiguration;
import io.github.k2connect.scheduling.K2SchedulerAutoConfiguration;
import io.github.k2connect.webhook.endpoint.K2WebhookAutoConfiguration;
import io.github.k2connect.webhook.listener.K2ListenerAutoConfiguration;
import io.github.k2connect.webhook.reception.K2ReceptionAutoConfiguration;
import io.github.k2connect.webhook.store.K2StoreAutoConfiguration;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.modeler.Registry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.web.servlet.support.SpringBootServletInitializer;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CallbackReport}.
 */
@ExtendWith(OutputCaptureExtension.class)
class CallbackReportTests {

	private static final AutoConfigurations AUTO_CONFIGURATIONS = K2AutoConfigurations.with();

	private static final Map<String, Object> ALL = Map.of("k2.client-id", "client", "k2.client-secret", "s3cret",
			"k2.api-key", "k3y", "server.port", "0");

	private static final String[] ACCOUNTS = { "k2.api-key=k3y", "k2.accounts.kiosk.client-id=client",
			"k2.accounts.kiosk.client-secret=s3cret", "k2.accounts.kiosk.api-key=k3y2" };

	private static final String OTHER_PATH = "results are lost unless a proxy maps one path to the other";

	private static final String OWN_URL = "k2.callback-url is not set, so each request must have its own callback URL";

	private final WebApplicationContextRunner servlet = new WebApplicationContextRunner()
		.withConfiguration(AUTO_CONFIGURATIONS);

	@TempDir
	private Path directory;

	@ParameterizedTest
	@CsvSource(textBlock = """
			https://shop.example.com/shop/api/k2/webhooks, true
			https://shop.example.com/shop/k2/webhooks, false
			https://shop.example.com/k2/webhooks, false
			""")
	void findsPathOfApplicationWithOwnServer(String callback, boolean fits, CapturedOutput output) {
		new SpringApplicationBuilder(Shop.class).properties(ALL)
			.properties("server.servlet.context-path=/shop", "spring.mvc.servlet.path=/api",
					"k2.callback-url=" + callback)
			.run()
			.close();
		assertThat(output).contains("receives at /shop/api/k2/webhooks");
		assertThat(output.toString().contains(OTHER_PATH)).isEqualTo(!fits);
	}

	@ParameterizedTest
	@CsvSource(textBlock = """
			https://shop.example.com/shop/k2/webhooks, true
			https://shop.example.com/ignored/k2/webhooks, false
			https://shop.example.com/k2/webhooks, false
			""")
	void findsPathOfApplicationInWar(String callback, boolean fits, CapturedOutput output) throws Exception {
		deploy("/shop", "server.servlet.context-path=/ignored", "k2.callback-url=" + callback);
		assertThat(output).contains("receives at /shop/k2/webhooks");
		assertThat(output.toString().contains(OTHER_PATH)).isEqualTo(!fits);
	}

	private void deploy(String path, String... properties) throws Exception {
		// as Spring Boot does, which warns in later tests otherwise
		Registry.disableRegistry();
		Tomcat tomcat = new Tomcat();
		tomcat.setBaseDir(this.directory.toString());
		tomcat.setPort(0);
		Context context = tomcat.addContext(path, this.directory.toString());
		context.addServletContainerInitializer(
				(classes, servletContext) -> new War(properties).onStartup(servletContext), null);
		tomcat.start();
		tomcat.stop();
		tomcat.destroy();
	}

	@ParameterizedTest
	@ValueSource(strings = { "api", "/api/", "/api" })
	void findsPathOfReactiveApplication(String basePath, CapturedOutput output) {
		new ReactiveWebApplicationContextRunner().withConfiguration(AUTO_CONFIGURATIONS)
			.withPropertyValues("spring.webflux.base-path=" + basePath, "server.servlet.context-path=/ignored",
					"k2.api-key=k3y", "k2.callback-url=https://shop.example.com/api/k2/webhooks")
			.run((context) -> assertThat(output).contains("receives at /api/k2/webhooks").doesNotContain("WARN"));
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';', textBlock = """
			https://shop.example.com/k2/webhooks; The path of k2.accounts.kiosk.callback-url is /k2/webhooks and the \
			webhook endpoint is at /k2/webhooks/kiosk
			https://shop.example.com/k2/webhooks/shop; The path of k2.accounts.kiosk.callback-url is
			http://shop.example.com/k2/webhooks/kiosk; Kopo Kopo cannot reach k2.accounts.kiosk.callback-url
			https://localhost/k2/webhooks/kiosk; Kopo Kopo cannot reach k2.accounts.kiosk.callback-url
			""")
	void warnsOfWrongCallbackOfAccount(String callback, String warning, CapturedOutput output) {
		this.servlet.withPropertyValues(ACCOUNTS)
			.withPropertyValues("k2.accounts.kiosk.callback-url=" + callback)
			.run((context) -> assertThat(output).containsOnlyOnce(warning).containsOnlyOnce("WARN"));
	}

	@Test
	void doesNotWarnOfMatchingCallbackOfAccount(CapturedOutput output) {
		this.servlet.withPropertyValues(ACCOUNTS)
			.withPropertyValues("k2.accounts.kiosk.callback-url=https://shop.example.com/k2/webhooks/kiosk")
			.run((context) -> assertThat(output).doesNotContain("WARN").doesNotContain(OWN_URL));
	}

	@Test
	void doesNotWarnOfLocalCallbackForSimulatorOfAccount(CapturedOutput output) {
		this.servlet.withPropertyValues(ACCOUNTS)
			.withPropertyValues("k2.accounts.kiosk.base-url=http://localhost:8099",
					"k2.accounts.kiosk.callback-url=http://localhost:8080/k2/webhooks/kiosk")
			.run((context) -> assertThat(output).doesNotContain("WARN"));
	}

	@Test
	void reportsThatEachRequestNeedsCallback(CapturedOutput output) {
		this.servlet.withPropertyValues(ACCOUNTS)
			.withPropertyValues("k2.client-id=client", "k2.client-secret=s3cret")
			.run((context) -> assertThat(output).containsOnlyOnce(OWN_URL + " (accounts: default, kiosk).")
				.doesNotContain("WARN"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "k2.callback-url=https://shop.example.com/k2/webhooks", "k2.webhook.enabled=false" })
	void doesNotReportWhereRequestsNeedNoCallbackOrHaveOne(String property, CapturedOutput output) {
		this.servlet.withPropertyValues(ACCOUNTS)
			.withPropertyValues(property)
			.run((context) -> assertThat(output).doesNotContain(OWN_URL).contains("k2-connect uses"));
	}

	@Test
	void doesNotReportWithoutServices(CapturedOutput output) {
		this.servlet.withPropertyValues("k2.api-key=k3y")
			.run((context) -> assertThat(output).doesNotContain(OWN_URL).contains("k2-connect uses"));
	}

	private static final class War extends SpringBootServletInitializer {

		private final String[] properties;

		private War(String... properties) {
			this.properties = properties;
		}

		@Override
		protected SpringApplicationBuilder configure(SpringApplicationBuilder builder) {
			return builder.sources(Shop.class).properties(ALL).properties(this.properties);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ TomcatServletWebServerAutoConfiguration.class, DispatcherServletAutoConfiguration.class,
			K2AutoConfiguration.class, K2AccountAutoConfiguration.class, K2StoreAutoConfiguration.class,
			K2ListenerAutoConfiguration.class, K2SchedulerAutoConfiguration.class, K2ReceptionAutoConfiguration.class,
			K2WebhookAutoConfiguration.class })
	static class Shop {

	}

}
