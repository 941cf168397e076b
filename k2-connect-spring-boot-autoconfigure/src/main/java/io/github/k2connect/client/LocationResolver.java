package io.github.k2connect.client;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.k2connect.InvalidK2RequestException;
import io.github.k2connect.Violation;

import org.springframework.util.StringUtils;
import org.springframework.web.util.UriUtils;

/**
 * Resolver for the URLs of resources, which Kopo Kopo writes in several ways. URLs of
 * other origins are rejected, because they would receive the access token.
 */
final class LocationResolver {

	private static final Pattern VERSION = Pattern.compile("^/api/v[0-9]+(?=/|$)", Pattern.CASE_INSENSITIVE);

	private static final Pattern DOTS = Pattern.compile("(?:\\.|%2e){1,2}", Pattern.CASE_INSENSITIVE);

	private final URI origin;

	LocationResolver(K2ClientSettings settings) {
		this.origin = settings.baseUrl();
	}

	/**
	 * Resolve the URL of a resource.
	 * @param location an absolute or relative URL, with or without the {@code /api/vN}
	 * part
	 * @param version the API version to use if the URL has none
	 * @return the resource at the configured origin
	 * @throws InvalidK2RequestException if the URL has another origin, or does not name a
	 * resource
	 */
	Resource resolve(URI location, ApiVersion version) {
		if (location.isOpaque() || location.getRawUserInfo() != null || !isSameOrigin(location)) {
			throw invalid("must be at the origin of the base URL");
		}
		String path = StringUtils.trimTrailingCharacter(location.getRawPath(), '/');
		path = path.startsWith("/") ? path : "/" + path;
		Matcher prefix = VERSION.matcher(path);
		String base = "/api/" + version.pathSegment();
		if (prefix.find()) {
			base = prefix.group().toLowerCase(Locale.ROOT);
			path = path.substring(prefix.end());
		}
		String[] segments = path.split("/", -1);
		if (segments.length < 3 || Arrays.stream(segments).skip(1).anyMatch(LocationResolver::isInvalidSegment)) {
			throw invalid("must name a resource");
		}
		String query = (location.getRawQuery() != null) ? "?" + location.getRawQuery() : "";
		int lastSlash = path.lastIndexOf('/');
		return new Resource(this.origin, base + path.substring(0, lastSlash), path.substring(lastSlash + 1), query);
	}

	/**
	 * Resolve what an application has stored of a resource.
	 * @param resource the last segment of the path with which such resources are created
	 * @param location the id of the resource, its absolute URL, or the path of its URL
	 * @param version the API version to use if the location has none
	 * @return the resource at the configured origin
	 * @throws InvalidK2RequestException if the location is none of these, or has another
	 * origin
	 */
	Resource resolve(String resource, String location, ApiVersion version) {
		try {
			if (StringUtils.hasText(location) && location.indexOf('/') == -1) {
				String id = UriUtils.encodePathSegment(location, StandardCharsets.UTF_8);
				return resolve(new URI("/" + resource + "/" + id), version);
			}
			URI url = new URI(location);
			if (url.isAbsolute() || location.startsWith("/")) {
				return resolve(url, version);
			}
		}
		catch (URISyntaxException ex) {
			// The message would contain the location.
		}
		throw invalid("must be an id, a URL, or a path that begins with a slash");
	}

	private boolean isSameOrigin(URI location) {
		if (location.getScheme() == null && location.getRawAuthority() == null) {
			return true;
		}
		String scheme = (location.getScheme() != null) ? location.getScheme().toLowerCase(Locale.ROOT) : "";
		if (!this.origin.getHost().equalsIgnoreCase(location.getHost())) {
			return false;
		}
		if (scheme.equals(this.origin.getScheme())) {
			return port(location) == port(this.origin);
		}
		return scheme.equals("http")
				&& (location.getPort() == this.origin.getPort() || (port(location) == 80 && port(this.origin) == 443));
	}

	private static int port(URI url) {
		if (url.getPort() != -1) {
			return url.getPort();
		}
		return "https".equalsIgnoreCase(url.getScheme()) ? 443 : 80;
	}

	private static boolean isInvalidSegment(String segment) {
		return segment.isEmpty() || DOTS.matcher(segment).matches();
	}

	private static InvalidK2RequestException invalid(String problem) {
		return new InvalidK2RequestException(List.of(new Violation("location", "location " + problem)));
	}

	/**
	 * The URL of a resource.
	 *
	 * @param origin the origin of Kopo Kopo
	 * @param parent the path up to the last slash
	 * @param id the last segment, encoded as in the URL
	 * @param query the query with its question mark, or empty
	 */
	record Resource(URI origin, String parent, String id, String query) {

		URI uri() {
			return URI.create(this.origin + this.parent + "/" + idAndQuery());
		}

		String idAndQuery() {
			return this.id + this.query;
		}

		/**
		 * Return the path with a variable instead of the id, for metrics, traces and
		 * messages.
		 */
		String template() {
			return this.parent + "/{id}";
		}

	}

}
