package io.github.k2connect.account;

import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;

import io.github.k2connect.Ticker;
import io.github.k2connect.client.K2ClientFactory;
import io.github.k2connect.webhook.WebhookAccounts;
import io.github.k2connect.webhook.WebhookParser;
import io.micrometer.observation.ObservationRegistry;

import org.springframework.beans.factory.support.StaticListableBeanFactory;

/**
 * Accounts without an application context.
 */
public final class TestAccounts {

	private TestAccounts() {
	}

	/**
	 * Create the accounts of a source.
	 */
	public static K2Accounts of(K2AccountSource source, Supplier<K2ClientFactory> clients, int cacheSize, Duration ttl,
			Ticker ticker) {
		return new K2Accounts(new StaticListableBeanFactory(),
				new AccountConnections(clients, Duration.ofMinutes(1), ObservationRegistry.NOOP), Map.of(), source,
				new K2Properties.AccountSource(cacheSize, ttl), ticker);
	}

	/**
	 * Create the parsers of accounts.
	 */
	public static WebhookAccounts parsers(K2Accounts accounts, WebhookParser defaultParser) {
		return new K2WebhookAccounts(accounts, defaultParser);
	}

}
