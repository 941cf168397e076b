package io.github.k2connect;

import java.net.URI;

import org.springframework.util.StringUtils;

/**
 * Checks of the URLs that requests and settings name.
 */
public final class HttpUrl {

	private HttpUrl() {
	}

	/**
	 * Return whether a URL can be called over HTTP.
	 * @param url the URL
	 * @return {@code true} if it has a host and the scheme {@code http} or {@code https}
	 */
	public static boolean isAbsolute(URI url) {
		return ("https".equalsIgnoreCase(url.getScheme()) || "http".equalsIgnoreCase(url.getScheme()))
				&& StringUtils.hasText(url.getHost());
	}

}
