package io.github.k2connect.test;

import io.github.k2connect.testfixtures.browser.Chromium;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Chromium}, with pages that change while a test acts on them.
 */
class ChromiumTests {

	@RegisterExtension
	private static final Chromium browser = new Chromium();

	@Test
	void typesIntoFieldThatPageHidesForMoment() {
		browser.open("data:text/html,<input value='old' onchange=\"this.hidden = true;"
				+ "setTimeout(() => this.hidden = false, 300)\">");
		browser.type("input", "new");
		assertThat(browser.run("return document.querySelector('input').value")).isEqualTo("new");
	}

}
