package io.github.k2connect.account;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import io.github.k2connect.client.K2ClientFactory;
import io.github.k2connect.client.K2ClientSettings;
import io.github.k2connect.webhook.SignatureVerifier;
import io.github.k2connect.webhook.WebhookParser;
import io.github.k2connect.webhook.WebhookParsers;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.support.StaticListableBeanFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link AccountWebhookParsers}: the account "kiosk" is configured, others are
 * those of a source.
 */
class AccountWebhookParsersTests {

	private final WebhookParser defaultParser = new WebhookParser(new SignatureVerifier("key", List.of()));

	private final SettableTicker ticker = new SettableTicker();

	private final Map<String, K2AccountSettings> stored = new ConcurrentHashMap<>();

	private final K2AccountSource source = (name) -> Optional.ofNullable(this.stored.get(name));

	private static K2AccountSettings settings() {
		return K2AccountSettings.builder().clientId("client").clientSecret("secret").apiKey("key").build();
	}

	private K2Accounts accounts(Map<String, K2AccountSettings> configured, @Nullable K2AccountSource source) {
		K2ClientFactory clients = new K2ClientFactory(K2ClientSettings.of(K2ClientSettings.SANDBOX));
		return new K2Accounts(new StaticListableBeanFactory(),
				new AccountConnections(() -> clients, Duration.ofSeconds(60), ObservationRegistry.NOOP), configured,
				source, new K2Properties.AccountSource(1000, Duration.ofMinutes(10)), this.ticker);
	}

	private WebhookParsers parsers(@Nullable WebhookParser defaultParser) {
		return new AccountWebhookParsers(accounts(Map.of("kiosk", settings()), this.source), defaultParser);
	}

	@Test
	void findsParserOfDefaultAccount() {
		assertThat(parsers(this.defaultParser).find("default")).containsSame(this.defaultParser);
		assertThat(parsers(this.defaultParser).refresh("default")).containsSame(this.defaultParser);
	}

	@Test
	void hasNoParserOfDefaultAccountWithoutApiKey() {
		assertThat(parsers(null).find("default")).isEmpty();
		assertThat(parsers(null).refresh("default")).isEmpty();
	}

	@Test
	void findsParserOfConfiguredAccount() {
		WebhookParsers parsers = parsers(this.defaultParser);
		assertThat(parsers.find("kiosk")).isPresent().get().isNotSameAs(this.defaultParser);
		assertThat(parsers.refresh("kiosk")).isEqualTo(parsers.find("kiosk"));
	}

	@Test
	void findsParserOfChangedAccountAfterRefresh() {
		this.stored.put("duka", settings());
		WebhookParsers parsers = parsers(null);
		WebhookParser old = parsers.find("duka").orElseThrow();
		this.stored.put("duka", K2AccountSettings.builder().apiKey("new").build());
		this.ticker.advance(Duration.ofSeconds(5));
		assertThat(parsers.find("duka")).containsSame(old);
		assertThat(parsers.refresh("duka")).isPresent().get().isNotSameAs(old);
	}

	@Test
	void findsNoParserOfUnknownAccount() {
		assertThat(parsers(this.defaultParser).find("nobody")).isEmpty();
		assertThat(parsers(this.defaultParser).refresh("nobody")).isEmpty();
		assertThatExceptionOfType(UnknownK2AccountException.class)
			.isThrownBy(() -> parsers(this.defaultParser).client("nobody"));
	}

	@Test
	void returnsClientOfAccount() {
		K2Accounts accounts = accounts(Map.of("kiosk", settings()), null);
		assertThat(new AccountWebhookParsers(accounts, null).client("kiosk")).isNotNull()
			.isSameAs(accounts.client("kiosk"));
	}

	@Test
	void observesAllAccountsOfSourceUnderOneName() {
		WebhookParsers parsers = parsers(null);
		assertThat(parsers.observedName("default")).isEqualTo("default");
		assertThat(parsers.observedName("kiosk")).isEqualTo("kiosk");
		assertThat(parsers.observedName("duka")).isEqualTo("other");
		assertThat(parsers.observedNames()).containsExactly("default", "kiosk", "other");
	}

	@Test
	void observesNoOtherNameWithoutSource() {
		assertThat(new AccountWebhookParsers(accounts(Map.of("kiosk", settings()), null), null).observedNames())
			.containsExactly("default", "kiosk");
	}

	@Test
	void namesDefaultAccountOnlyIfItHasParser() {
		assertThat(parsers(this.defaultParser).configuredNames()).containsExactly("default", "kiosk");
		assertThat(parsers(null).configuredNames()).containsExactly("kiosk");
	}

	@Test
	void hasNamedAccountsOfConfigurationOrSource() {
		assertThat(new AccountWebhookParsers(accounts(Map.of(), null), null).hasNamedAccounts()).isFalse();
		assertThat(new AccountWebhookParsers(accounts(Map.of("kiosk", settings()), null), null).hasNamedAccounts())
			.isTrue();
		assertThat(new AccountWebhookParsers(accounts(Map.of(), this.source), null).hasNamedAccounts()).isTrue();
	}

}
