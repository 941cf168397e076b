package com.example.shop;

/**
 * Tests for direct mode in a WAR file.
 */
class DirectWarIT extends WarTests {

	DirectWarIT() {
		super("direct");
	}

}
