package io.github.k2connect.sample.shop;

import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import io.github.k2connect.event.StkFailureReason;
import io.github.k2connect.reconciliation.K2Reconciliation;
import io.github.k2connect.test.AutoConfigureK2Simulator;
import io.github.k2connect.test.K2Simulator;
import io.github.k2connect.test.SimulatedFault;
import io.github.k2connect.test.SimulatedPhoneNumber;
import io.github.k2connect.test.SimulatedResult;
import io.github.k2connect.test.SimulatedWebhook;
import io.github.k2connect.webhook.inbox.K2Inbox;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for an order, from the push to its outcome, with a simulator of Kopo Kopo.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "K2_TILL_NUMBER=K000000", "K2_CALLBACK_URL=http://localhost/k2/webhooks",
				"k2.follow-up.first-check=1s", "k2.reconciliation.grace=0s",
				"spring.datasource.url=jdbc:h2:mem:${random.uuid};DB_CLOSE_DELAY=-1" })
@AutoConfigureK2Simulator
class ShopTests {

	private static final String PHONE = "+254712345678";

	private static final String TILL = "K000000";

	@Autowired
	private K2Simulator simulator;

	@Autowired
	private Checkout checkout;

	@Autowired
	private Catalogue catalogue;

	@Autowired
	private Orders orders;

	@Autowired
	private JdbcClient jdbcClient;

	@Autowired
	private ApplicationEventPublisher events;

	@Autowired
	private K2Reconciliation reconciliation;

	@Autowired
	private K2Inbox inbox;

	@LocalServerPort
	private int port;

	private final String orderId = UUID.randomUUID().toString();

	@BeforeEach
	void reset() {
		this.jdbcClient.sql("delete from shop_order").update();
		this.simulator.reset();
	}

	@AfterEach
	void letCallbacksArrive() {
		this.simulator.callbackOrigin(URI.create("http://localhost:" + this.port));
	}

	@Test
	void paysOrder() {
		order(SimulatedPhoneNumber.PAYS);
		assertThat(awaitState(Order.State.PAID).mpesaReference()).isNotBlank();
	}

	@Test
	void storesWhyCustomerDidNotPay() {
		order(SimulatedPhoneNumber.INSUFFICIENT_BALANCE);
		assertThat(awaitState(Order.State.FAILED).failureReason()).isEqualTo(StkFailureReason.INSUFFICIENT_BALANCE);
	}

	@Test
	void asksPhoneOnceWhenFormIsSentTwice() {
		order(SimulatedPhoneNumber.NEVER_ANSWERS);
		order(SimulatedPhoneNumber.NEVER_ANSWERS);
		assertThat(this.simulator.requests()).filteredOn((request) -> request.path().endsWith("/incoming_payments"))
			.hasSize(1);
	}

	/**
	 * The form is sent again by many at once, among them with another phone.
	 */
	@Test
	void asksPhoneOnceWhenFormIsSentManyTimesAtOnce() throws Exception {
		ExecutorService senders = Executors.newFixedThreadPool(8);
		try {
			for (Future<?> sent : senders.invokeAll(Collections.nCopies(16, Executors.callable(() -> {
				order(SimulatedPhoneNumber.NEVER_ANSWERS);
				order(SimulatedPhoneNumber.PAYS);
			})))) {
				sent.get();
			}
		}
		finally {
			senders.shutdown();
		}
		assertThat(this.simulator.requests()).filteredOn((request) -> request.path().endsWith("/incoming_payments"))
			.hasSize(1);
		awaitState(Order.State.AWAITING_PAYMENT);
	}

	/**
	 * An instance that crashed after it stored the order.
	 */
	@Test
	void asksPhoneWhenFormIsSentAgainAfterCrash() {
		this.orders.add(this.orderId, product(), SimulatedPhoneNumber.PAYS);
		order(SimulatedPhoneNumber.PAYS);
		awaitState(Order.State.PAID);
	}

	@Test
	void paysOrderWhoseCallbackIsLost() {
		this.simulator.callbackOrigin(URI.create("http://localhost:1"));
		order(SimulatedPhoneNumber.PAYS);
		awaitState(Order.State.PAID);
	}

	@Test
	void paysOrderByCodeWhenPhoneWasNeverAsked() throws Exception {
		this.orders.add(this.orderId, product(), PHONE);
		String reference = receivePayment(product().price());
		assertThat(order().state()).isEqualTo(Order.State.CREATED);
		assertThat(enterCode(" " + reference.toLowerCase(Locale.ROOT) + " ").body()).contains(">Paid</h1>");
		assertThat(order().mpesaReference()).isEqualTo(reference);
	}

	@Test
	void paysOrderByCodeOfPaymentThatReconciliationFound() throws Exception {
		this.orders.add(this.orderId, product(), PHONE);
		this.simulator.inject(SimulatedFault.callbackLost());
		String reference = this.simulator.phone(PHONE).payTill(TILL, product().price());
		this.simulator.heal();
		assertThat(enterCode(reference).statusCode()).isEqualTo(422);
		OffsetDateTime now = OffsetDateTime.now(ZoneOffset.UTC);
		this.reconciliation.check(TILL, now.minusMinutes(1), now);
		awaitPayment(reference);
		assertThat(enterCode(reference).body()).contains(">Paid</h1>");
	}

	@Test
	void paysOrderByCodeOnce() throws Exception {
		this.orders.add(this.orderId, product(), PHONE);
		String other = UUID.randomUUID().toString();
		this.orders.add(other, product(), PHONE);
		String reference = receivePayment(product().price());
		assertThat(this.orders.markPaidByCode(other, reference)).isTrue();
		assertThat(enterCode(reference).body()).contains("No payment of this amount with this code is waiting");
		assertThat(order().state()).isEqualTo(Order.State.CREATED);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "%", "SKV4XBY7PZ", "' or '1'='1" })
	void asksAgainForUnknownCode(String code) throws Exception {
		this.orders.add(this.orderId, product(), PHONE);
		HttpResponse<String> page = enterCode(code);
		assertThat(page.statusCode()).isEqualTo(422);
		assertThat(page.body()).contains("aria-invalid=\"true\"").contains("maxlength=\"40\"");
		assertThat(order().state()).isEqualTo(Order.State.CREATED);
	}

	@Test
	void rejectsCodeOfOtherAmountAndOfReversedPayment() throws Exception {
		this.orders.add(this.orderId, product(), PHONE);
		String less = receivePayment(product().price().subtract(BigDecimal.ONE));
		assertThat(enterCode(less).statusCode()).isEqualTo(422);
		this.simulator.deliver(SimulatedWebhook.buygoodsTransactionReversed()
			.with("reference", "SKVREVERSE")
			.with("amount", product().price().toString()));
		awaitPayment("SKVREVERSE");
		assertThat(enterCode("SKVREVERSE").statusCode()).isEqualTo(422);
		assertThat(order().state()).isEqualTo(Order.State.CREATED);
	}

	@Test
	void leavesOrderToPersonWhosePaymentPaysAnotherByCode() {
		this.orders.add(this.orderId, product(), PHONE);
		String other = UUID.randomUUID().toString();
		this.orders.add(other, product(), PHONE);
		String reference = receivePayment(product().price());
		this.orders.markPaidByCode(other, reference);
		this.simulator.deliver(SimulatedResult.stkPush()
			.with("event.resource.amount", "850.0")
			.with("event.resource.reference", reference)
			.metadata(Checkout.ORDER_ID, this.orderId));
		awaitState(Order.State.NEEDS_REVIEW);
	}

	@Test
	void leavesOrderToPersonWhenAmountDiffers() {
		this.orders.add(this.orderId, product(), PHONE);
		this.simulator.deliver(SimulatedResult.stkPush()
			.with("event.resource.amount", "849.0")
			.metadata(Checkout.ORDER_ID, this.orderId));
		awaitState(Order.State.NEEDS_REVIEW);
	}

	/**
	 * The result of each push, its webhook and, of some payments, what reconciliation
	 * found come in any order.
	 */
	@Test
	void paysEachOrderOnceHoweverItsMessagesArrive() throws Exception {
		List<String> ids = Stream.generate(() -> UUID.randomUUID().toString()).limit(200).toList();
		ExecutorService senders = Executors.newFixedThreadPool(8);
		try {
			List<Callable<Integer>> messages = new ArrayList<>();
			for (String id : ids) {
				this.orders.add(id, product(), PHONE);
				messages.add(() -> this.simulator.deliver(SimulatedResult.stkPush()
					.with("event.resource.amount", "850.0")
					.with("event.resource.reference", id)
					.metadata(Checkout.ORDER_ID, id)));
				messages.add(() -> this.simulator.deliver(
						SimulatedWebhook.buygoodsTransactionReceived().with("amount", "850.0").with("reference", id)));
			}
			Collections.shuffle(messages, new Random(7));
			for (Future<Integer> status : senders.invokeAll(messages)) {
				assertThat(status.get()).isEqualTo(200);
			}
		}
		finally {
			senders.shutdown();
		}
		Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> this.inbox.waiting() == 0);
		for (String id : ids) {
			assertThat(this.orders.find(id).orElseThrow()).extracting(Order::state, Order::mpesaReference)
				.containsExactly(Order.State.PAID, id);
		}
		assertThat(this.inbox.parked()).isEmpty();
	}

	@Test
	void leavesReversedOrderToPerson() {
		order(SimulatedPhoneNumber.PAYS);
		String reference = awaitState(Order.State.PAID).mpesaReference();
		this.simulator.deliver(SimulatedWebhook.buygoodsTransactionReversed().with("reference", reference));
		awaitState(Order.State.NEEDS_REVIEW);
	}

	@Test
	void leavesOrderWithoutResultToPerson() {
		this.orders.add(this.orderId, product(), PHONE);
		this.events
			.publishEvent(SimulatedResult.stkPush().metadata(Checkout.ORDER_ID, this.orderId).toUnresolvedRequest());
		awaitState(Order.State.NEEDS_REVIEW);
	}

	private void order(String phoneNumber) {
		this.checkout.placeOrder(this.orderId, product(), phoneNumber);
	}

	private Order order() {
		return this.orders.find(this.orderId).orElseThrow();
	}

	private HttpResponse<String> enterCode(String code) throws Exception {
		String path = "/orders/" + this.orderId + "/code";
		return new Browser(this.port).submit(path, path, Map.of("code", code));
	}

	private String receivePayment(BigDecimal amount) {
		String reference = UUID.randomUUID().toString().toUpperCase(Locale.ROOT);
		this.simulator.deliver(SimulatedWebhook.buygoodsTransactionReceived()
			.with("reference", reference)
			.with("amount", amount.toString()));
		awaitPayment(reference);
		return reference;
	}

	private void awaitPayment(String reference) {
		Awaitility.await()
			.until(() -> this.jdbcClient.sql("select 1 from shop_payment where reference = ?")
				.param(reference)
				.query()
				.listOfRows()
				.size() == 1);
	}

	private Product product() {
		return this.catalogue.find("kahawa").orElseThrow();
	}

	private Order awaitState(Order.State state) {
		return Awaitility.await().until(this::order, (order) -> order.state() == state);
	}

}
