package io.github.k2connect.autoconfigure;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import io.github.k2connect.webhook.WebhookEndpoint;
import io.github.k2connect.webhook.store.K2EventStore;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * Logs the configuration of k2-connect at startup, with warnings about likely mistakes.
 */
final class StartupReport implements SmartInitializingSingleton {

	private static final Log logger = LogFactory.getLog(StartupReport.class);

	private static final Set<String> KOPO_KOPO = Set.of("sandbox.kopokopo.com", "api.kopokopo.com");

	private final K2Properties properties;

	private final Environment environment;

	private final ObjectProvider<WebhookEndpoint> endpoint;

	private final ObjectProvider<K2EventStore> store;

	private final @Nullable List<String> pathPrefixes;

	/**
	 * Create a report.
	 * @param pathPrefixes the properties with a prefix of the endpoint's path, or
	 * {@code null} if this is not a web application
	 */
	StartupReport(K2Properties properties, Environment environment, ObjectProvider<WebhookEndpoint> endpoint,
			ObjectProvider<K2EventStore> store, @Nullable List<String> pathPrefixes) {
		this.properties = properties;
		this.environment = environment;
		this.endpoint = endpoint;
		this.store = store;
		this.pathPrefixes = pathPrefixes;
	}

	@Override
	public void afterSingletonsInstantiated() {
		boolean receives = this.endpoint.stream().findAny().isPresent();
		logger.info("k2-connect uses " + this.properties.baseUrl() + " with version " + version() + ", " + (receives
				? "receives at " + path() + " and remembers events in " + storeName() : "and has no webhook endpoint")
				+ accounts());
		if (!receives) {
			warnWithoutApiKey();
		}
		warnOfPreviousApiKeys();
		URI callbackUrl = this.properties.callbackUrl();
		if (callbackUrl != null) {
			if (receives) {
				warnOfPath(callbackUrl);
			}
			warnOfUnreachable(callbackUrl);
		}
	}

	private String version() {
		return this.properties.apiVersion().name().toLowerCase(Locale.ROOT);
	}

	private String accounts() {
		Set<String> names = this.properties.accounts().keySet();
		return names.isEmpty() ? "" : ", with the accounts " + String.join(", ", names);
	}

	private String storeName() {
		return (this.properties.webhook().store() == K2Properties.Store.NONE) ? "no store"
				: this.store.stream().findFirst().map((bean) -> bean.getClass().getSimpleName()).orElse("no store");
	}

	private void warnWithoutApiKey() {
		if (StringUtils.hasText(this.properties.apiKey())) {
			return;
		}
		if (this.environment.containsProperty("k2.webhook.store")) {
			logger.warn("k2.webhook.store is set and has no effect without k2.api-key.");
		}
		if (this.pathPrefixes != null && this.properties.webhook().enabled()) {
			logger.warn("k2.api-key is not set, so there is no webhook endpoint: webhooks, and the results of requests,"
					+ " are not received. Set k2.api-key, or k2.webhook.enabled=false if that is intended.");
		}
	}

	private void warnOfPreviousApiKeys() {
		Set<String> keys = new HashSet<>();
		if (this.properties.apiKey() != null) {
			keys.add(this.properties.apiKey());
		}
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

	private void warnOfPath(URI callbackUrl) {
		String path = path();
		if (!withoutSlash(path).equals(withoutSlash(String.valueOf(callbackUrl.getPath())))) {
			logger.warn("The path of k2.callback-url is " + callbackUrl.getPath() + " and the webhook endpoint is at "
					+ path + ": results are lost unless a proxy maps one path to the other.");
		}
	}

	private static String withoutSlash(String path) {
		return StringUtils.trimTrailingCharacter(path, '/');
	}

	private void warnOfUnreachable(URI callbackUrl) {
		String host = this.properties.baseUrl().getHost();
		if (host == null || !KOPO_KOPO.contains(host.toLowerCase(Locale.ROOT))) {
			return;
		}
		if (!"https".equalsIgnoreCase(callbackUrl.getScheme()) || isPrivate(String.valueOf(callbackUrl.getHost()))) {
			logger.warn("Kopo Kopo cannot reach k2.callback-url, or not safely: it must be https and a public address."
					+ " For development use a tunnel.");
		}
	}

	private String path() {
		StringBuilder path = new StringBuilder();
		for (String prefix : (this.pathPrefixes != null) ? this.pathPrefixes : List.<String>of()) {
			path.append(StringUtils.trimTrailingCharacter(this.environment.getProperty(prefix, ""), '/'));
		}
		return path.append(this.properties.webhook().path()).toString();
	}

	/**
	 * Return whether the host is private. It checks IP addresses and non-public names,
	 * without a DNS lookup.
	 */
	private static boolean isPrivate(String host) {
		if (host.startsWith("[") || host.matches("[0-9.]+")) {
			try {
				InetAddress address = InetAddress.getByName(host);
				return address.isLoopbackAddress() || address.isSiteLocalAddress() || address.isLinkLocalAddress()
						|| address.isAnyLocalAddress() || isUniqueLocal(address.getAddress());
			}
			catch (UnknownHostException ex) {
				return true;
			}
		}
		String name = host.toLowerCase(Locale.ROOT);
		return name.indexOf('.') < 0 || name.endsWith(".localhost") || name.endsWith(".local")
				|| name.endsWith(".internal");
	}

	private static boolean isUniqueLocal(byte[] address) {
		return address.length == 16 && (address[0] & 0xfe) == 0xfc;
	}

}
