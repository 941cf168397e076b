package io.github.k2connect.account;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import io.github.k2connect.client.K2ClientFactory;
import io.github.k2connect.client.K2ClientSettings;
import io.github.k2connect.webhook.SignatureVerifier;
import io.github.k2connect.webhook.WebhookAccounts;
import io.github.k2connect.webhook.WebhookParser;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.support.StaticListableBeanFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link K2WebhookAccounts}: the account "kiosk" is configured, others are
 * those of a source.
 */
class K2WebhookAccountsTests {

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

	private WebhookAccounts parsers(@Nullable WebhookParser defaultParser) {
		return new K2WebhookAccounts(accounts(Map.of("kiosk", settings()), this.source), defaultParser);
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
		WebhookAccounts parsers = parsers(this.defaultParser);
		assertThat(parsers.find("kiosk")).isPresent().get().isNotSameAs(this.defaultParser);
		assertThat(parsers.refresh("kiosk")).isEqualTo(parsers.find("kiosk"));
	}

	@Test
	void findsParserOfChangedAccountAfterRefresh() {
		this.stored.put("duka", settings());
		WebhookAccounts parsers = parsers(null);
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
	}

	@Test
	void observesAllAccountsOfSourceUnderOneName() {
		WebhookAccounts parsers = parsers(null);
		assertThat(parsers.observedName("default")).isEqualTo("default");
		assertThat(parsers.observedName("kiosk")).isEqualTo("kiosk");
		assertThat(parsers.observedName("duka")).isEqualTo("other");
		assertThat(parsers.observedNames()).containsExactly("default", "kiosk", "other");
	}

	@Test
	void observesNoOtherNameWithoutSource() {
		assertThat(new K2WebhookAccounts(accounts(Map.of("kiosk", settings()), null), null).observedNames())
			.containsExactly("default", "kiosk");
	}

	@Test
	void namesDefaultAccountOnlyIfItHasParser() {
		assertThat(parsers(this.defaultParser).configuredNames()).containsExactly("default", "kiosk");
		assertThat(parsers(null).configuredNames()).containsExactly("kiosk");
	}

	@Test
	void hasNamedAccountsOfConfigurationOrSource() {
		assertThat(new K2WebhookAccounts(accounts(Map.of(), null), null).hasNamedAccounts()).isFalse();
		assertThat(new K2WebhookAccounts(accounts(Map.of("kiosk", settings()), null), null).hasNamedAccounts())
			.isTrue();
		assertThat(new K2WebhookAccounts(accounts(Map.of(), this.source), null).hasNamedAccounts()).isTrue();
	}

}
