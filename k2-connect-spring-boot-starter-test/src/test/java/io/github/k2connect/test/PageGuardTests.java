package io.github.k2connect.test;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PageGuard}.
 */
class PageGuardTests extends SimulatorTestSupport {

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
	@ValueSource(strings = { "evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "evil.example:80" })
	void refusesHostOfOtherSite(String host) throws Exception {
		assertThat(statusLine("GET / HTTP/1.1", host)).contains("403");
		assertThat(statusLine("GET /page/page.js HTTP/1.1", host)).contains("403");
		assertThat(statusLine("POST /page/ring HTTP/1.1\r\nContent-Length: 0\r\nOrigin: http://" + host, host))
			.contains("403");
	}

	@ParameterizedTest
	@ValueSource(strings = { "localhost", "LOCALHOST:8090", "127.0.0.1", "192.168.1.7:8090", "[::1]:8090" })
	void allowsLocalHostAndAddresses(String host) throws Exception {
		assertThat(statusLine("GET / HTTP/1.1", host)).contains("200");
	}

	private String statusLine(String request, String host) throws IOException {
		try (Socket socket = new Socket("localhost", this.simulator.baseUrl().getPort())) {
			socket.getOutputStream()
				.write((request + "\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
					.getBytes(StandardCharsets.US_ASCII));
			return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines()
				.findFirst()
				.orElse("");
		}
	}

}
