package io.github.k2connect;

import java.net.URI;
import java.net.URISyntaxException;

import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;

/**
 * Checks of the URLs that requests and settings name.
 *
 * @hidden
 */
@API(status = API.Status.INTERNAL)
public final class HttpUrl {

	private static final URI UNREADABLE = URI.create("unreadable:url");

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

	/**
	 * Read a URL. An unreadable one is no failure here: it becomes a URL that
	 * {@link #isAbsolute(URI)} refuses, so that a request reports it with all else that
	 * is wrong.
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
