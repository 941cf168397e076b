package io.github.k2connect.account;

import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.github.k2connect.InvalidK2ConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link ConfiguredAccounts}.
 */
class ConfiguredAccountsTests {

	private static ConfiguredAccounts configured(Map<String, String> properties) {
		K2Properties bound = new Binder(new MapConfigurationPropertySource(properties)).bindOrCreate("k2",
				K2Properties.class);
		return new ConfiguredAccounts(bound, false, true);
	}

	@Test
	void hasSettingsOfEachAccount() {
		ConfiguredAccounts accounts = configured(Map.of("k2.accounts.kiosk.client-id", "client",
				"k2.accounts.kiosk.client-secret", "secret", "k2.accounts.kiosk.base-url", "https://api.kopokopo.com",
				"k2.accounts.school.api-key", "key", "k2.accounts.school.previous-api-keys", "old"));
		assertThat(accounts.accounts()).containsOnly(
				Map.entry("kiosk",
						K2AccountSettings.builder()
							.clientId("client")
							.clientSecret("secret")
							.baseUrl(URI.create("https://api.kopokopo.com"))
							.build()),
				Map.entry("school", K2AccountSettings.builder().apiKey("key").previousApiKeys(List.of("old")).build()));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					k2.accounts.default.api-key    | key                      | k2.accounts.default has the name of the account that
					k2.accounts.a_b.api-key        | key                      | k2.accounts.a_b has an invalid name.
					k2.accounts.kiosk.client-id    | client                   | k2.accounts.kiosk cannot be used: clientSecret is required
					k2.accounts.kiosk.base-url     | https://api.kopokopo.com | k2.accounts.kiosk cannot be used: clientId and clientSecret,
					k2.accounts.kiosk.callback-url | /hooks                   | k2.accounts.kiosk cannot be used: callbackUrl
					""")
	void rejectsInvalidAccount(String property, String value, String message) {
		Map<String, String> properties = new HashMap<>(Map.of("k2.api-key", "key", property, value));
		if (property.endsWith("callback-url")) {
			properties.put("k2.accounts.kiosk.api-key", "key");
		}
		assertThatExceptionOfType(InvalidK2ConfigurationException.class).isThrownBy(() -> configured(properties))
			.withMessageStartingWith(message);
	}

}
