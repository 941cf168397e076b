package io.github.k2connect.sample.payment;

import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.github.k2connect.PhoneNumber;
import io.github.k2connect.Scope;
import io.github.k2connect.sample.Browser;
import io.github.k2connect.sample.ShopTest;
import io.github.k2connect.sample.catalogue.Catalogue;
import io.github.k2connect.sample.order.FailureReason;
import io.github.k2connect.sample.order.Order;
import io.github.k2connect.sample.order.OrderState;
import io.github.k2connect.sample.order.Orders;
import io.github.k2connect.sample.order.PushLimit;
import io.github.k2connect.test.K2Simulator;
import io.github.k2connect.test.MessageOrder;
import io.github.k2connect.test.SimulatedPhoneNumber;
import io.github.k2connect.test.SimulatedResult;
import io.github.k2connect.test.SimulatedWebhook;
import io.github.k2connect.webhook.WebhookService;
import io.github.k2connect.webhook.WebhookSubscriptionRequest;
import io.github.k2connect.webhook.WebhookTopic;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for a payment that arrives in two messages, and for till payments that match no
 * order.
 */
@ShopTest
@TestPropertySource(properties = "shop.poll.min-interval=0s")
class ReceiptTests {

	private static final String PHONE_NUMBER = "+254712345678";

	@Autowired
	private K2Simulator simulator;

	@Autowired
	private Orders orders;

	@Autowired
	private Receipts receipts;

	@Autowired
	private Payments payments;

	@Autowired
	private JdbcClient jdbcClient;

	@Autowired
	private WebhookService webhookService;

	@Autowired
	private Checkout checkout;

	@Autowired
	private Catalogue catalogue;

	private final Browser browser;

	private final String reference = newReference();

	ReceiptTests(@LocalServerPort int port) {
		this.browser = new Browser(port);
	}

	@BeforeEach
	void startAfresh() {
		this.simulator.reset();
		this.jdbcClient.sql("delete from shop_order").update();
		this.jdbcClient.sql("delete from shop_receipt").update();
	}

	@Test
	void paysOrderOnceWhenResultArrivesBeforeWebhook() {
		String order = addWaitingOrder();
		deliver(result(order));
		Order paid = order(order);
		deliver(SimulatedWebhook.buygoodsTransactionReceived(result(order)));
		assertThat(paid.state()).isEqualTo(OrderState.PAID);
		assertThat(order(order)).isEqualTo(paid);
		assertThat(receipt().orderId()).isEqualTo(order);
	}

	@Test
	void keepsWebhookUntilResultArrives() {
		String order = addWaitingOrder();
		deliver(SimulatedWebhook.buygoodsTransactionReceived(result(order)));
		assertThat(order(order).state()).isEqualTo(OrderState.AWAITING_PAYMENT);
		assertThat(receipt().isWaiting()).isTrue();
		deliver(result(order));
		assertThat(order(order).state()).isEqualTo(OrderState.PAID);
		assertThat(order(order).mpesaReference()).isEqualTo(this.reference);
		assertThat(receipt().orderId()).isEqualTo(order);
	}

	@RepeatedTest(5)
	void paysOrderOnceWhenBothMessagesArriveAtOnce() {
		String order = addWaitingOrder();
		SimulatedResult result = result(order);
		List<CompletableFuture<Integer>> answers = Stream
			.<Supplier<Integer>>of(() -> this.simulator.deliver(result),
					() -> this.simulator.deliver(SimulatedWebhook.buygoodsTransactionReceived(result)),
					() -> this.simulator.deliver(SimulatedWebhook.buygoodsTransactionReceived(result)),
					() -> this.simulator.deliver(result))
			.map(CompletableFuture::supplyAsync)
			.toList();
		assertThat(answers).allSatisfy((answer) -> assertThat(answer.join()).isEqualTo(200));
		assertThat(order(order).state()).isEqualTo(OrderState.PAID);
		assertThat(receipt().orderId()).isEqualTo(order);
		assertThat(this.receipts.findWaiting()).isEmpty();
	}

	@ParameterizedTest
	@EnumSource
	void paysOrderOnceInEveryMessageOrder(MessageOrder messageOrder) {
		this.webhookService.subscribe(WebhookSubscriptionRequest.builder()
			.eventType(WebhookTopic.BUYGOODS_TRANSACTION_RECEIVED)
			.scope(Scope.TILL)
			.scopeReference("K000000")
			.build());
		this.simulator.messageOrder(messageOrder);
		int before = events();
		String order = this.checkout.placeOrder(this.catalogue.find("kahawa").orElseThrow(), SimulatedPhoneNumber.PAYS,
				UUID.randomUUID().toString());
		await().until(() -> order(order).state() == OrderState.PAID && events() >= before + 2);
		assertThat(this.jdbcClient.sql("select order_id from shop_receipt").query(String.class).list())
			.containsExactly(order);
	}

	@Test
	void ignoresPaymentOfAnotherTill() {
		deliver(webhook("850.0").with("till_number", "K999999"));
		assertThat(this.receipts.find(this.reference)).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "%s", " %s ", "%.4s %s", "%s.", "lower" })
	void paysOrderWithCodeFromMpesaMessage(String format) throws Exception {
		String order = addWaitingOrder();
		deliver(webhook("850.0"));
		String code = switch (format) {
			case "lower" -> this.reference.toLowerCase(Locale.ROOT);
			case "%.4s %s" -> this.reference.substring(0, 4) + " " + this.reference.substring(4);
			default -> format.formatted(this.reference);
		};
		assertThat(enter(order, code).body()).contains(">Paid</h1>").contains(this.reference);
		assertThat(receipt().orderId()).isEqualTo(order);
	}

	@Test
	void paysOrderWithCodeAfterFailedPush() throws Exception {
		String order = addWaitingOrder();
		this.orders.markFailed(order, FailureReason.NO_ANSWER);
		deliver(webhook("850.0"));
		assertThat(this.browser.open("/orders/" + order).body()).contains("/orders/" + order + "/code");
		assertThat(enter(order, this.reference).body()).contains(">Paid</h1>");
	}

	@Test
	void rejectsCodeOfAnotherOrder() throws Exception {
		String first = addWaitingOrder();
		String second = addWaitingOrder();
		deliver(webhook("850.0"));
		enter(first, this.reference);
		assertThat(enter(second, this.reference).body()).contains("Another order was paid with this code");
		assertThat(order(second).state()).isEqualTo(OrderState.AWAITING_PAYMENT);
		assertThat(receipt().orderId()).isEqualTo(first);
	}

	@Test
	void rejectsCodeOfPushThatPaidAnotherOrder() throws Exception {
		String first = addWaitingOrder();
		String second = addWaitingOrder();
		deliver(result(first));
		assertThat(enter(second, this.reference).statusCode()).isEqualTo(422);
		assertThat(order(second).state()).isEqualTo(OrderState.AWAITING_PAYMENT);
	}

	@RepeatedTest(3)
	void paysOneOrderWhenTwoOrdersUseOneCodeAtOnce() {
		List<Order> both = List.of(order(addWaitingOrder()), order(addWaitingOrder()));
		deliver(webhook("850.0"));
		List<CompletableFuture<CodeOutcome>> outcomes = both.stream()
			.map((order) -> CompletableFuture.supplyAsync(() -> this.payments.enterCode(order, this.reference)))
			.toList();
		assertThat(outcomes).map(CompletableFuture::join).containsExactlyInAnyOrder(CodeOutcome.PAID, CodeOutcome.USED);
		assertThat(both).filteredOn((order) -> order(order.id()).state() == OrderState.PAID).hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "849.99", "850.01", "2600.0" })
	void keepsPaymentOfWrongAmountForStaff(String amount) throws Exception {
		String order = addWaitingOrder();
		deliver(webhook(amount));
		assertThat(enter(order, this.reference).body()).contains("is of another amount").doesNotContain(amount);
		assertThat(order(order).state()).isEqualTo(OrderState.AWAITING_PAYMENT);
		assertThat(receipt().isWaiting()).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "12", "SKV4-XBY7-PZ-1234", "<script>", "' or 1=1" })
	void rejectsTextThatIsNotAnMpesaCode(String code) throws Exception {
		HttpResponse<String> page = enter(addWaitingOrder(), code);
		assertThat(page.statusCode()).isEqualTo(422);
		assertThat(page.body()).contains("That is not an M-PESA code").doesNotContain("<script>");
	}

	@Test
	void pollsForCodeThatIsNotKnownYet() throws Exception {
		String order = addWaitingOrder();
		deliver(webhook("850.0"));
		this.jdbcClient.sql("delete from shop_receipt").update();
		assertThat(enter(order, this.reference).body()).contains("We have asked for it");
		await().until(() -> this.receipts.find(this.reference).isPresent());
		assertThat(enter(order, this.reference).body()).contains(">Paid</h1>");
	}

	@Test
	void doesNotPayOrderWithReversedPayment() throws Exception {
		String order = addWaitingOrder();
		deliver(SimulatedWebhook.buygoodsTransactionReversed().with("reference", this.reference));
		deliver(webhook("850.0"));
		assertThat(enter(order, this.reference).statusCode()).isEqualTo(422);
		assertThat(this.receipts.findWaiting()).isEmpty();
	}

	@Test
	void leavesOrderToStaffWhenItsPaymentIsReversed() {
		String order = addWaitingOrder();
		deliver(result(order));
		deliver(SimulatedWebhook.buygoodsTransactionReversed().with("reference", this.reference));
		assertThat(order(order).state()).isEqualTo(OrderState.NEEDS_REVIEW);
		assertThat(order(order).mpesaReference()).isEqualTo(this.reference);
	}

	@Test
	void keepsSecondPaymentWhenCustomerPaysByPushAndAtTill() throws Exception {
		String order = addWaitingOrder();
		deliver(webhook("850.0"));
		enter(order, this.reference);
		String second = newReference();
		deliver(result(order).with("event.resource.reference", second));
		assertThat(order(order).mpesaReference()).isEqualTo(this.reference);
		assertThat(this.receipts.findWaiting()).singleElement()
			.satisfies((receipt) -> assertThat(receipt.reference()).isEqualTo(second));
	}

	@Test
	void matchesMaskedNumberByHashToOrderOfUnknownOutcome() {
		String order = addOrder("chai");
		deliver(webhook("850.0").maskedSenderPhone());
		assertThat(order(order).state()).isEqualTo(OrderState.PAID);
		assertThat(receipt().orderId()).isEqualTo(order);
	}

	@Test
	void paysNoOrderWhenTwoOrdersMatch() {
		String first = addOrder("chai");
		String second = addWaitingOrder();
		deliver(webhook("850.0"));
		assertThat(order(first).state()).isEqualTo(OrderState.CREATED);
		assertThat(order(second).state()).isEqualTo(OrderState.AWAITING_PAYMENT);
		assertThat(receipt().isWaiting()).isTrue();
	}

	@Test
	void doesNotMatchOtherPhoneOrEarlierPaymentToOrderOfUnknownOutcome() {
		String order = addOrder("chai");
		deliver(webhook("850.0").with("hashed_sender_phone", PhoneNumber.parse("+254711000000").orElseThrow().hash()));
		deliver(webhook("850.0").with("reference", newReference())
			.with("origination_time", OffsetDateTime.now(ZoneOffset.UTC).minusHours(1).toString()));
		deliver(webhook("849.0").with("reference", newReference()));
		assertThat(order(order).state()).isEqualTo(OrderState.CREATED);
		assertThat(this.receipts.findWaiting()).hasSize(3);
	}

	@Test
	void findsPaymentOfOrderOfUnknownOutcomeByPolling() throws Exception {
		String order = addOrder("kahawa");
		deliver(webhook("1.0"));
		this.simulator.deliver(webhook("850.0").with("reference", newReference()).with("till_number", "K999999"));
		String paid = newReference();
		this.jdbcClient.sql("update shop_order set phone_hash = 'hidden'").update();
		deliver(webhook("850.0").with("reference", paid));
		this.jdbcClient.sql("delete from shop_receipt").update();
		this.jdbcClient.sql("update shop_order set phone_hash = :hash")
			.param("hash", PhoneNumber.parse(PHONE_NUMBER).orElseThrow().hash())
			.update();
		assertThat(this.browser.submit("/orders/" + order + "/check", Map.of()).body())
			.contains("We have just asked M-PESA");
		await().untilAsserted(() -> assertThat(order(order).state()).isEqualTo(OrderState.PAID));
		assertThat(order(order).mpesaReference()).isEqualTo(paid);
	}

	private int events() {
		return this.jdbcClient.sql("select count(*) from k2_event").query(Integer.class).single();
	}

	private HttpResponse<String> enter(String order, String code) throws Exception {
		return this.browser.submit("/orders/" + order + "/code", Map.of("code", code));
	}

	private SimulatedWebhook webhook(String amount) {
		return SimulatedWebhook.buygoodsTransactionReceived()
			.with("reference", this.reference)
			.with("amount", amount)
			.with("till_number", "K000000");
	}

	private SimulatedResult result(String order) {
		return SimulatedResult.stkPush()
			.id("push-" + order)
			.metadata("order_id", order)
			.with("event.resource.amount", "850.0")
			.with("event.resource.till_number", "K000000")
			.with("event.resource.reference", this.reference);
	}

	private Receipt receipt() {
		return this.receipts.find(this.reference).orElseThrow();
	}

	private Order order(String id) {
		return this.orders.find(id).orElseThrow();
	}

	private String addOrder(String product) {
		String id = UUID.randomUUID().toString();
		this.orders.add(Order.created(id, product, BigDecimal.valueOf(850), "KES", PHONE_NUMBER),
				UUID.randomUUID().toString(), new PushLimit(1000, Duration.ofMinutes(1)));
		return id;
	}

	private String addWaitingOrder() {
		String id = addOrder("kahawa");
		this.orders.awaitPayment(id, "push-" + id);
		return id;
	}

	private void deliver(SimulatedWebhook webhook) {
		assertThat(this.simulator.deliver(webhook)).isEqualTo(200);
	}

	private void deliver(SimulatedResult result) {
		assertThat(this.simulator.deliver(result)).isEqualTo(200);
	}

	private static String newReference() {
		return "T" + UUID.randomUUID().toString().replace("-", "").substring(0, 9).toUpperCase(Locale.ROOT);
	}

}
