package io.github.k2connect.test;

import java.io.IOException;
import java.time.Duration;

import io.github.k2connect.stk.StkPushRequest;
import io.github.k2connect.stk.StkService;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link AutoConfigureK2Simulator} beside an application without a web server,
 * whose callback URL leads to another server.
 */
@SpringBootTest(classes = NoWebServerTests.Application.class)
@AutoConfigureK2Simulator
@DirtiesContext
@ExtendWith(OutputCaptureExtension.class)
class NoWebServerTests {

	private static RecordingApplication production;

	@Autowired
	private K2Simulator simulator;

	@Autowired
	private StkService stk;

	@BeforeAll
	static void start() throws IOException {
		production = new RecordingApplication();
	}

	@DynamicPropertySource
	static void callbackUrl(DynamicPropertyRegistry properties) {
		properties.add("k2.callback-url", () -> production.url("/k2/webhooks"));
	}

	@AfterAll
	static void stop() {
		production.close();
	}

	@Test
	void deliversNothingByItselfUntilToldWhere(CapturedOutput output) throws Exception {
		push();
		push();
		await().untilAsserted(() -> assertThat(output).containsOnlyOnce("callback origin").contains("MockMvc"));
		assertThat(production.receivesNothingFor(Duration.ofMillis(300))).isTrue();
		assertThat(this.simulator.journal())
			.noneMatch((exchange) -> exchange.direction() == Exchange.Direction.DELIVERY);
		assertThatIllegalStateException()
			.isThrownBy(() -> this.simulator.deliver(SimulatedWebhook.buygoodsTransactionReceived()))
			.withMessageContaining("callback origin");

		this.simulator.callbackOrigin(null);
		push();
		assertThat(production.next().json().at("/data/type").asString()).isEqualTo("incoming_payment");
	}

	private void push() {
		this.stk.initiateIncomingPayment(
				StkPushRequest.builder().tillNumber("K000000").phoneNumber("0712345678").amount(2200).build());
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
