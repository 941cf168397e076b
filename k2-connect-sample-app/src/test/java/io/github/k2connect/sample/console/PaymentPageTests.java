package io.github.k2connect.sample.console;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.UUID;

import io.github.k2connect.sample.shop.Browser;
import io.github.k2connect.test.K2Simulator;
import io.github.k2connect.test.SimulatedResult;
import io.github.k2connect.test.SimulatedWebhook;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for the payments in the console, and for the money of the day.
 */
@ConsoleTest
class PaymentPageTests {

	private static final String PAYMENTS = "/console/payments";

	private static final String REFERENCE = "TKPAGE0001";

	@Autowired
	private K2Simulator simulator;

	@Autowired
	private JdbcClient jdbcClient;

	private final Browser browser;

	private final String orderId = UUID.randomUUID().toString();

	PaymentPageTests(@LocalServerPort int port) {
		this.browser = new Browser(port).as("user", "karibu");
	}

	@BeforeEach
	void receiveOnePayment() {
		for (String table : new String[] { "shop_order", "shop_payment", "console_payout" }) {
			this.jdbcClient.sql("delete from " + table).update();
		}
		addOrder(this.orderId);
		this.simulator.deliver(SimulatedWebhook.buygoodsTransactionReceived()
			.with("reference", REFERENCE)
			.with("amount", "800.0")
			.with("origination_time", Instant.now().toString())
			.with("till_number", "K000000"));
		await().untilAsserted(() -> assertThat(page()).contains(REFERENCE));
	}

	@Test
	void matchesPaymentOfAnotherAmount() throws Exception {
		assertThat(match(this.orderId.substring(0, 8))).contains("The order is paid.");
		assertThat(order()).isEqualTo("PAID " + REFERENCE);
		assertThat(page()).contains(this.orderId.substring(0, 8) + " PAID");
	}

	@Test
	void matchesPaymentOnce() throws Exception {
		String other = UUID.randomUUID().toString();
		addOrder(other);
		match(other);
		assertThat(match(this.orderId)).contains("Nothing was changed");
		assertThat(order()).isEqualTo("NEEDS_REVIEW null");
	}

	@Test
	void rejectsMatchWithUnknownOrder() throws Exception {
		for (String order : new String[] { "00000000", "%", "%%%%%%%%", this.orderId.substring(0, 7) }) {
			assertThat(match(order)).contains("Nothing was changed");
		}
		assertThat(order()).isEqualTo("NEEDS_REVIEW null");
	}

	@Test
	void rejectsMatchWithReversedPayment() throws Exception {
		this.simulator.deliver(SimulatedWebhook.buygoodsTransactionReversed().with("reference", REFERENCE));
		await().untilAsserted(() -> assertThat(page()).contains(">Reversed<"));
		assertThat(match(this.orderId)).contains("Nothing was changed");
		assertThat(order()).isEqualTo("NEEDS_REVIEW null");
	}

	@Test
	void findsPaymentByCode() throws Exception {
		assertThat(this.browser.open(PAYMENTS + "?code=tkpage").body()).contains(REFERENCE);
		assertThat(this.browser.open(PAYMENTS + "?code=%25").body()).contains("No payment is known");
	}

	@Test
	void listsOrdersThatNeedPerson() {
		assertThat(page()).contains("href=\"/orders/" + this.orderId + "\"");
	}

	@Test
	void linksReversalOfPayment() {
		assertThat(page()).contains("/console/calls/reverse-a-payment?transactionReference=" + REFERENCE);
	}

	@Test
	void countsMoneyOfDayOnce() throws Exception {
		this.simulator.deliver(SimulatedResult.stkPush()
			.with("event.resource.reference", REFERENCE)
			.with("event.resource.amount", "800.0"));
		this.simulator.deliver(SimulatedResult.sendMoney());
		await().untilAsserted(() -> assertThat(today()).contains("KES 2,200.00"));
		assertThat(today()).contains("KES 800.00").contains("KES -1,400.00").contains("<rect class=\"bar-in\"");
	}

	private String match(String order) throws Exception {
		return this.browser.submit("/console/calls/request-a-token", PAYMENTS + "/" + REFERENCE, Map.of("order", order))
			.body();
	}

	private String today() throws Exception {
		return this.browser.open("/console").body();
	}

	private String page() {
		try {
			return this.browser.open(PAYMENTS).body();
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	private void addOrder(String id) {
		this.jdbcClient.sql("""
				insert into shop_order (id, product_id, amount, phone_number, state, created_at)
				values (:id, 'kahawa', 850, '+254712345678', 'NEEDS_REVIEW', :createdAt)
				""").param("id", id).param("createdAt", Instant.now().atOffset(ZoneOffset.UTC)).update();
	}

	private String order() {
		return this.jdbcClient.sql("select state, mpesa_reference from shop_order where id = ?")
			.param(this.orderId)
			.query((row, number) -> row.getString(1) + " " + row.getString(2))
			.single();
	}

}
