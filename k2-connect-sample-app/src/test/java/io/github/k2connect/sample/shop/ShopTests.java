package io.github.k2connect.sample.shop;

import java.net.URI;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;

import io.github.k2connect.PhoneNumber;
import io.github.k2connect.event.StkFailureReason;
import io.github.k2connect.reconciliation.K2Reconciliation;
import io.github.k2connect.test.AutoConfigureK2Simulator;
import io.github.k2connect.test.K2Simulator;
import io.github.k2connect.test.SimulatedFault;
import io.github.k2connect.test.SimulatedPhoneNumber;
import io.github.k2connect.test.SimulatedResult;
import io.github.k2connect.test.SimulatedWebhook;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

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

	@Test
	void paysOrderWhoseCallbackIsLost() {
		this.simulator.callbackOrigin(URI.create("http://localhost:1"));
		order(SimulatedPhoneNumber.PAYS);
		awaitState(Order.State.PAID);
	}

	@Test
	void paysOrderWithPaymentOfPushWithUnknownOutcome() {
		this.orders.add(this.orderId, product(), PHONE);
		this.simulator.deliver(SimulatedWebhook.buygoodsTransactionReceived()
			.with("reference", "SKV4XBY7PZ")
			.with("amount", "850.0")
			.with("origination_time", Instant.now().toString())
			.with("hashed_sender_phone", PhoneNumber.parse(PHONE).orElseThrow().hash()));
		assertThat(awaitState(Order.State.PAID).mpesaReference()).isEqualTo("SKV4XBY7PZ");
	}

	@Test
	void paysOrderWithPaymentThatNoMessageToldOf() {
		this.orders.add(this.orderId, product(), PHONE);
		this.simulator.inject(SimulatedFault.callbackLost());
		String reference = this.simulator.phone(PHONE).payTill(TILL, product().price());
		this.simulator.heal();
		OffsetDateTime now = OffsetDateTime.now(ZoneOffset.UTC);
		this.reconciliation.check(TILL, now.minusMinutes(1), now);
		assertThat(awaitState(Order.State.PAID).mpesaReference()).isEqualTo(reference);
	}

	@Test
	void leavesOrderToPersonWhenAmountDiffers() {
		this.orders.add(this.orderId, product(), PHONE);
		this.simulator.deliver(SimulatedResult.stkPush()
			.with("event.resource.amount", "849.0")
			.metadata(Checkout.ORDER_ID, this.orderId));
		awaitState(Order.State.NEEDS_REVIEW);
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

	private Product product() {
		return this.catalogue.find("kahawa").orElseThrow();
	}

	private Order awaitState(Order.State state) {
		return Awaitility.await()
			.until(() -> this.orders.find(this.orderId).orElseThrow(), (order) -> order.state() == state);
	}

}
