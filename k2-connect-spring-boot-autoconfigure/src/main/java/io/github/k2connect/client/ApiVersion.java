package io.github.k2connect.client;

import java.util.Locale;

/**
 * A version of Kopo Kopo's API. Both run side by side.
 */
public enum ApiVersion {

	/**
	 * The first version.
	 */
	V1,

	/**
	 * The second version, with send money, reversals and payment links.
	 */
	V2;

	/**
	 * Return the version as addresses have it.
	 * @return {@code v1} or {@code v2}
	 */
	public String pathSegment() {
		return name().toLowerCase(Locale.ROOT);
	}

}
