package io.github.k2connect;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

import org.springframework.util.StringUtils;

/**
 * Location of something that a service has started. In JSON it is its URL.
 *
 * @param uri the absolute URL of the resource at Kopo Kopo
 */
public record K2Location(@JsonValue URI uri) {

	/**
	 * Create a location.
	 * @param uri the absolute URL
	 * @throws InvalidK2RequestException if the URL is relative, or has no path
	 */
	@JsonCreator(mode = JsonCreator.Mode.DELEGATING)
	public K2Location {
		if (!uri.isAbsolute() || lastSegment(uri).isEmpty()) {
			throw invalid();
		}
	}

	/**
	 * Return the location with a URL that an application has stored.
	 * @param url the absolute URL
	 * @return the location
	 * @throws InvalidK2RequestException if it is not an absolute URL with a path
	 */
	public static K2Location of(String url) {
		try {
			return new K2Location(new URI(url));
		}
		catch (URISyntaxException ex) {
			throw invalid();
		}
	}

	/**
	 * Return the id of the result that will come: the last segment of the URL. An
	 * application stores this id, for example with its order.
	 * @return the id of the resource
	 */
	public String id() {
		return lastSegment(this.uri);
	}

	private static String lastSegment(URI uri) {
		String path = StringUtils.trimTrailingCharacter((uri.getPath() != null) ? uri.getPath() : "", '/');
		return path.substring(path.lastIndexOf('/') + 1);
	}

	private static InvalidK2RequestException invalid() {
		return new InvalidK2RequestException(
				List.of(new Violation("location", "location must be the absolute URL of a resource")));
	}

}
