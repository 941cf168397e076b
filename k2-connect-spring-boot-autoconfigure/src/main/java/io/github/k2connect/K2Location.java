package io.github.k2connect;

import java.net.URI;
import java.util.List;

import org.springframework.util.StringUtils;

/**
 * The address of a resource, as the services return it and accept it again.
 */
public final class K2Location {

	private K2Location() {
	}

	/**
	 * Return the id under which the result of a request comes: the last segment of the
	 * address that starting it returned. An application stores it with its order.
	 * @param location the address of a resource, absolute or relative
	 * @return the id that the event of the result has
	 * @throws InvalidK2RequestException if the address has no path
	 */
	public static String id(URI location) {
		String path = StringUtils.trimTrailingCharacter((location.getPath() != null) ? location.getPath() : "", '/');
		String id = path.substring(path.lastIndexOf('/') + 1);
		if (id.isEmpty()) {
			throw new InvalidK2RequestException(List.of("location must name a resource"));
		}
		return id;
	}

}
