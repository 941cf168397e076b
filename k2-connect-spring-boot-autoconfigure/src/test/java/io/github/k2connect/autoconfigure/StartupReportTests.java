package io.github.k2connect.autoconfigure;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link StartupReport}.
 */
@ExtendWith(OutputCaptureExtension.class)
class StartupReportTests {

	private static final AutoConfigurations AUTO_CONFIGURATIONS = K2AutoConfigurations.with();

	private static final String[] OAUTH = { "k2.client-id=client", "k2.client-secret=s3cret" };

	private static final String[] ALL = { "k2.client-id=client", "k2.client-secret=s3cret", "k2.api-key=k3y" };

	private static final String NO_ENDPOINT = "k2.api-key is not set, so there is no webhook endpoint";

	private static final String OTHER_PATH = "The path of k2.callback-url is ";

	private static final String UNREACHABLE = "Kopo Kopo cannot reach k2.callback-url";

	private final WebApplicationContextRunner servlet = new WebApplicationContextRunner()
		.withConfiguration(AUTO_CONFIGURATIONS);

	private final ReactiveWebApplicationContextRunner reactive = new ReactiveWebApplicationContextRunner()
		.withConfiguration(AUTO_CONFIGURATIONS);

	private void start(String... properties) {
		this.servlet.withPropertyValues(properties).run((context) -> assertThat(context).hasNotFailed());
	}

	private void startWithAll(String... properties) {
		this.servlet.withPropertyValues(ALL)
			.withPropertyValues(properties)
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void summarizesConfigurationInOneLine(CapturedOutput output) {
		startWithAll("k2.webhook.path=/shop/k2/webhooks");
		assertThat(output)
			.containsOnlyOnce("k2-connect uses https://sandbox.kopokopo.com with version v1, receives at"
					+ " /shop/k2/webhooks, event store: memory")
			.doesNotContain("WARN", "s3cret", "k3y");
	}

	@Test
	void summarizesConfigurationWithLazyInitialization(CapturedOutput output) {
		this.servlet
			.withInitializer(
					(context) -> context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
			.withPropertyValues(ALL)
			.withPropertyValues("k2.store.type=none")
			.run((context) -> assertThat(output).containsOnlyOnce("k2-connect uses ").contains("event store: none"));
	}

	@Test
	void warnsOfWebApplicationWithoutApiKey(CapturedOutput output) {
		start(OAUTH);
		assertThat(output).containsOnlyOnce(NO_ENDPOINT).contains("and has no webhook endpoint");
	}

	@Test
	void doesNotWarnWithoutEndpoint(CapturedOutput output) {
		new ApplicationContextRunner().withConfiguration(AUTO_CONFIGURATIONS)
			.withPropertyValues(OAUTH)
			.run((context) -> assertThat(context).hasNotFailed());
		start("k2.client-id=client", "k2.client-secret=s3cret", "k2.webhook.enabled=false", "k2.api-key= ");
		assertThat(output).doesNotContain("WARN");
	}

	@Test
	void warnsOfStoreWithoutApiKey(CapturedOutput output) {
		start("k2.client-id=client", "k2.client-secret=s3cret", "k2.store.type=jdbc");
		assertThat(output).containsOnlyOnce("k2.store.type is jdbc, which has no effect without k2.api-key");
	}

	/**
	 * Other tasks of the application would use the database.
	 */
	@Test
	void doesNotWarnOfAbsentStoreWithoutApiKey(CapturedOutput output) {
		start("k2.client-id=client", "k2.client-secret=s3cret", "k2.store.type=none");
		assertThat(output).doesNotContain("k2.store.type");
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';', textBlock = """
			k3y; or the key that is k2.api-key
			old,old; holds a key twice
			old, ,older; holds a blank key
			""")
	void warnsOfUselessPreviousKeys(String keys, String warning, CapturedOutput output) {
		startWithAll("k2.previous-api-keys=" + keys);
		assertThat(output).containsOnlyOnce(warning);
	}

	@Test
	void warnsOfAccountsThatShareApiKey(CapturedOutput output) {
		startWithAll("k2.accounts.kiosk.api-key=s3cret-key", "k2.accounts.school.api-key=other",
				"k2.accounts.school.previous-api-keys=s3cret-key", "k2.accounts.rent.api-key=k3y");
		assertThat(output).containsOnlyOnce("The accounts kiosk, school have an API key in common")
			.containsOnlyOnce("The accounts default, rent have an API key in common")
			.doesNotContain("s3cret", "k3y");
	}

	@Test
	void doesNotWarnOfAccountsWithOwnKeys(CapturedOutput output) {
		startWithAll("k2.accounts.kiosk.api-key=one", "k2.accounts.kiosk.previous-api-keys=one, ",
				"k2.accounts.school.api-key=another", "k2.accounts.school.previous-api-keys=, ");
		assertThat(output).doesNotContain("in common");
	}

	@ParameterizedTest
	@ValueSource(strings = { "old", "old,older", "${K2_NOT_SET:}" })
	void doesNotWarnOfUsefulPreviousKeys(String keys, CapturedOutput output) {
		startWithAll("k2.previous-api-keys=" + keys);
		assertThat(output).doesNotContain("WARN");
	}

	@ParameterizedTest
	@CsvSource(textBlock = """
			k2.webhook.path=/hooks, k2.enabled=true, https://shop.example.com/k2/webhooks
			k2.enabled=true, k2.api-version=v2, https://shop.example.com
			spring.webflux.base-path=/api, k2.enabled=true, https://shop.example.com/api/k2/webhooks
			""")
	void warnsOfCallbackWithAnotherPath(String property, String another, String callback, CapturedOutput output) {
		startWithAll(property, another, "k2.callback-url=" + callback);
		assertThat(output).containsOnlyOnce(OTHER_PATH).doesNotContain(UNREACHABLE);
	}

	@ParameterizedTest
	@CsvSource(textBlock = """
			k2.webhook.path=/hooks, k2.enabled=true, https://shop.example.com/hooks
			k2.webhook.path=/hooks/, k2.enabled=true, https://shop.example.com/hooks
			k2.enabled=true, k2.api-version=v2, https://shop.example.com/k2/webhooks/
			spring.mvc.servlet.path=/, k2.enabled=true, https://shop.example.com:8443/k2/webhooks?shop=1
			k2.webhook.enabled=false, k2.enabled=true, https://shop.example.com/elsewhere
			k2.base-url=http://localhost:8099, k2.enabled=true, http://localhost:8080/k2/webhooks
			""")
	void doesNotWarnOfMatchingCallback(String property, String another, String callback, CapturedOutput output) {
		startWithAll(property, another, "k2.callback-url=" + callback);
		assertThat(output).doesNotContain("WARN");
	}

	@Test
	void findsPathOfReactiveApplication(CapturedOutput output) {
		this.reactive.withPropertyValues(ALL)
			.withPropertyValues("spring.webflux.base-path=/api", "server.servlet.context-path=/not-here",
					"k2.callback-url=https://shop.example.com/api/k2/webhooks")
			.run((context) -> assertThat(output).contains("receives at /api/k2/webhooks").doesNotContain("WARN"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://shop.example.com", "https://localhost:8443", "https://127.0.0.1",
			"https://10.1.2.3", "https://192.168.1.20:8080", "https://172.16.0.1", "https://169.254.1.1",
			"https://[::1]", "https://[fd00::1]", "https://[fe80::1]", "https://shop", "https://shop.localhost",
			"https://shop.local", "https://0.0.0.0" })
	void warnsOfCallbackThatKopoKopoCannotReach(String origin, CapturedOutput output) {
		startWithAll("k2.callback-url=" + origin + "/k2/webhooks");
		assertThat(output).containsOnlyOnce(UNREACHABLE);
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "https://shop.example.com", "https://8.8.8.8", "https://172.32.0.1", "https://[2001:db8::1]" })
	void doesNotWarnOfPublicCallback(String origin, CapturedOutput output) {
		startWithAll("k2.callback-url=" + origin + "/k2/webhooks", "k2.base-url=https://api.kopokopo.com");
		assertThat(output).doesNotContain("WARN");
	}

}
