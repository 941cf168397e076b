package io.github.k2connect.test;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for reversals.
 */
class ReversalTests extends SimulatorTestSupport {

	private static final String PATH = "/api/v2/reversals";

	@Test
	void reversesPayment() throws Exception {
		this.caller.create("/api/v1/incoming_payments", Bodies.incomingPayment(SimulatedPhoneNumber.PAYS));
		String reference = nextResult("incoming_payment").at("/event/resource/reference").asString();
		this.caller.create(PATH, Bodies.reversal(reference));
		JsonNode attributes = nextResult("reversal");
		assertThat(attributes.path("status").asString()).isEqualTo("Processed");
		assertThat(attributes.path("transaction_reference").asString()).isEqualTo(reference);
		assertThat(attributes.path("reason").asString()).isEqualTo("Goods returned");
		assertThat(attributes.at("/metadata/order").asString()).isEqualTo("123");
		assertThat(attributes.path("errors").isNull()).isTrue();
		JsonNode bulkPayment = attributes.path("reversal_bulk_payment");
		assertThat(bulkPayment.path("status").asString()).isEqualTo("Transferred");
		assertThat(bulkPayment.path("amount").asString()).isEqualTo("2200.0");
		assertThat(bulkPayment.path("transaction_reference").asString()).isNotEqualTo(reference);
	}

	@Test
	void notifiesSubscribersOfReversal() throws Exception {
		SimulatedWebhook received = SimulatedWebhook.buygoodsTransactionReceived().with("reference", "TK3BACK001");
		this.simulator.deliver(received);
		this.application.next();
		subscribe("v2", "buygoods_transaction_reversed", "till", received.tillNumber());
		this.caller.create(PATH, Bodies.reversal("TK3BACK001"));
		JsonNode first = this.application.next().json();
		JsonNode second = this.application.next().json();
		JsonNode webhook = first.has("topic") ? first : second;
		assertThat(webhook.path("topic").asString()).isEqualTo("buygoods_transaction_reversed");
		assertThat(webhook.at("/event/resource/status").asString()).isEqualTo("Reversed");
		assertThat(webhook.at("/event/resource/reference").asString()).isEqualTo("TK3BACK001");
	}

	@Test
	void reversesTransactionOnce() throws Exception {
		this.simulator.deliver(SimulatedWebhook.buygoodsTransactionReceived().with("reference", "TK3BACK001"));
		this.application.next();
		this.caller.create(PATH, Bodies.reversal("TK3BACK001"));
		assertThat(nextResult("reversal").path("status").asString()).isEqualTo("Processed");
		this.caller.create(PATH, Bodies.reversal("TK3BACK001"));
		assertThat(nextResult("reversal").path("status").asString()).isEqualTo("Failed");
	}

	@Test
	void failsReversalOfUnknownTransaction() throws Exception {
		this.caller.create(PATH, Bodies.reversal("TK3UNKNOWN"));
		JsonNode attributes = nextResult("reversal");
		assertThat(attributes.path("status").asString()).isEqualTo("Failed");
		assertThat(attributes.path("reversal_bulk_payment").isNull()).isTrue();
		assertThat(attributes.at("/errors/0").asString()).contains("unknown");
	}

}
