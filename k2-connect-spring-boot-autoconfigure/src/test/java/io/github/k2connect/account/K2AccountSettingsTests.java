package io.github.k2connect.account;

import java.net.URI;
import java.util.List;

import io.github.k2connect.client.ApiVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class K2AccountSettingsTests {

	@Test
	void buildsSettingsWithAllValues() {
		K2AccountSettings settings = K2AccountSettings.builder()
			.clientId("client")
			.clientSecret("secret")
			.apiKey("key")
			.previousApiKeys(List.of("old"))
			.baseUrl(URI.create("https://api.kopokopo.com"))
			.apiVersion(ApiVersion.V2)
			.callbackUrl(URI.create("https://duka.example/hooks"))
			.build();
		assertThat(settings).isEqualTo(new K2AccountSettings("client", "secret", "key", List.of("old"),
				URI.create("https://api.kopokopo.com"), ApiVersion.V2, URI.create("https://duka.example/hooks")));
	}

	@ParameterizedTest
	@NullSource
	@ValueSource(strings = { "", " " })
	void requiresClientSecretWithClientId(String blank) {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> K2AccountSettings.builder().clientId("client").clientSecret(blank).apiKey("key").build())
			.withMessageStartingWith("clientSecret");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> K2AccountSettings.builder().clientId(blank).clientSecret("secret").apiKey("key").build())
			.withMessageStartingWith("clientId")
			.withMessageNotContaining("secret'");
	}

	@Test
	void rejectsAccountWithoutCredentialsAndApiKey() {
		assertThatIllegalArgumentException().isThrownBy(() -> K2AccountSettings.builder().apiKey(" ").build())
			.withMessageStartingWith("clientId and clientSecret, or apiKey");
	}

	@Test
	void requiresApiKeyWithPreviousKeysAndDropsBlankOnes() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> K2AccountSettings.builder()
				.clientId("client")
				.clientSecret("secret")
				.previousApiKeys(List.of("old"))
				.build())
			.withMessageStartingWith("apiKey");
		assertThat(K2AccountSettings.builder().apiKey("key").previousApiKeys(List.of(" ", "old")).build())
			.extracting(K2AccountSettings::previousApiKeys)
			.isEqualTo(List.of("old"));
	}

	@Test
	void redactsSecretsInToString() {
		assertThat(K2AccountSettings.builder()
			.clientId("client")
			.clientSecret("the-secret")
			.apiKey("the-key")
			.previousApiKeys(List.of("the-old-key"))
			.build()).asString()
			.contains("client", "clientSecret=***", "apiKey=***", "previousApiKeys=1")
			.doesNotContain("the-secret", "the-key", "the-old-key");
		assertThat(K2AccountSettings.builder().apiKey("the-key").build()).asString()
			.contains("clientSecret=missing", "apiKey=***");
	}

}
