package io.github.k2connect.test;

/**
 * Version of the API, as in paths.
 */
enum ApiVersion {

	V1("v1"), V2("v2");

	private final String segment;

	ApiVersion(String segment) {
		this.segment = segment;
	}

	String segment() {
		return this.segment;
	}

}
