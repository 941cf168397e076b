package io.github.k2connect.account;

import java.util.Map;

import io.github.k2connect.InvalidK2ConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests for {@link K2Properties}.
 */
class K2PropertiesTests {

	private static K2Properties bind(Map<String, String> properties) {
		return new Binder(new MapConfigurationPropertySource(properties)).bindOrCreate("k2", K2Properties.class);
	}

	@ParameterizedTest
	@CsvSource({ "account-source.cache-size, 0, must be at least 1", "account-source.cache-ttl, 0s, must be positive",
			"account-source.cache-ttl, -1s, must be positive",
			"token.refresh-before-expiry, -1s, must not be negative" })
	void rejectsInvalidValue(String property, String value, String message) {
		assertThatThrownBy(() -> bind(Map.of("k2." + property, value)))
			.hasRootCauseInstanceOf(InvalidK2ConfigurationException.class)
			.rootCause()
			.hasMessageStartingWith("k2." + property + " " + message);
	}

	@ParameterizedTest
	@CsvSource({ "account-source.cache-size, 1", "account-source.cache-ttl, 1ms", "token.refresh-before-expiry, 0s" })
	void acceptsSmallestValue(String property, String value) {
		assertThat(bind(Map.of("k2." + property, value))).isNotNull();
	}

	@Test
	void showsNoSecret() {
		K2Properties properties = bind(Map.of("k2.client-id", "the-client", "k2.client-secret", "s3cret", "k2.api-key",
				"k3y", "k2.previous-api-keys", "0ldk3y", "k2.accounts.kiosk.client-secret", "s3cret"));
		assertThat(properties).asString()
			.contains("clientId=the-client", "clientSecret=***", "apiKey=***", "previousApiKeys=1", "kiosk")
			.doesNotContain("s3cret", "k3y");
	}

	@ParameterizedTest
	@ValueSource(strings = { "client-secret", "api-key", "previous-api-keys" })
	void showsNoSecretOfAccount(String property) {
		K2Properties properties = bind(
				Map.of("k2.accounts.kiosk.client-id", "the-client", "k2.accounts.kiosk." + property, "s3cret"));
		assertThat(properties.accounts().get("kiosk")).asString().contains("the-client").doesNotContain("s3cret");
	}

}
