package io.github.k2connect.client;

import java.net.URI;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link K2ClientSettings}.
 */
class K2ClientSettingsTests {

	@ParameterizedTest
	@CsvSource({ "https://api.kopokopo.com, https://api.kopokopo.com",
			"https://api.kopokopo.com/, https://api.kopokopo.com", "HTTPS://API.KopoKopo.com, https://api.kopokopo.com",
			"https://gateway.example:8443/, https://gateway.example:8443",
			"http://localhost:8090, http://localhost:8090", "http://127.0.0.1:8090, http://127.0.0.1:8090",
			"http://[::1]:8090, http://[::1]:8090" })
	void normalizesBaseUrl(URI baseUrl, URI origin) {
		assertThat(K2ClientSettings.of(baseUrl).baseUrl()).isEqualTo(origin);
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://api.kopokopo.com", "http://localhost.example", "http://127.0.0.1.example",
			"http://10.0.0.1", "http://[::2]", "ftp://localhost", "//api.kopokopo.com", "api.kopokopo.com", "",
			"https:///x", "mailto:support@kopokopo.com", "https://user:password@api.kopokopo.com",
			"https://user@api.kopokopo.com", "https://api.kopokopo.com/api/v1", "https://api.kopokopo.com?a=b",
			"https://api.kopokopo.com#a" })
	void rejectsUnsafeBaseUrl(URI baseUrl) {
		assertThatIllegalArgumentException().isThrownBy(() -> K2ClientSettings.of(baseUrl))
			.withMessageStartingWith("baseUrl ")
			.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain("password"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://app.kopokopo.com", "https://APP.kopokopo.com/", "http://app.kopokopo.com" })
	void rejectsRetiredHostAndNamesItsSuccessor(URI baseUrl) {
		assertThatIllegalArgumentException().isThrownBy(() -> K2ClientSettings.of(baseUrl))
			.withMessageContaining("https://api.kopokopo.com");
	}

	@Test
	void buildsSettings() {
		URI callbackUrl = URI.create("https://shop.example/k2/webhooks");
		assertThat(K2ClientSettings.builder(K2ClientSettings.PRODUCTION)
			.apiVersion(ApiVersion.V2)
			.callbackUrl(callbackUrl)
			.connectTimeout(Duration.ofSeconds(1))
			.readTimeout(Duration.ofSeconds(2))
			.callTimeout(Duration.ofSeconds(3))
			.maxAttempts(4)
			.build())
			.isEqualTo(new K2ClientSettings(K2ClientSettings.PRODUCTION, ApiVersion.V2, callbackUrl,
					Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(3), 4));
	}

	@ParameterizedTest
	@ValueSource(strings = { "/k2/webhooks", "shop.example/k2", "ftp://shop.example/k2", "https:/k2" })
	void rejectsUnreachableCallbackUrl(URI callbackUrl) {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new K2ClientSettings(K2ClientSettings.SANDBOX, ApiVersion.V1, callbackUrl,
					Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(1), 1))
			.withMessageStartingWith("callbackUrl ");
	}

	@Test
	void rejectsTimeoutsAndAttemptsBelowMinimum() {
		assertThatIllegalArgumentException().isThrownBy(() -> settings(Duration.ZERO, Duration.ofSeconds(1), 1))
			.withMessageStartingWith("connectTimeout ");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> settings(Duration.ofSeconds(1), Duration.ofSeconds(-1), 1))
			.withMessageStartingWith("readTimeout ");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> settings(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ZERO, 1))
			.withMessageStartingWith("callTimeout ");
		assertThatIllegalArgumentException().isThrownBy(() -> settings(Duration.ofSeconds(1), Duration.ofSeconds(1), 0))
			.withMessageStartingWith("maxAttempts ");
	}

	@Test
	void returnsPropertyAndReason() {
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> settings(Duration.ZERO, Duration.ofSeconds(1), 1))
			.withMessage("connectTimeout must be positive")
			.returns("connect-timeout", InvalidSettingException::property)
			.returns("must be positive", InvalidSettingException::reason);
	}

	private static K2ClientSettings settings(Duration connectTimeout, Duration readTimeout, int maxAttempts) {
		return settings(connectTimeout, readTimeout, Duration.ofSeconds(1), maxAttempts);
	}

	private static K2ClientSettings settings(Duration connectTimeout, Duration readTimeout, Duration callTimeout,
			int maxAttempts) {
		return new K2ClientSettings(K2ClientSettings.SANDBOX, ApiVersion.V1, null, connectTimeout, readTimeout,
				callTimeout, maxAttempts);
	}

}
