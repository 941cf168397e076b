package io.github.k2connect.testfixtures;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * WireMock server that stands in for Kopo Kopo. It issues tokens; a test stubs the rest.
 * Register it as a static extension: it runs during all tests of a class, and is reset
 * before each of them.
 */
public final class WireMockKopoKopo extends WireMockServer
		implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback {

	/**
	 * The access token that the server issues.
	 */
	public static final String TOKEN = "t0ken";

	public WireMockKopoKopo() {
		this(WireMockConfiguration.options());
	}

	public WireMockKopoKopo(WireMockConfiguration options) {
		super(options.dynamicPort());
	}

	@Override
	public void beforeAll(ExtensionContext context) {
		start();
	}

	@Override
	public void beforeEach(ExtensionContext context) {
		resetAll();
		stubFor(WireMock.post("/oauth/token").willReturn(WireMock.okJson("""
				{"access_token": "%s", "token_type": "Bearer", "expires_in": 3600}""".formatted(TOKEN))));
	}

	@Override
	public void afterAll(ExtensionContext context) {
		stop();
	}

}
