package com.example.shop;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

import io.github.k2connect.test.K2Simulator;
import io.github.k2connect.test.SimulatedPhoneNumber;
import io.github.k2connect.test.SimulatedWebhook;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests that hold in each mode, however the shop is deployed.
 */
abstract class ShopTests {

	private final HttpClient client = HttpClient.newHttpClient();

	/**
	 * Return the address of the shop, without a slash at the end.
	 */
	abstract String address();

	abstract K2Simulator kopoKopo();

	@Test
	void receivesResultOfPush() throws Exception {
		requestPayment("order-1", SimulatedPhoneNumber.PAYS);
		requestPayment("order-2", SimulatedPhoneNumber.CANCELS);
		awaitOnce("order-1 paid");
		awaitOnce("order-2 not paid");
	}

	@Test
	void receivesSignedWebhookOnce() throws Exception {
		SimulatedWebhook webhook = SimulatedWebhook.buygoodsTransactionReceived().with("reference", "TKQ1234567");
		assertThat(kopoKopo().deliver(webhook)).isEqualTo(200);
		assertThat(kopoKopo().deliver(webhook)).isEqualTo(200);
		awaitOnce("till TKQ1234567");
	}

	@Test
	void rejectsWebhookWithoutSignature() throws Exception {
		assertThat(post("/k2/webhooks", "{}").statusCode()).isEqualTo(401);
	}

	@Test
	void followsUpLostCallback() throws Exception {
		kopoKopo().callbackOrigin(URI.create("http://localhost:1"));
		try {
			requestPayment("order-3", SimulatedPhoneNumber.PAYS);
			awaitOnce("order-3 paid");
		}
		finally {
			kopoKopo().callbackOrigin(origin());
		}
	}

	final URI origin() {
		return URI.create("http://localhost:" + URI.create(address()).getPort());
	}

	private void requestPayment(String order, String phoneNumber) throws Exception {
		String number = URLEncoder.encode(phoneNumber, StandardCharsets.UTF_8);
		assertThat(post("/orders/" + order + "?phoneNumber=" + number, "").statusCode()).isEqualTo(200);
	}

	private HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
		return this.client.send(HttpRequest.newBuilder(URI.create(address() + path))
			.header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString(body))
			.build(), HttpResponse.BodyHandlers.ofString());
	}

	final HttpResponse<String> get(String path) throws IOException, InterruptedException {
		return this.client.send(HttpRequest.newBuilder(URI.create(address() + path)).build(),
				HttpResponse.BodyHandlers.ofString());
	}

	private void awaitOnce(String payment) throws Exception {
		await().untilAsserted(() -> assertThat(payments()).contains(payment));
		assertThat(payments()).containsOnlyOnce(payment);
	}

	private Stream<String> payments() throws IOException, InterruptedException {
		return get("/payments").body().lines();
	}

}
