package io.github.k2connect.test;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.IntStream;

import io.github.k2connect.client.ApiVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the bounds of what a simulator keeps.
 */
class KeptTests extends SimulatorTestSupport {

	private static final String PATH = "/api/v1/incoming_payments";

	private static final int MEBIBYTE = 1024 * 1024;

	@Test
	void keepsLatestWithinCountAndSize() {
		Latest<Integer, String> latest = new Latest<>(3, 10);
		IntStream.range(0, 5).forEach((i) -> latest.put(i, "v" + i, 1));
		assertThat(latest.all()).containsExactly("v2", "v3", "v4");
		latest.put(5, "v5", 9);
		assertThat(latest.all()).containsExactly("v4", "v5");
		latest.put(4, "again", 2);
		assertThat(latest.all()).containsExactly("again");
		latest.put(6, "large", 100);
		assertThat(latest.all()).containsExactly("large");
		latest.remove(6);
		latest.put(7, "v7", 10);
		assertThat(latest.all()).containsExactly("v7");
		latest.clear();
		latest.put(8, "v8", 10);
		assertThat(latest.all()).containsExactly("v8");
		assertThat(latest.get(8)).isEqualTo("v8");
		assertThat(latest.get(7)).isNull();
	}

	@Test
	void keepsBodiesWithoutTokenUpToSize() {
		this.caller.token("wrong");
		String body = "x".repeat(MEBIBYTE);
		for (int i = 0; i < 40; i++) {
			assertThat(this.caller.post(PATH, body).status()).isEqualTo(401);
		}
		assertThat(this.simulator.requests().stream().mapToLong((request) -> request.body().length()).sum())
			.isBetween(MEBIBYTE * 10L, Latest.MAX_SIZE);
	}

	@Test
	void keepsJournalUpToSize() {
		Journal journal = new Journal();
		Message message = Message.of("Result", this.simulator.account("default"), this.application.origin(),
				new byte[MEBIBYTE]);
		for (int i = 0; i < 40; i++) {
			journal.delivered(message, this.application.origin(), Map.of(), Instant.now(), new Journal.Answer(200, ""));
		}
		assertThat(journal.exchanges()).hasSizeBetween(10, (int) (Latest.MAX_SIZE / MEBIBYTE));
	}

	@ParameterizedTest
	@ValueSource(strings = { "Content-Length: 2097153\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\n200001\r\n" })
	void refusesLargeBody(String header) throws IOException {
		try (Socket socket = new Socket("localhost", this.simulator.baseUrl().getPort())) {
			socket.setSoTimeout((int) Duration.ofSeconds(10).toMillis());
			socket.getOutputStream()
				.write(("POST " + PATH + " HTTP/1.1\r\nHost: localhost\r\n" + header + "x".repeat(2 * MEBIBYTE + 1)
						+ "\r\n0\r\n\r\n")
					.getBytes(StandardCharsets.US_ASCII));
			byte[] answer = socket.getInputStream().readNBytes(12);
			assertThat(new String(answer, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 413");
		}
		assertThat(this.simulator.requests()).isEmpty();
	}

	@Test
	void keepsLatestResources() {
		ResourceStore store = new ResourceStore();
		ObjectNode body = Json.object().put("message", "x".repeat(1000));
		for (int i = 0; i <= Latest.MAX_COUNT; i++) {
			store.add(resource(Integer.toString(i), body));
		}
		assertThat(store.find("0")).isEmpty();
		assertThat(store.find("1")).isPresent();
		store.add(resource("large", Json.object().put("message", "x".repeat((int) Latest.MAX_SIZE / 2))));
		assertThat(store.find("1")).isEmpty();
		assertThat(store.find(Integer.toString(Latest.MAX_COUNT))).isPresent();
	}

	private SimulatedResource resource(String id, ObjectNode body) {
		Instant now = Instant.now();
		return new SimulatedResource(id, SmsNotifications.description(),
				new ResourceRequest(ApiVersion.V1, URI.create("/" + id), body, now, now),
				this.simulator.account("default"), 0);
	}

	@Test
	void showsPageWhateverNestedBodiesWereSent() {
		String nested = "{\"a\":".repeat(450) + "[" + "1,".repeat(40_000) + "1]" + "}".repeat(450);
		for (int i = 0; i < 100; i++) {
			this.caller.post(PATH, nested);
		}
		String page = new PageClient(this.simulator).open("/");
		assertThat(page).contains("POST").hasSizeLessThan(16 * MEBIBYTE);
	}

}
