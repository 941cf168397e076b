package io.github.k2connect.test;

/**
 * How strictly requests are checked.
 */
enum Strictness {

	/**
	 * Accept whatever Kopo Kopo's own SDKs document or test.
	 */
	LENIENT,

	/**
	 * Accept only what the documentation of the API names.
	 */
	STRICT

}
