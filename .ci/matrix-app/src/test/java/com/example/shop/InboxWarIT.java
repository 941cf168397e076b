package com.example.shop;

/**
 * Tests for inbox mode in a WAR file.
 */
class InboxWarIT extends WarTests {

	InboxWarIT() {
		super("inbox");
	}

}
