package io.github.k2connect.autoconfigure;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import io.github.k2connect.AccountName;
import io.github.k2connect.account.K2Properties;
import io.github.k2connect.client.K2ClientSettings;
import io.github.k2connect.webhook.endpoint.WebhookOverview;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.web.context.reactive.ConfigurableReactiveWebEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;
import org.springframework.web.context.ConfigurableWebEnvironment;

/**
 * Logs the configuration of k2-connect at startup, with warnings about likely mistakes.
 */
final class StartupReport implements SmartInitializingSingleton {

	private static final Log logger = LogFactory.getLog(StartupReport.class);

	private final K2Properties properties;

	private final K2ClientSettings settings;

	private final Environment environment;

	private final ObjectProvider<WebhookOverview> webhook;

	StartupReport(K2Properties properties, K2ClientSettings settings, Environment environment,
			ObjectProvider<WebhookOverview> webhook) {
		this.properties = properties;
		this.settings = settings;
		this.environment = environment;
		this.webhook = webhook;
	}

	@Override
	public void afterSingletonsInstantiated() {
		WebhookOverview webhook = this.webhook.getIfAvailable();
		String path = (webhook != null) ? webhook.path() : null;
		logger.info("k2-connect uses "
				+ this.settings.baseUrl() + " with version " + version() + ", " + ((webhook != null && path != null)
						? "receives at " + path + ", event store: " + webhook.store() : "and has no webhook endpoint")
				+ accounts());
		if (path == null) {
			warnWithoutApiKey();
		}
		warnOfPreviousApiKeys();
		warnOfSharedApiKeys();
		new CallbackReport(this.properties, path).log();
		new TillNumberReport(this.environment).log();
	}

	private String version() {
		return this.settings.apiVersion().name().toLowerCase(Locale.ROOT);
	}

	private String accounts() {
		Set<String> names = this.properties.accounts().keySet();
		return names.isEmpty() ? "" : ", with the accounts " + String.join(", ", names);
	}

	private void warnWithoutApiKey() {
		if (StringUtils.hasText(this.properties.apiKey())) {
			return;
		}
		if ("jdbc".equalsIgnoreCase(this.environment.getProperty("k2.store.type"))) {
			logger.warn("k2.store.type is jdbc, which has no effect without k2.api-key.");
		}
		if (isWeb() && this.environment.getProperty("k2.webhook.enabled", Boolean.class, true)) {
			logger.warn("k2.api-key is not set, so there is no webhook endpoint: webhooks, and the results of requests,"
					+ " are not received. Set k2.api-key, or k2.webhook.enabled=false if that is intended.");
		}
	}

	private boolean isWeb() {
		return this.environment instanceof ConfigurableWebEnvironment
				|| this.environment instanceof ConfigurableReactiveWebEnvironment;
	}

	private void warnOfPreviousApiKeys() {
		Set<@Nullable String> keys = new HashSet<>();
		keys.add(this.properties.apiKey());
		for (String previous : this.properties.previousApiKeys()) {
			if (!StringUtils.hasText(previous)) {
				logger.warn("k2.previous-api-keys holds a blank key, which is ignored.");
			}
			else if (!keys.add(previous)) {
				logger.warn("k2.previous-api-keys holds a key twice, or the key that is k2.api-key: while the key is"
						+ " rotated k2.api-key is the new key and k2.previous-api-keys holds the old one.");
			}
		}
	}

	private void warnOfSharedApiKeys() {
		Map<String, Set<String>> accounts = new LinkedHashMap<>();
		addApiKeys(accounts, AccountName.DEFAULT, this.properties.apiKey(), this.properties.previousApiKeys());
		this.properties.accounts()
			.forEach((name, account) -> addApiKeys(accounts, name, account.apiKey(), account.previousApiKeys()));
		accounts.values()
			.stream()
			.filter((names) -> names.size() > 1)
			.distinct()
			.forEach((names) -> logger.warn("The accounts " + String.join(", ", names)
					+ " have an API key in common, so a message for one of them is accepted for the other too."
					+ " Set the API key of each account."));
	}

	private static void addApiKeys(Map<String, Set<String>> accounts, String name, @Nullable String apiKey,
			List<String> previousApiKeys) {
		Stream.concat(Stream.ofNullable(apiKey), previousApiKeys.stream())
			.filter(StringUtils::hasText)
			.forEach((key) -> accounts.computeIfAbsent(key, (unused) -> new LinkedHashSet<>()).add(name));
	}

}
