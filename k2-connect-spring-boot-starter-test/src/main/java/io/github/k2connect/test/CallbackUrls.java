package io.github.k2connect.test;

import java.net.URI;

import org.jspecify.annotations.Nullable;

/**
 * URLs of the application: as given, and with the origin where it listens.
 */
final class CallbackUrls {

	private static final int MAX_PORT = 65_535;

	private CallbackUrls() {
	}

	static boolean isAbsolute(URI url) {
		return ("http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme()))
				&& url.getHost() != null && url.getPort() <= MAX_PORT;
	}

	/**
	 * Check an origin.
	 * @return the origin
	 * @throws IllegalArgumentException when it is not absolute http or https
	 */
	static @Nullable URI requireOrigin(@Nullable URI origin) {
		if (origin != null && !isAbsolute(origin)) {
			throw new IllegalArgumentException("The callback origin must be an absolute http or https URL");
		}
		return origin;
	}

	/**
	 * Move a URL to an origin.
	 */
	static URI atOrigin(URI url, URI origin) {
		String query = (url.getRawQuery() != null) ? "?" + url.getRawQuery() : "";
		return URI.create(origin.getScheme() + "://" + origin.getRawAuthority() + url.getRawPath() + query);
	}

}
