package io.github.k2connect.account;

import java.net.URI;

import io.github.k2connect.client.ApiVersion;
import io.github.k2connect.client.K2ClientSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link AccountConnections}.
 */
class AccountConnectionsTests {

	private static final K2ClientSettings DEFAULTS = K2ClientSettings.of(K2ClientSettings.SANDBOX);

	private final K2AccountSettings settings = K2AccountSettings.builder().apiKey("k3y").build();

	@ParameterizedTest
	@CsvSource(textBlock = """
			https://shop.example/k2/webhooks,         https://shop.example/k2/webhooks/kiosk
			https://shop.example/k2/webhooks/,        https://shop.example/k2/webhooks/kiosk
			https://shop.example,                     https://shop.example/kiosk
			https://shop.example:8443/k2?key=a%2Fb&c, https://shop.example:8443/k2/kiosk?key=a%2Fb&c
			https://shop.example/k2%20webhooks/é,     https://shop.example/k2%20webhooks/é/kiosk
			https://[2001:db8::1]/k2,                 https://[2001:db8::1]/k2/kiosk
			""")
	void callbackUrlIsThatOfTheDefaultAccountWithTheName(URI defaultUrl, URI callbackUrl) {
		K2ClientSettings defaults = DEFAULTS.with(DEFAULTS.baseUrl(), ApiVersion.V2, defaultUrl);
		assertThat(AccountConnections.clientSettings("kiosk", this.settings, defaults).callbackUrl())
			.isEqualTo(callbackUrl);
	}

	@Test
	void hasNoCallbackUrlUnlessTheDefaultAccountHasOne() {
		assertThat(AccountConnections.clientSettings("kiosk", this.settings, DEFAULTS).callbackUrl()).isNull();
	}

}
