package io.github.k2connect.client;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

import io.github.k2connect.InvalidK2RequestException;

import org.springframework.util.StringUtils;

/**
 * The addresses of resources at one origin. Kopo Kopo writes them in several ways;
 * whichever it is, the bearer token only ever goes to the origin that is configured.
 */
final class LocationResolver {

	private static final Pattern VERSION = Pattern.compile("^/api/v[0-9]+(?=/|$)");

	private static final Pattern PARENT = Pattern.compile("(?:\\.|%2e){1,2}", Pattern.CASE_INSENSITIVE);

	private final URI origin;

	LocationResolver(K2ClientSettings settings) {
		this.origin = settings.baseUrl();
	}

	/**
	 * Return where the resource is fetched.
	 * @param location an absolute or relative address, with or without the
	 * {@code /api/vN} part
	 * @param version the version of an address without that part
	 * @return its place at the origin
	 * @throws InvalidK2RequestException if it is elsewhere, or names no resource
	 */
	Resource resolve(URI location, ApiVersion version) {
		if (location.isOpaque() || location.getRawUserInfo() != null || !isHere(location)) {
			throw refused("location must be at the origin of the base URL");
		}
		String path = StringUtils.trimTrailingCharacter(location.getRawPath(), '/');
		path = path.startsWith("/") ? path : "/" + path;
		path = VERSION.matcher(path).find() ? path : "/api/" + version.pathSegment() + path;
		String[] segments = VERSION.matcher(path).replaceFirst("").split("/", -1);
		if (segments.length < 3 || Arrays.stream(segments).skip(1).anyMatch(LocationResolver::isNoName)) {
			throw refused("location must name a resource");
		}
		String query = (location.getRawQuery() != null) ? "?" + location.getRawQuery() : "";
		int lastSlash = path.lastIndexOf('/');
		return new Resource(this.origin, path.substring(0, lastSlash), path.substring(lastSlash + 1), query);
	}

	private boolean isHere(URI location) {
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

	private static boolean isNoName(String segment) {
		return segment.isEmpty() || PARENT.matcher(segment).matches();
	}

	private static InvalidK2RequestException refused(String violation) {
		return new InvalidK2RequestException(List.of(violation));
	}

	/**
	 * The place of a resource.
	 *
	 * @param origin where Kopo Kopo is
	 * @param parent the path up to the last slash
	 * @param id the last segment, encoded as in the address
	 * @param query the query with its question mark, empty when there is none
	 */
	record Resource(URI origin, String parent, String id, String query) {

		URI uri() {
			return URI.create(this.origin + this.parent + "/" + idAndQuery());
		}

		String idAndQuery() {
			return this.id + this.query;
		}

		/**
		 * Return the path with a variable in place of the id, for metrics, traces and
		 * messages.
		 */
		String template() {
			return this.parent + "/{id}";
		}

	}

}
