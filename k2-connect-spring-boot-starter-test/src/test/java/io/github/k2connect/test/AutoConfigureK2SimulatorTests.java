package io.github.k2connect.test;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.test.context.TestPropertySource;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link AutoConfigureK2Simulator} beside an application that runs on a random
 * port.
 */
@SpringBootTest(classes = AutoConfigureK2SimulatorTests.Application.class,
		webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT, properties = "k2.webhook.enabled=false")
@AutoConfigureK2Simulator
class AutoConfigureK2SimulatorTests {

	@Autowired
	private ApplicationContext context;

	@Autowired
	private Environment environment;

	@Autowired
	private K2Simulator simulator;

	@Autowired
	private WebhookController controller;

	@BeforeEach
	void reset() {
		this.simulator.reset();
		this.controller.received.clear();
	}

	@Test
	void registersSimulatorAsBean() {
		assertThat(this.context.getBean("k2Simulator")).isSameAs(this.simulator);
	}

	@Test
	void connectsApplicationToSimulator() {
		this.simulator.properties()
			.forEach((name, value) -> assertThat(this.environment.getProperty(name)).isEqualTo(value));
		assertThat(this.environment.getProperty("k2.callback-url")).isEqualTo("http://localhost/k2/webhooks");
	}

	@Test
	void deliversWebhookToApplication() {
		assertThat(this.simulator.deliver(SimulatedWebhook.buygoodsTransactionReceived())).isEqualTo(200);
		assertThat(this.controller.received).singleElement()
			.satisfies((received) -> assertThat(received.signature()).isEqualTo(
					new WebhookSigner(this.simulator.apiKey()).sign(received.body().getBytes(StandardCharsets.UTF_8))));
	}

	@Test
	void deliversResultToApplicationWhateverHostOfCallbackUrl() throws Exception {
		new ApiCaller(this.simulator).authenticate()
			.create("/api/v1/incoming_payments", Bodies.incomingPayment("+254711222333"));
		Received received = this.controller.received.poll(10, TimeUnit.SECONDS);
		assertThat(received).isNotNull();
		ObjectNode result = Bodies.of(received.body());
		assertThat(result.at("/data/attributes/status").asString()).isEqualTo("Success");
	}

	@Test
	void sharesContextBetweenAnnotatedTestClasses() {
		K2SimulatorContextCustomizerFactory factory = new K2SimulatorContextCustomizerFactory();
		assertThat(factory.createContextCustomizer(AutoConfigureK2SimulatorTests.class, List.of()))
			.isEqualTo(factory.createContextCustomizer(WithWebhookPath.class, List.of()))
			.hasSameHashCodeAs(factory.createContextCustomizer(WithWebhookPath.class, List.of()));
		assertThat(factory.createContextCustomizer(String.class, List.of())).isNull();
	}

	@Nested
	@TestPropertySource(properties = { "k2.webhook.path=/shop/events", "server.servlet.context-path=/pay" })
	class WithWebhookPath {

		@Test
		void addsWebhookPathToCallbackUrl(@Autowired Environment nestedEnvironment) {
			assertThat(nestedEnvironment.getProperty("k2.callback-url")).isEqualTo("http://localhost/pay/shop/events");
		}

		@Test
		void deliversWebhookToApplication(@Autowired K2Simulator nestedSimulator) {
			assertThat(nestedSimulator.deliver(SimulatedWebhook.buygoodsTransactionReceived())).isEqualTo(200);
		}

	}

	@Nested
	@TestPropertySource(properties = "k2.callback-url=https://shop.example/k2/webhooks")
	class WithCallbackUrl {

		@Test
		void keepsCallbackUrlOfApplication(@Autowired Environment nestedEnvironment) {
			assertThat(nestedEnvironment.getProperty("k2.callback-url")).isEqualTo("https://shop.example/k2/webhooks");
		}

		@Test
		void deliversWebhookToApplication(@Autowired K2Simulator nestedSimulator) {
			assertThat(nestedSimulator.deliver(SimulatedWebhook.buygoodsTransactionReceived())).isEqualTo(200);
		}

	}

	/**
	 * Application whose webhook endpoint records bodies.
	 */
	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(WebhookController.class)
	static class Application {

	}

	/**
	 * Endpoint that records what is posted to it.
	 */
	@RestController
	static class WebhookController {

		private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();

		@PostMapping({ "/k2/webhooks", "/shop/events" })
		void receive(@RequestHeader(WebhookSigner.SIGNATURE_HEADER) String signature, @RequestBody String body) {
			this.received.add(new Received(signature, body));
		}

	}

	/**
	 * What was posted.
	 *
	 * @param signature the value of the signature's header
	 * @param body the body
	 */
	record Received(String signature, String body) {

	}

}
