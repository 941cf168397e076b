package io.github.k2connect.test;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SiteGuard}.
 */
class SiteGuardTests extends SimulatorTestSupport {

	private PageClient page;

	@BeforeEach
	void openPage() {
		this.page = new PageClient(this.simulator);
	}

	@ParameterizedTest
	@CsvSource({ "Origin, https://evil.example", "Origin, null", "Origin, http://localhost:1",
			"Origin, http://localhost", "Sec-Fetch-Site, cross-site", "Sec-Fetch-Site, same-site" })
	void refusesActionOfOtherSite(String header, String value) {
		assertThat(this.page.post("ring", Map.of("on", "true"), header, value).statusCode()).isEqualTo(403);
		assertThat(this.page.open("/")).contains("aria-checked=\"false\"");
	}

	@Test
	void allowsActionOfPageAndOfCommandLine() {
		assertThat(this.page
			.post("ring", Map.of(), "Origin", this.simulator.baseUrl().toString(), "Sec-Fetch-Site", "same-origin")
			.statusCode()).isEqualTo(303);
		assertThat(this.page.post("ring", Map.of()).statusCode()).isEqualTo(303);
	}

	@Test
	void changesNothingOnGet() {
		this.page.get("/page/ring?on=true");
		assertThat(this.page.open("/")).contains("aria-checked=\"false\"");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/oauth/token", "/api/v1/incoming_payments", "/health", "/unknown", "//page//ring/" })
	void refusesCallOfOtherSiteWithoutKeepingIt(String path) throws Exception {
		String body = "client_secret=" + this.simulator.clientSecret();
		String request = "POST " + path + "?from=evil HTTP/1.1\r\nSec-Fetch-Site: cross-site\r\nContent-Length: "
				+ body.length();
		assertThat(statusLine(request, "localhost", body)).contains("403");
		assertThat(statusLine(request.replace("cross-site", "same-site"), "localhost", body)).contains("403");
		assertThat(this.simulator.requests()).isEmpty();
		assertThat(this.simulator.journal()).noneMatch((exchange) -> exchange.path().contains("evil"));
	}

	@Test
	void allowsLinkOfOtherSiteToPage() {
		assertThat(this.page.get("/", "Sec-Fetch-Site", "cross-site").statusCode()).isEqualTo(200);
	}

	@ParameterizedTest
	@ValueSource(strings = { "evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "evil.example:80",
			"evillocalhost" })
	void refusesHostOfOtherSite(String host) throws Exception {
		for (String path : List.of("/", "/page/page.js", "/health", "/oauth/token/info", "/api/v1/polling/1")) {
			assertThat(statusLine("GET " + path + " HTTP/1.1", host, "")).as(path).contains("403");
		}
		for (String path : List.of("/page/ring", "/oauth/token", "/api/v1/incoming_payments")) {
			assertThat(
					statusLine("POST " + path + " HTTP/1.1\r\nContent-Length: 0\r\nOrigin: http://" + host, host, ""))
				.as(path)
				.contains("403");
		}
		assertThat(this.simulator.requests()).isEmpty();
		assertThat(this.simulator.tokenRequests()).isOne();
	}

	@ParameterizedTest
	@ValueSource(strings = { "localhost", "LOCALHOST:8090", "127.0.0.1", "192.168.1.7:8090", "[::1]:8090",
			"kopokopo.localhost:8090", "host.docker.internal:8090" })
	void allowsLocalHostAndAddresses(String host) throws Exception {
		assertThat(statusLine("GET / HTTP/1.1", host, "")).contains("200");
		assertThat(statusLine("GET /oauth/token/info HTTP/1.1", host, "")).contains("401");
	}

	@Test
	void guardsOnlyPageIfContainersMayCall() throws Exception {
		try (K2Simulator open = K2Simulator.builder().address(ServerAddress.local("0.0.0.0")).start()) {
			assertThat(statusLine(open, "GET /oauth/token/info HTTP/1.1", "kopokopo", "")).contains("401");
			assertThat(statusLine(open, "GET /health HTTP/1.1", "kopokopo", "")).contains("200");
			assertThat(statusLine(open, "GET / HTTP/1.1", "kopokopo", "")).contains("403");
			assertThat(statusLine(open, "POST //page/ring HTTP/1.1\r\nContent-Length: 0", "kopokopo", ""))
				.contains("403");
		}
	}

	private String statusLine(String request, String host, String body) throws IOException {
		return statusLine(this.simulator, request, host, body);
	}

	private static String statusLine(K2Simulator simulator, String request, String host, String body)
			throws IOException {
		try (Socket socket = new Socket("localhost", simulator.baseUrl().getPort())) {
			socket.getOutputStream()
				.write((request + "\r\nHost: " + host + "\r\nConnection: close\r\n\r\n" + body)
					.getBytes(StandardCharsets.US_ASCII));
			return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines()
				.findFirst()
				.orElse("");
		}
	}

}
