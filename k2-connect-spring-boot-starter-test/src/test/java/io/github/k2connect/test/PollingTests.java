package io.github.k2connect.test;

import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for polls.
 */
class PollingTests extends SimulatorTestSupport {

	private static final String PATH = "/api/v1/polling";

	@Test
	void findsPaidPushesAndDeliveredWebhooks() throws Exception {
		JsonNode paid = pay();
		this.simulator.deliver(SimulatedWebhook.buygoodsTransactionReceived().with("reference", "TK3DELIVER"));
		this.application.next();
		this.caller.create(PATH, Bodies.poll());
		JsonNode attributes = nextResult("polling");
		assertThat(attributes.path("scope").asString()).isEqualTo("Company");
		assertThat(attributes.path("scope_reference").isNull()).isTrue();
		assertThat(attributes.path("from_time").asString()).isEqualTo("2020-01-01T00:00:00+03:00");
		assertThat(attributes.path("to_time").asString()).isEqualTo("2120-01-01T00:00:00Z");
		assertThat(attributes.path("transactions")).hasSize(2);
		assertThat(attributes.at("/transactions/0/type").asString()).isEqualTo("Buygoods Transaction");
		assertThat(attributes.at("/transactions/0/resource")).isEqualTo(paid);
		assertThat(attributes.at("/transactions/1/resource/reference").asString()).isEqualTo("TK3DELIVER");
	}

	@ParameterizedTest
	@CsvSource({ "K000000,1", "K999999,0" })
	void findsTransactionsOfTillOnly(String till, int transactions) throws Exception {
		pay();
		URI location = this.caller.create(PATH,
				Bodies.set(Bodies.set(Bodies.poll(), "/scope", "till"), "/scope_reference", till));
		assertThat(nextResult("polling").path("transactions")).hasSize(transactions);
		assertThat(this.caller.attributes(location).path("scope").asString()).isEqualTo("Till");
		assertThat(this.caller.attributes(location).path("scope_reference").asString()).isEqualTo(till);
	}

	@Test
	void findsNothingOutsideRequestedTime() throws Exception {
		pay();
		this.caller.create(PATH, Bodies.set(Bodies.poll(), "/to_time", "2020-01-02T00:00:00+03:00"));
		assertThat(nextResult("polling").path("transactions")).isEmpty();
	}

	@Test
	void ignoresDeliveredWebhookWithoutRequiredProperties() throws Exception {
		this.simulator.deliver(SimulatedWebhook.buygoodsTransactionReceived().with("origination_time", null));
		this.simulator.deliver(SimulatedWebhook.of("not JSON"));
		this.application.next();
		this.application.next();
		this.caller.create(PATH, Bodies.poll());
		assertThat(nextResult("polling").path("transactions")).isEmpty();
	}

	@Test
	void reversedTransactionHasItsStatus() throws Exception {
		String reference = pay().path("reference").asString();
		this.caller.create("/api/v2/reversals", Bodies.reversal(reference));
		nextResult("reversal");
		assertThat(poll()).singleElement().satisfies((transaction) -> {
			assertThat(transaction.path("reference").asString()).isEqualTo(reference);
			assertThat(transaction.path("status").asString()).isEqualTo("Reversed");
		});
	}

	@Test
	void deliveredReversalChangesStatus() throws Exception {
		this.simulator.deliver(SimulatedWebhook.buygoodsTransactionReceived().with("reference", "TK3DELIVER"));
		this.simulator.deliver(SimulatedWebhook.buygoodsTransactionReversed().with("reference", "TK3DELIVER"));
		this.application.next();
		this.application.next();
		assertThat(poll()).singleElement()
			.satisfies((transaction) -> assertThat(transaction.path("status").asString()).isEqualTo("Reversed"));
	}

	@Test
	void findsPaymentOfPhoneThatNoWebhookToldOf() throws Exception {
		subscribe("v1", "buygoods_transaction_received", "till", "K000000");
		this.simulator.inject(SimulatedFault.callbackLost(), 1);
		String reference = this.simulator.phone("0711222333").payTill("K000000", new BigDecimal("450.50"));
		assertThat(this.application.receivesNothingFor(Duration.ofMillis(500))).isTrue();
		assertThat(poll()).singleElement().satisfies((transaction) -> {
			assertThat(transaction.path("reference").asString()).isEqualTo(reference);
			assertThat(transaction.path("status").asString()).isEqualTo("Received");
			assertThat(transaction.path("amount").asString()).isEqualTo("450.50");
			assertThat(transaction.path("till_number").asString()).isEqualTo("K000000");
			assertThat(transaction.path("sender_phone_number").asString()).isEqualTo("+254711222333");
		});
	}

	@Test
	void requestedTimeIncludesItsEnds() throws Exception {
		SimulatedWebhook payment = SimulatedWebhook.buygoodsTransactionReceived();
		this.simulator.deliver(payment.with("origination_time", "2026-01-20T10:00:00.000+03:00"));
		this.application.next();
		assertThat(poll("2026-01-20T10:00:00+03:00", "2026-01-20T11:00:00+03:00")).hasSize(1);
		assertThat(poll("2026-01-20T09:00:00+03:00", "2026-01-20T07:00:00Z")).hasSize(1);
		assertThat(poll("2026-01-20T10:00:00.001+03:00", "2026-01-20T11:00:00+03:00")).isEmpty();
	}

	private List<JsonNode> poll() throws InterruptedException {
		return poll("2020-01-01T00:00:00+03:00", "2120-01-01T00:00:00Z");
	}

	private List<JsonNode> poll(String from, String to) throws InterruptedException {
		this.caller.create(PATH, Bodies.set(Bodies.set(Bodies.poll(), "/from_time", from), "/to_time", to));
		return nextResult("polling").path("transactions")
			.valueStream()
			.map((transaction) -> transaction.path("resource"))
			.toList();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			/from_time | 2020-01-01           | from_time must be an ISO 8601 time with its offset
			/from_time | 2020-01-01T00:00:00  | from_time must be an ISO 8601 time with its offset
			/to_time   | 2019-01-01T00:00:00Z | from_time must be before to_time
			/to_time   | 2019-12-31T21:00:00Z | from_time must be before to_time
			/scope     | shop                 | scope is not one of company, till
			/scope     | till                 | scope_reference is missing
			""")
	void rejectsInvalidPoll(String pointer, String value, String message) {
		assertBadRequest(this.caller.post(PATH, Bodies.set(Bodies.poll(), pointer, value)), message);
	}

	private JsonNode pay() throws InterruptedException {
		this.caller.create("/api/v1/incoming_payments", Bodies.incomingPayment(SimulatedPhoneNumber.PAYS));
		return nextResult("incoming_payment").at("/event/resource");
	}

}
