package io.github.k2connect.sample.web;

import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;

import io.github.k2connect.K2Location;
import io.github.k2connect.sample.Browser;
import io.github.k2connect.sample.ShopTest;
import io.github.k2connect.sample.order.FailureReason;
import io.github.k2connect.sample.order.Order;
import io.github.k2connect.sample.order.OrderState;
import io.github.k2connect.sample.order.Orders;
import io.github.k2connect.sample.order.PushLimit;
import io.github.k2connect.stk.StkPushRequest;
import io.github.k2connect.stk.StkService;
import io.github.k2connect.test.K2Simulator;
import io.github.k2connect.test.SimulatedPhoneNumber;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for the page of an order and its payment check.
 */
@ShopTest
class OrderPageTests {

	@Autowired
	private K2Simulator simulator;

	@Autowired
	private Orders orders;

	@Autowired
	private StkService stkService;

	private final Browser browser;

	private final String orderId = UUID.randomUUID().toString();

	private final String path = "/orders/" + this.orderId;

	OrderPageTests(@LocalServerPort int port) {
		this.browser = new Browser(port);
	}

	@Test
	void respondsWith404ForUnknownOrder() throws Exception {
		assertThat(this.browser.open(this.path).statusCode()).isEqualTo(404);
		assertThat(this.browser.open(this.path).body()).contains("There is nothing here");
		assertThat(this.browser.open(this.path + "/events").statusCode()).isEqualTo(404);
		assertThat(this.browser.submit(this.path + "/check", Map.of()).statusCode()).isEqualTo(404);
	}

	@Test
	void keepsOrderOutOfCaches() throws Exception {
		addOrder();
		assertThat(this.browser.open(this.path).headers().firstValue("Cache-Control")).hasValue("no-store");
	}

	@Test
	void hidesPartOfPhoneNumber() throws Exception {
		addOrder();
		assertThat(this.browser.open(this.path).body()).contains("•••• 678").doesNotContain("712345");
	}

	@Test
	void reloadsWaitingPageWithoutJavaScript() throws Exception {
		addOrder();
		assertThat(this.browser.open(this.path).body())
			.contains("<noscript><meta http-equiv=\"refresh\" content=\"5\"></noscript>")
			.contains("data-events=\"" + this.path + "/events\"");
		this.orders.markFailed(this.orderId, FailureReason.CANCELLED);
		assertThat(this.browser.open(this.path).body()).doesNotContain("http-equiv=\"refresh\"");
	}

	@Test
	void warnsNotToPayAgainWhileOutcomeIsUnknown() throws Exception {
		addOrder();
		assertThat(this.browser.open(this.path).body()).contains("We do not know yet whether your phone was asked")
			.contains("Do not pay again")
			.doesNotContain("Try again");
	}

	@Test
	void warnsNotToPayAgainWhenAmountDiffers() throws Exception {
		addOrder();
		this.orders.markForReview(this.orderId, "SKV4XBY7PZ");
		assertThat(this.browser.open(this.path).body()).contains("does not match this order")
			.contains("Do not pay again")
			.contains("SKV4XBY7PZ")
			.doesNotContain("Try again");
	}

	@ParameterizedTest
	@EnumSource
	void explainsEveryFailure(FailureReason reason) throws Exception {
		addOrder();
		this.orders.markFailed(this.orderId, reason);
		assertThat(this.browser.open(this.path).body()).contains("Try again")
			.contains("money was taken")
			.doesNotContain("??");
	}

	@Test
	void paysOrderWhenCheckFindsLostResult() throws Exception {
		addOrder();
		URI location = startPayment(SimulatedPhoneNumber.PAYS);
		await().until(() -> this.stkService.getStatus(location).isSuccessful());
		this.orders.awaitPayment(this.orderId, K2Location.id(location));
		HttpResponse<String> page = this.browser.submit(this.path + "/check", Map.of());
		assertThat(page.uri().getPath()).isEqualTo(this.path);
		assertThat(page.body()).contains(">Paid</h1>");
	}

	@Test
	void showsThatCheckedPaymentIsPending() throws Exception {
		addOrder();
		URI location = startPayment(SimulatedPhoneNumber.NEVER_ANSWERS);
		this.orders.awaitPayment(this.orderId, K2Location.id(location));
		assertThat(this.browser.submit(this.path + "/check", Map.of()).body())
			.contains("M-PESA is still waiting for the phone");
	}

	@Test
	void leavesOrderWhenKopoKopoDoesNotKnowCheckedPayment() throws Exception {
		addOrder();
		this.orders.awaitPayment(this.orderId, "unheard-of-" + this.orderId);
		assertThat(this.browser.submit(this.path + "/check", Map.of()).body())
			.contains("We could not reach M-PESA just now");
		assertThat(this.orders.find(this.orderId).orElseThrow().state()).isEqualTo(OrderState.AWAITING_PAYMENT);
	}

	@Test
	void makesNoCallWhenCheckedOrderIsPaid() throws Exception {
		addOrder();
		this.orders.awaitPayment(this.orderId, this.orderId);
		this.orders.markPaid(this.orderId, "SKV4XBY7PZ");
		this.simulator.reset();
		assertThat(this.browser.submit(this.path + "/check", Map.of()).body()).contains(">Paid</h1>");
		assertThat(this.simulator.requests()).isEmpty();
	}

	private void addOrder() {
		this.orders.add(Order.created(this.orderId, "kahawa", BigDecimal.valueOf(850), "KES", "+254712345678"),
				UUID.randomUUID().toString(), new PushLimit(1000, Duration.ofMinutes(1)));
	}

	private URI startPayment(String phoneNumber) {
		return this.stkService.initiateIncomingPayment(
				StkPushRequest.builder().tillNumber("K000000").phoneNumber(phoneNumber).amount(850).build());
	}

}
