package io.github.k2connect.test;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A simulator, a caller of its API and an application to which it delivers.
 */
abstract class SimulatorTestSupport {

	protected RecordingApplication application;

	protected K2Simulator simulator;

	protected ApiCaller caller;

	@BeforeEach
	void startSimulator() throws IOException {
		this.application = new RecordingApplication();
		this.simulator = customize(K2Simulator.builder().callbackOrigin(this.application.origin())).start();
		this.caller = new ApiCaller(this.simulator).authenticate();
	}

	@AfterEach
	void stopSimulator() {
		this.simulator.close();
		this.application.close();
	}

	K2Simulator.Builder customize(K2Simulator.Builder builder) {
		return builder;
	}

	JsonNode awaitStatus(URI location, String status) {
		await().untilAsserted(
				() -> assertThat(this.caller.attributes(location).path("status").asString()).isEqualTo(status));
		return this.caller.attributes(location);
	}

	/**
	 * Wait for the next delivery, which is to be a result.
	 * @return its attributes
	 */
	JsonNode nextResult(String type) throws InterruptedException {
		JsonNode result = nextDelivery();
		assertThat(result.at("/data/type").asString()).isEqualTo(type);
		return result.at("/data/attributes");
	}

	/**
	 * Wait for the next delivery, which is to be a webhook.
	 * @return its resource
	 */
	JsonNode nextWebhook(String topic) throws InterruptedException {
		JsonNode webhook = nextDelivery();
		assertThat(webhook.path("topic").asString()).isEqualTo(topic);
		return webhook.at("/event/resource");
	}

	void subscribe(String version, String topic, String scope, String scopeReference) {
		this.caller.create("/api/" + version + "/webhook_subscriptions",
				Bodies.subscription(topic, scope, scopeReference));
	}

	private JsonNode nextDelivery() throws InterruptedException {
		RecordingApplication.Delivery delivery = this.application.next();
		assertThat(delivery.signature()).isEqualTo(new WebhookSigner(this.simulator.apiKey()).sign(delivery.bytes()));
		return delivery.json();
	}

	static void assertBadRequest(ApiCaller.Answer answer, String message) {
		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.json().path("error_code").asString()).isEqualTo("400");
		assertThat(answer.json().path("error_message").asString()).isEqualTo(message);
	}

	static void assertNotFound(ApiCaller.Answer answer) {
		assertThat(answer.status()).isEqualTo(404);
		assertThat(answer.json().path("error_code").asString()).isEqualTo("404");
		assertThat(answer.json().path("error_message").asString()).isNotBlank();
	}

}
