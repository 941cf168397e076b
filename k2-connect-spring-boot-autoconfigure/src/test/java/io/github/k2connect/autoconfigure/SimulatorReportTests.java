package io.github.k2connect.autoconfigure;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SimulatorReport}.
 */
@ExtendWith(OutputCaptureExtension.class)
class SimulatorReportTests {

	private static final String WARNING = "is the URL of a simulator on this computer";

	private static final String SIMULATOR = "k2.base-url=http://localhost:8090";

	private static void start(String profiles, String... properties) {
		new ApplicationContextRunner().withConfiguration(K2AutoConfigurations.with())
			.withInitializer((context) -> context.getEnvironment().setActiveProfiles(profiles.split(",")))
			.withPropertyValues("k2.client-id=client", "k2.client-secret=s3cret")
			.withPropertyValues(properties)
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@ParameterizedTest
	@ValueSource(strings = { "prod", "PROD", "production", "live", "prod-eu", "prod2", "eu_live", "ke.production.mpesa",
			"mysql,prod" })
	void warnsOnceOfSimulatorInProduction(String profiles, CapturedOutput output) {
		start(profiles, SIMULATOR);
		assertThat(output).containsOnlyOnce("WARN").containsOnlyOnce("but k2.base-url " + WARNING);
	}

	@ParameterizedTest
	@ValueSource(strings = { "dev", "simulator", "product", "delivery", "nonprod", "non-prod", "pre-prod", "alive" })
	void doesNotWarnOfSimulatorInOtherProfiles(String profiles, CapturedOutput output) {
		start(profiles, SIMULATOR);
		assertThat(output).contains("k2-connect uses http://localhost:8090").doesNotContain("WARN");
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://127.0.0.1", "http://[::1]:8090", "HTTP://LOCALHOST:8090" })
	void warnsOfEachLoopbackAddress(String baseUrl, CapturedOutput output) {
		start("prod", "k2.base-url=" + baseUrl);
		assertThat(output).containsOnlyOnce(WARNING);
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://api.kopokopo.com", "https://sandbox.kopokopo.com", "https://localhost:8443" })
	void doesNotWarnOfHttps(String baseUrl, CapturedOutput output) {
		start("prod", "k2.base-url=" + baseUrl);
		assertThat(output).contains("k2-connect uses " + baseUrl).doesNotContain("WARN");
	}

	@Test
	void namesAccountAtSimulator(CapturedOutput output) {
		start("prod", "k2.base-url=https://api.kopokopo.com", "k2.accounts.kiosk.client-id=kiosk",
				"k2.accounts.kiosk.client-secret=s3cret", "k2.accounts.kiosk.base-url=http://localhost:8090");
		assertThat(output).containsOnlyOnce("but k2.accounts.kiosk.base-url " + WARNING);
	}

}
