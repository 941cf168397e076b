package io.github.k2connect.test;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the two messages of one payment, and their {@link MessageOrder}.
 */
class MessageOrderTests extends SimulatorTestSupport {

	private static final String PUSHES = "/api/v1/incoming_payments";

	@BeforeEach
	void subscribeToTheTill() {
		subscribe("v1", "buygoods_transaction_received", "till", "K000000");
	}

	@ParameterizedTest
	@EnumSource
	void bothMessagesHaveSameReference(MessageOrder order) throws Exception {
		this.simulator.messageOrder(order);
		push();
		List<JsonNode> messages = List.of(this.application.next().json(), this.application.next().json());
		assertThat(messages).map(MessageOrderTests::reference)
			.doesNotContain("")
			.containsOnly(reference(messages.get(0)));
		assertThat(messages).map((message) -> message.has("topic")).containsExactlyInAnyOrder(true, false);
	}

	@Test
	void postsWebhookAfterResponseToResult() throws Exception {
		this.simulator.messageOrder(MessageOrder.RESULT_FIRST);
		this.application.answer(List.of(500, 503));
		push();
		assertThat(Stream.of(isWebhook(), isWebhook(), isWebhook(), isWebhook())).containsExactly(false, false, false,
				true);
	}

	@Test
	void postsResultAfterResponseToWebhook() throws Exception {
		this.simulator.messageOrder(MessageOrder.WEBHOOK_FIRST);
		this.application.answer(List.of(500, 503));
		push();
		assertThat(Stream.of(isWebhook(), isWebhook(), isWebhook(), isWebhook())).containsExactly(true, true, true,
				false);
	}

	@Test
	void postsResultWithoutWebhookInEveryOrder() throws Exception {
		this.simulator.messageOrder(MessageOrder.WEBHOOK_FIRST);
		this.caller.create(PUSHES, Bodies.incomingPayment(SimulatedPhoneNumber.CANCELS));
		assertThat(isWebhook()).isFalse();
	}

	@Test
	void resetCancelsMessageThatWaitsForAnother() throws Exception {
		this.simulator.messageOrder(MessageOrder.RESULT_FIRST);
		Runnable release = this.application.holdAnswers();
		push();
		assertThat(isWebhook()).isFalse();
		this.simulator.reset();
		release.run();
		assertThat(this.application.receivesNothingFor(Duration.ofMillis(500))).isTrue();
	}

	private void push() {
		this.caller.create(PUSHES, Bodies.incomingPayment(SimulatedPhoneNumber.PAYS));
	}

	private boolean isWebhook() throws InterruptedException {
		return this.application.next().json().has("topic");
	}

	private static String reference(JsonNode message) {
		return message
			.at(message.has("topic") ? "/event/resource/reference" : "/data/attributes/event/resource/reference")
			.asString();
	}

}
