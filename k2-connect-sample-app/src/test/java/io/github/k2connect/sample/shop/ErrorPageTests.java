package io.github.k2connect.sample.shop;

import java.net.http.HttpResponse;
import java.util.Map;

import org.junit.jupiter.api.Test;

import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the error pages.
 */
@ShopTest
class ErrorPageTests {

	private final Browser browser;

	ErrorPageTests(@LocalServerPort int port) {
		this.browser = new Browser(port);
	}

	@Test
	void linksUnknownAddressBackToShop() throws Exception {
		assertPage(this.browser.open("/nowhere"), 404, "There is nothing here");
	}

	@Test
	void linksInvalidRequestBackToShop() throws Exception {
		assertPage(this.browser.submit("/", Map.of()), 405, "We did not understand that");
	}

	@Test
	void warnsOfSecondPaymentAfterServerError() throws Exception {
		HttpResponse<String> page = this.browser.open("/error");
		assertPage(page, 500, "Something broke on our side");
		assertThat(page.body()).contains("do not pay again");
	}

	private static void assertPage(HttpResponse<String> page, int status, String heading) {
		assertThat(page.statusCode()).isEqualTo(status);
		assertThat(page.body()).contains("<h1>" + heading + "</h1>").contains("href=\"/\">Back to the shop");
	}

}
