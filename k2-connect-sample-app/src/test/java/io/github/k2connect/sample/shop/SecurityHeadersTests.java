package io.github.k2connect.sample.shop;

import java.net.http.HttpResponse;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the headers that {@link SecurityConfiguration} adds.
 */
@ShopTest
class SecurityHeadersTests {

	private final Browser browser;

	SecurityHeadersTests(@LocalServerPort int port) {
		this.browser = new Browser(port);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/", "/products/kahawa", "/products/unga", "/orders/unheard-of", "/shop.css", "/nowhere" })
	void restrictsEveryResponseToShop(String path) throws Exception {
		HttpResponse<String> response = this.browser.open(path);
		assertThat(response.headers().firstValue("Content-Security-Policy"))
			.hasValueSatisfying((policy) -> assertThat(policy).startsWith("default-src 'none'")
				.contains("script-src 'self'")
				.contains("form-action 'self'")
				.contains("frame-ancestors 'none'")
				.doesNotContain("unsafe"));
		assertThat(response.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
		assertThat(response.headers().firstValue("X-Frame-Options")).hasValue("DENY");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/shop.css", "/shop.js", "/icon.svg" })
	void allowsCachingOfPublicResources(String path) throws Exception {
		HttpResponse<String> response = this.browser.open(path);
		assertThat(response.headers().firstValue("Cache-Control")).hasValue("max-age=3600");
	}

	@Test
	void allowsOnlyBrowserToCacheForm() throws Exception {
		assertThat(this.browser.open("/products/kahawa").headers().firstValue("Cache-Control"))
			.hasValue("no-cache, private");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/", "/products/kahawa", "/nowhere" })
	void containsNoInlineScriptOrStyle(String path) throws Exception {
		assertThat(this.browser.open(path).body()).startsWith("<!DOCTYPE html>")
			.doesNotContain("<style")
			.doesNotContain("style=")
			.doesNotContainPattern("<script(?! src=\"/)")
			.doesNotContainPattern("\\son[a-z]+=");
	}

}
