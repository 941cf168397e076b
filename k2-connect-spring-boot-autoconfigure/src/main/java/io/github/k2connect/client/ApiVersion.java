package io.github.k2connect.client;

import java.util.Locale;

/**
 * A version of Kopo Kopo's API. Both run side by side. Later versions may have more
 * constants: give a {@code switch} a default branch.
 */
public enum ApiVersion {

	/**
	 * Version 1.
	 */
	V1,

	/**
	 * Version 2. Send money, reversals and payment links exist in this version only.
	 */
	V2;

	/**
	 * Return the version as a path segment.
	 * @return {@code v1} or {@code v2}
	 */
	public String pathSegment() {
		return name().toLowerCase(Locale.ROOT);
	}

}
