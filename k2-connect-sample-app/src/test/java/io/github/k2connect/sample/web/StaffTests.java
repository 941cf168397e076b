package io.github.k2connect.sample.web;

import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;

import io.github.k2connect.sample.Browser;
import io.github.k2connect.sample.ShopTest;
import io.github.k2connect.sample.order.Order;
import io.github.k2connect.sample.order.OrderState;
import io.github.k2connect.sample.order.Orders;
import io.github.k2connect.sample.order.PushLimit;
import io.github.k2connect.test.K2Simulator;
import io.github.k2connect.test.SimulatedWebhook;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the page on which the staff matches payments.
 */
@ShopTest
class StaffTests {

	@Autowired
	private K2Simulator simulator;

	@Autowired
	private Orders orders;

	@Autowired
	private JdbcClient jdbcClient;

	private final Browser browser;

	private final String orderId = UUID.randomUUID().toString();

	StaffTests(@LocalServerPort int port) {
		this.browser = new Browser(port);
	}

	@BeforeEach
	void receiveOnePayment() {
		this.jdbcClient.sql("delete from shop_order").update();
		this.jdbcClient.sql("delete from shop_receipt").update();
		this.orders.add(Order.created(this.orderId, "kahawa", BigDecimal.valueOf(850), "KES", "+254712345678"),
				UUID.randomUUID().toString(), new PushLimit(1000, Duration.ofMinutes(1)));
		this.simulator.deliver(SimulatedWebhook.buygoodsTransactionReceived()
			.with("reference", "TKSTAFF001")
			.with("amount", "800.0")
			.with("till_number", "K000000"));
	}

	@Test
	void hidesPaymentsFromCustomers() throws Exception {
		HttpResponse<String> page = this.browser.open("/staff/receipts");
		assertThat(page.statusCode()).isEqualTo(401);
		assertThat(page.body()).doesNotContain("TKSTAFF001");
		assertThat(this.browser.submit("/staff/receipts/TKSTAFF001", Map.of("order", this.orderId)).statusCode())
			.isEqualTo(401);
		assertThat(this.browser.as("staff", "wrong").open("/staff/receipts").statusCode()).isEqualTo(401);
		assertThat(order().state()).isEqualTo(OrderState.CREATED);
	}

	@Test
	void showsWaitingPaymentsWithoutPhoneNumber() throws Exception {
		HttpResponse<String> page = this.browser.as("staff", "karibu").open("/staff/receipts");
		assertThat(page.statusCode()).isEqualTo(200);
		assertThat(page.body()).contains("TKSTAFF001").contains("KES 800.00").doesNotContain("712345678");
		assertThat(page.headers().firstValue("Cache-Control")).hasValue("no-store");
	}

	@Test
	void matchesPaymentOfAnotherAmount() throws Exception {
		HttpResponse<String> page = match(this.orderId.substring(0, 8));
		assertThat(page.body()).contains("The order is paid.").contains("No payment waits.");
		assertThat(order().state()).isEqualTo(OrderState.PAID);
		assertThat(order().mpesaReference()).isEqualTo("TKSTAFF001");
	}

	@Test
	void rejectsMatchWithPaidOrder() throws Exception {
		this.orders.markPaid(this.orderId, "TKOTHER001");
		assertThat(match(this.orderId).body()).contains("That did not work").contains("TKSTAFF001");
		assertThat(order().mpesaReference()).isEqualTo("TKOTHER001");
	}

	@Test
	void rejectsMatchWithUnknownOrder() throws Exception {
		for (String order : new String[] { "00000000", "%", "%%%%%%%%", this.orderId.substring(0, 7) }) {
			assertThat(match(order).body()).contains("That did not work").contains("TKSTAFF001");
		}
	}

	private HttpResponse<String> match(String order) throws Exception {
		return this.browser.as("staff", "karibu").submit("/staff/receipts/TKSTAFF001", Map.of("order", order));
	}

	private Order order() {
		return this.orders.find(this.orderId).orElseThrow();
	}

}
