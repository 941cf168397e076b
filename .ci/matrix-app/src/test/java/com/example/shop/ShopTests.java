package com.example.shop;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

import io.github.k2connect.test.AutoConfigureK2Simulator;
import io.github.k2connect.test.K2Simulator;
import io.github.k2connect.test.SimulatedPhoneNumber;
import io.github.k2connect.test.SimulatedWebhook;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests that hold in each mode.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@AutoConfigureK2Simulator
@TestPropertySource(properties = { "spring.threads.virtual.enabled=true", "k2.follow-up.enabled=true",
		"k2.follow-up.first-check=1s", "db-scheduler.polling-interval=200ms" })
abstract class ShopTests {

	@Autowired
	private Shop shop;

	@Autowired
	private K2Simulator kopoKopo;

	@Autowired
	private Environment environment;

	@Test
	void receivesResultOfPush() {
		this.shop.requestPayment("order-1", SimulatedPhoneNumber.PAYS);
		this.shop.requestPayment("order-2", SimulatedPhoneNumber.CANCELS);
		awaitOnce("order-1 paid");
		awaitOnce("order-2 not paid");
	}

	@Test
	void receivesSignedWebhookOnce() {
		SimulatedWebhook webhook = SimulatedWebhook.buygoodsTransactionReceived().with("reference", "TKQ1234567");
		assertThat(this.kopoKopo.deliver(webhook)).isEqualTo(200);
		assertThat(this.kopoKopo.deliver(webhook)).isEqualTo(200);
		awaitOnce("till TKQ1234567");
	}

	@Test
	void rejectsWebhookWithoutSignature() throws Exception {
		HttpRequest request = HttpRequest.newBuilder(origin().resolve("/k2/webhooks"))
			.header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString("{}"))
			.build();
		assertThat(HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.discarding()).statusCode())
			.isEqualTo(401);
	}

	@Test
	void followsUpLostCallback() {
		this.kopoKopo.callbackOrigin(URI.create("http://localhost:1"));
		try {
			this.shop.requestPayment("order-3", SimulatedPhoneNumber.PAYS);
			awaitOnce("order-3 paid");
		}
		finally {
			this.kopoKopo.callbackOrigin(origin());
		}
	}

	private URI origin() {
		return URI.create("http://localhost:" + this.environment.getRequiredProperty("local.server.port"));
	}

	private void awaitOnce(String payment) {
		await().untilAsserted(() -> assertThat(this.shop.payments()).contains(payment));
		assertThat(this.shop.payments()).containsOnlyOnce(payment);
	}

}
