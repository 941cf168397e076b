package io.github.k2connect.sample.console;

import java.net.http.HttpResponse;
import java.util.Map;

import io.github.k2connect.sample.shop.Browser;
import io.github.k2connect.test.K2Simulator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for who may see and use the console.
 */
@ConsoleTest
class AccessTests {

	private static final String SWEEP = "/console/calls/send-the-whole-balance-to-the-own-accounts";

	@Autowired
	private K2Simulator simulator;

	private final Browser browser;

	AccessTests(@LocalServerPort int port) {
		this.browser = new Browser(port);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/console", "/console/events", "/console/payments", "/console/calls", SWEEP,
			"/console/waiting", "/console/changes" })
	void requiresLogin(String path) throws Exception {
		assertThat(this.browser.open(path).statusCode()).isEqualTo(401);
		assertThat(this.browser.as("user", "wrong").open(path).statusCode()).isEqualTo(401);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/console", "/console/events", "/console/payments", "/console/calls", SWEEP,
			"/console/waiting" })
	void showsPageWithoutInlineScriptOrStyle(String path) throws Exception {
		HttpResponse<String> page = this.browser.as("user", "karibu").open(path);
		assertThat(page.statusCode()).isEqualTo(200);
		assertThat(page.headers().firstValue("Content-Security-Policy")).hasValueSatisfying(
				(policy) -> assertThat(policy).startsWith("default-src 'none'; script-src 'self'; style-src 'self';"));
		assertThat(page.headers().firstValue("Cache-Control"))
			.hasValueSatisfying((header) -> assertThat(header).contains("no-store"));
		assertThat(page.body()).startsWith("<!DOCTYPE html>")
			.doesNotContain("<style")
			.doesNotContain("style=")
			.doesNotContainPattern("<script(?! src=\"/)")
			.doesNotContainPattern("\\son[a-z]+=");
	}

	@ParameterizedTest
	@ValueSource(strings = { SWEEP, "/console/waiting/retry-all", "/console/payments/SKV4XBY7PZ" })
	void rejectsFormFromAnotherSite(String path) throws Exception {
		this.simulator.reset();
		this.browser.as("user", "karibu").open("/console/calls");
		assertThat(this.browser.post(path, Map.of("order", "00000000")).statusCode()).isEqualTo(403);
		assertThat(this.browser.post(path, Map.of("_csrf", this.browser.csrfToken())).statusCode()).isEqualTo(403);
		assertThat(this.simulator.requests()).extracting((request) -> request.path())
			.noneMatch((sent) -> sent.endsWith("/send_money"));
	}

	@Test
	void keepsTokenOfFormsWhileOtherPagesAreOpened() throws Exception {
		this.browser.as("user", "karibu");
		assertThat(this.browser.open(SWEEP).headers().allValues("Set-Cookie")).hasSize(1);
		assertThat(this.browser.open("/console/events").headers().allValues("Set-Cookie")).isEmpty();
		assertThat(this.browser.open(SWEEP).headers().allValues("Set-Cookie")).isEmpty();
	}

}
