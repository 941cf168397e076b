package io.github.k2connect.sample.shop;

import java.util.List;
import java.util.Locale;
import java.util.UUID;

import io.github.k2connect.event.StkFailureReason;
import io.github.k2connect.test.K2Simulator;
import io.github.k2connect.test.SimulatedWebhook;
import io.github.k2connect.webhook.inbox.K2Inbox;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for the effect of a signed result on an order.
 */
@ShopTest
@ExtendWith(OutputCaptureExtension.class)
class ResultTests {

	@Autowired
	private K2Simulator simulator;

	@Autowired
	private Orders orders;

	@Autowired
	private Catalogue catalogue;

	@Autowired
	private K2Inbox inbox;

	private final String orderId = UUID.randomUUID().toString();

	private final String paymentId = UUID.randomUUID().toString();

	private final String reference = "T" + this.paymentId.replace("-", "").substring(0, 9).toUpperCase(Locale.ROOT);

	@Test
	void paysOrderWithFullAmount() {
		addOrder();
		storeLocation();
		deliver(success("850.0", "KES", this.reference));
		assertThat(order().state()).isEqualTo(Order.State.PAID);
		assertThat(order().mpesaReference()).isEqualTo(this.reference);
	}

	@Test
	void findsOrderWhenResultArrivesBeforeResponse() {
		addOrder();
		deliver(success("850", "KES", this.reference));
		assertThat(order().state()).isEqualTo(Order.State.PAID);
		storeLocation();
		assertThat(order().state()).isEqualTo(Order.State.PAID);
	}

	@Test
	void findsOrderByPaymentWhenResultHasNoMetadata() {
		addOrder();
		storeLocation();
		deliver(success("850.0", "KES", this.reference).with("data.attributes.metadata", null));
		assertThat(order().state()).isEqualTo(Order.State.PAID);
	}

	@Test
	void ignoresResultOfAnotherPayment() {
		addOrder();
		this.orders.awaitPayment(this.orderId, "another");
		deliver(success("850.0", "KES", this.reference));
		assertThat(order().state()).isEqualTo(Order.State.AWAITING_PAYMENT);
	}

	@ParameterizedTest
	@CsvSource({ "849.99, KES, SKV4XBY7P1", "1700, KES, SKV4XBY7P2", ", KES, SKV4XBY7P3", "850, UGX, SKV4XBY7P4",
			"850, , SKV4XBY7P5", "850, KES, " })
	void leavesOrderToStaffWhenAmountDiffers(@Nullable String amount, @Nullable String currency,
			@Nullable String reference) {
		addOrder();
		storeLocation();
		deliver(success(amount, currency, reference));
		assertThat(order().state()).isEqualTo(Order.State.NEEDS_REVIEW);
		assertThat(order().mpesaReference()).isEqualTo(reference);
	}

	@Test
	void storesFailureWithItsReason() {
		addOrder();
		storeLocation();
		deliver(failure());
		assertThat(order().state()).isEqualTo(Order.State.FAILED);
		assertThat(order().failureReason()).isEqualTo(StkFailureReason.CANCELLED);
	}

	@ParameterizedTest
	@CsvSource({ "The balance is insufficient for the transaction, INSUFFICIENT_BALANCE",
			"INSUFFICIENT FUNDS, INSUFFICIENT_BALANCE", "Request cancelled by user, CANCELLED",
			"Request Canceled by the subscriber, CANCELLED", "DS timeout user cannot be reached, UNREACHABLE",
			"The request timed out, EXPIRED", "No response from user, EXPIRED",
			"The initiator information is invalid, WRONG_PIN", "System busy, BUSY", "Rejected, OTHER", ", OTHER" })
	void findsReasonInMpesaError(@Nullable String error, StkFailureReason reason) {
		addOrder();
		storeLocation();
		deliver(result("Failed").with("data.attributes.event.errors", error));
		assertThat(order().failureReason()).isEqualTo(reason);
	}

	@Test
	void findsReasonInSeveralErrors() {
		addOrder();
		storeLocation();
		deliver(result("Failed").with("data.attributes.event.errors", List.of("Rejected", "Cancelled by user")));
		assertThat(order().failureReason()).isEqualTo(StkFailureReason.CANCELLED);
	}

	@Test
	void ignoresRepeatedResult() {
		addOrder();
		storeLocation();
		deliver(success("850.0", "KES", this.reference));
		Order paid = order();
		deliver(success("850.0", "KES", this.reference));
		assertThat(order()).isEqualTo(paid);
	}

	@Test
	void keepsOrderPaidAfterLateFailure() {
		addOrder();
		storeLocation();
		deliver(success("850.0", "KES", this.reference));
		Order paid = order();
		deliver(failure());
		assertThat(order()).isEqualTo(paid);
	}

	@Test
	void leavesOrderToStaffWhenMoneyArrivesAfterFailure() {
		addOrder();
		storeLocation();
		deliver(failure());
		deliver(success("850.0", "KES", this.reference));
		assertThat(order().state()).isEqualTo(Order.State.NEEDS_REVIEW);
		assertThat(order().mpesaReference()).isEqualTo(this.reference);
		assertThat(order().failureReason()).isNull();
	}

	@Test
	void keepsOrderWaitingAfterPendingResult() {
		addOrder();
		storeLocation();
		deliver(success("850.0", "KES", this.reference).with("data.attributes.status", "Pending"));
		assertThat(order().state()).isEqualTo(Order.State.AWAITING_PAYMENT);
	}

	@Test
	void acknowledgesResultWithoutOrder(CapturedOutput output) {
		deliver(success("850.0", "KES", this.reference));
		assertThat(output).contains("Payment \"" + this.paymentId + "\" is for no order of this shop");
	}

	@Test
	void logsUnknownEventWithoutItsContent(CapturedOutput output) {
		deliver(SimulatedWebhook.of("""
				{"topic": "customer_danced", "id": "dance-1", "event": {"resource": {"phone": "+254712345678"}}}
				"""));
		assertThat(output).contains("\"dance-1\" of kind \"customer_danced\"").doesNotContain("254712345678");
	}

	@Test
	void escapesLineBreaksOfUnknownEventInLog(CapturedOutput output) {
		deliver(SimulatedWebhook.of("""
				{"topic": "customer\\n2026 ERROR danced", "id": "dance\\r\\u001b[31m-2", "event": {}}
				"""));
		assertThat(output).contains("\"dance<EOL>?[31m-2\" of kind \"customer<EOL>2026 ERROR danced\"");
	}

	@Test
	void escapesLineBreaksOfResultWithoutOrderInLog(CapturedOutput output) {
		deliver(success("850.0", "KES", this.reference).with("data.id", "a\n2026 ERROR b"));
		assertThat(output).contains("Payment \"a<EOL>2026 ERROR b\" is for no order");
	}

	private void addOrder() {
		this.orders.add(this.orderId, this.catalogue.find("kahawa").orElseThrow(), "+254712345678");
	}

	private void storeLocation() {
		this.orders.awaitPayment(this.orderId, this.paymentId);
	}

	private Order order() {
		return this.orders.find(this.orderId).orElseThrow();
	}

	private void deliver(SimulatedWebhook result) {
		assertThat(this.simulator.deliver(result)).isEqualTo(200);
		await().until(() -> this.inbox.waiting() == 0);
	}

	private SimulatedWebhook success(@Nullable String amount, @Nullable String currency, @Nullable String reference) {
		return result("Success").with("data.attributes.event.resource.amount", amount)
			.with("data.attributes.event.resource.currency", currency)
			.with("data.attributes.event.resource.reference", reference);
	}

	private SimulatedWebhook failure() {
		return result("Failed").with("data.attributes.event.errors", "Request cancelled by user");
	}

	private SimulatedWebhook result(String status) {
		return SimulatedWebhook.of("""
				{"data": {"id": "%s", "type": "incoming_payment", "attributes": {
					"status": "%s", "initiation_time": "2026-03-02T10:15:00.000+03:00",
					"event": {"type": "Incoming Payment Request", "resource": null, "errors": null},
					"metadata": {"order_id": "%s"}, "_links": {}}}}
				""".formatted(this.paymentId, status, this.orderId));
	}

}
