package io.github.k2connect;

import java.net.URI;
import java.util.List;

import org.springframework.util.StringUtils;

/**
 * Utility methods for the location of a resource: the URL that a service returns for a
 * request that it started.
 */
public final class K2Location {

	private K2Location() {
	}

	/**
	 * Return the id that the result of a request has: the last segment of the URL. An
	 * application stores this id, for example with its order.
	 * @param location the URL of a resource, absolute or relative
	 * @return the id of the result event
	 * @throws InvalidK2RequestException if the URL has no path
	 */
	public static String id(URI location) {
		String path = StringUtils.trimTrailingCharacter((location.getPath() != null) ? location.getPath() : "", '/');
		String id = path.substring(path.lastIndexOf('/') + 1);
		if (id.isEmpty()) {
			throw new InvalidK2RequestException(List.of(new Violation("location", "location must name a resource")));
		}
		return id;
	}

}
