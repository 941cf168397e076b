package io.github.k2connect;

import java.net.URI;
import java.net.URISyntaxException;

import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;

/**
 * Checks for the URLs in requests and settings.
 *
 * @hidden
 */
@API(status = API.Status.INTERNAL)
public final class HttpUrl {

	private static final URI UNREADABLE = URI.create("unreadable:url");

	private HttpUrl() {
	}

	/**
	 * Return whether the URL is absolute and can be called over HTTP.
	 * @param url the URL
	 * @return {@code true} if it has a host and the scheme {@code http} or {@code https}
	 */
	public static boolean isAbsolute(URI url) {
		return ("https".equalsIgnoreCase(url.getScheme()) || "http".equalsIgnoreCase(url.getScheme()))
				&& StringUtils.hasText(url.getHost());
	}

	/**
	 * Parse a URL. An invalid URL becomes one that {@link #isAbsolute(URI)} rejects, so
	 * that a request can report it together with its other violations.
	 * @param url the URL as written, or {@code null}
	 * @return the URL, or {@code null}
	 */
	public static @Nullable URI parse(@Nullable String url) {
		try {
			return (url != null) ? new URI(url.strip()) : null;
		}
		catch (URISyntaxException ex) {
			return UNREADABLE;
		}
	}

}
