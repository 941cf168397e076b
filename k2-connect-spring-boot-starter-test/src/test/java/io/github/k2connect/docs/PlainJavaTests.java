package io.github.k2connect.docs;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.github.k2connect.K2Location;
import io.github.k2connect.event.K2Event;
import io.github.k2connect.event.StkPushResult;
import io.github.k2connect.test.K2Simulator;
import io.github.k2connect.test.SimulatedPhoneNumber;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the library without Spring's container.
 */
class PlainJavaTests {

	private final K2Simulator kopoKopo = K2Simulator.start();

	private final BlockingQueue<K2Event> events = new LinkedBlockingQueue<>();

	private PlainJava program;

	@BeforeEach
	void start() throws Exception {
		this.program = new PlainJava(this.kopoKopo.baseUrl(), this.kopoKopo.clientId(), this.kopoKopo.clientSecret(),
				this.kopoKopo.apiKey(), this.events::add);
	}

	@AfterEach
	void stop() {
		this.program.close();
		this.kopoKopo.close();
	}

	@Test
	void receivesResultOfPush() throws Exception {
		K2Location push = this.program.push(origin(), SimulatedPhoneNumber.PAYS, 2200);
		assertThat(this.events.poll(10, TimeUnit.SECONDS)).isInstanceOfSatisfying(StkPushResult.class, (result) -> {
			assertThat(result.id()).isEqualTo(push.id());
			assertThat(result.isSuccessful()).isTrue();
			assertThat(result.amount()).isEqualByComparingTo("2200");
		});
	}

	@Test
	void rejectsForgedMessage() throws Exception {
		HttpRequest forged = HttpRequest.newBuilder(URI.create(origin() + "/k2/webhooks"))
			.header("X-KopoKopo-Signature", "0".repeat(64))
			.POST(BodyPublishers.ofString("{\"id\": \"1\", \"topic\": \"customer_created\"}"))
			.build();
		assertThat(HttpClient.newHttpClient().send(forged, BodyHandlers.discarding()).statusCode()).isEqualTo(401);
		assertThat(this.events).isEmpty();
	}

	private String origin() {
		return "http://localhost:" + this.program.port();
	}

}
