package io.github.k2connect.autoconfigure;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

import io.github.k2connect.AccountName;
import io.github.k2connect.account.K2Properties;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;

/**
 * Logs warnings about callback URLs that receive no results.
 */
final class CallbackReport {

	private static final Log logger = LogFactory.getLog(CallbackReport.class);

	private static final Set<String> KOPO_KOPO = Set.of("sandbox.kopokopo.com", "api.kopokopo.com");

	private final K2Properties properties;

	private final @Nullable String endpointPath;

	/**
	 * Create a report.
	 * @param endpointPath the path of the endpoint in URLs, or {@code null} if there is
	 * no endpoint
	 */
	CallbackReport(K2Properties properties, @Nullable String endpointPath) {
		this.properties = properties;
		this.endpointPath = (endpointPath != null) ? StringUtils.trimTrailingCharacter(endpointPath, '/') : null;
	}

	void log() {
		URI baseUrl = this.properties.baseUrl();
		verify("k2.callback-url", this.properties.callbackUrl(), baseUrl, "", "/");
		this.properties.accounts()
			.forEach((name, account) -> verify("k2.accounts." + name + ".callback-url", account.callbackUrl(),
					(account.baseUrl() != null) ? account.baseUrl() : baseUrl, "/" + name));
		if (this.properties.callbackUrl() == null && this.endpointPath != null) {
			reportMissing();
		}
	}

	/**
	 * Verify a callback URL.
	 * @param ends what may follow the path of the endpoint
	 */
	private void verify(String property, @Nullable URI url, URI baseUrl, String... ends) {
		if (url == null) {
			return;
		}
		String path = this.endpointPath;
		if (path != null && Stream.of(ends).noneMatch((end) -> (path + end).equals(url.getPath()))) {
			logger.warn("The path of " + property + " is " + url.getPath() + " and the webhook endpoint is at " + path
					+ ends[0] + ": results are lost unless a proxy maps one path to the other.");
		}
		if (isKopoKopo(baseUrl)
				&& (!"https".equalsIgnoreCase(url.getScheme()) || isPrivate(String.valueOf(url.getHost())))) {
			logger.warn("Kopo Kopo cannot reach " + property + ", or not safely: it must be https and a public address."
					+ " For development use a tunnel.");
		}
	}

	private void reportMissing() {
		List<String> accounts = new ArrayList<>();
		if (StringUtils.hasText(this.properties.clientId())) {
			accounts.add(AccountName.DEFAULT);
		}
		this.properties.accounts().forEach((name, account) -> {
			if (StringUtils.hasText(account.clientId()) && account.callbackUrl() == null) {
				accounts.add(name);
			}
		});
		if (!accounts.isEmpty()) {
			logger.info("k2.callback-url is not set, so each request must have its own callback URL (accounts: "
					+ String.join(", ", accounts) + ").");
		}
	}

	private static boolean isKopoKopo(URI baseUrl) {
		String host = baseUrl.getHost();
		return host != null && KOPO_KOPO.contains(host.toLowerCase(Locale.ROOT));
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
