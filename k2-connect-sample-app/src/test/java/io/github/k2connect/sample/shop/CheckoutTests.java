package io.github.k2connect.sample.shop;

import java.net.http.HttpResponse;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.k2connect.test.K2Simulator;
import io.github.k2connect.test.SimulatedPhoneNumber;
import io.github.k2connect.test.SimulatedRequest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for the pages from the catalogue to the outcome of the payment.
 */
@ShopTest
class CheckoutTests {

	@Autowired
	private K2Simulator simulator;

	@Autowired
	private JdbcClient jdbcClient;

	private final Browser browser;

	CheckoutTests(@LocalServerPort int port) {
		this.browser = new Browser(port);
	}

	@BeforeEach
	void startAfresh() {
		this.simulator.reset();
		this.jdbcClient.sql("delete from shop_order").update();
	}

	@Test
	void linksEveryProductInCatalogue() throws Exception {
		Matcher links = Pattern.compile("href=\"(/products/\\w+)\"").matcher(this.browser.open("/").body());
		int products = 0;
		while (links.find()) {
			HttpResponse<String> page = this.browser.open(links.group(1));
			assertThat(page.statusCode()).isEqualTo(200);
			assertThat(page.body()).contains("Pay with M-PESA").contains("<svg class=\"drawing\"");
			products++;
		}
		assertThat(products).isEqualTo(6);
	}

	@Test
	void respondsWith404ForUnknownProduct() throws Exception {
		assertThat(this.browser.open("/products/unga").statusCode()).isEqualTo(404);
		assertThat(pay("unga", SimulatedPhoneNumber.PAYS, orderId()).statusCode()).isEqualTo(404);
		assertThat(pushes()).isZero();
	}

	@Test
	void showsReferenceOfPaidOrder() throws Exception {
		HttpResponse<String> page = pay("kahawa", SimulatedPhoneNumber.PAYS, formToken("kahawa"));
		assertThat(page.uri().getPath()).startsWith("/orders/");
		assertThat(page.body()).contains("Waiting for your phone").contains("ends in").contains(">000</strong>");
		HttpResponse<String> paid = awaitPage(page, "Paid");
		assertThat(paid.body()).containsPattern("M-PESA reference\\s*<strong class=\"reference\">\\w+</strong>")
			.contains("KES 850")
			.doesNotContain("data-open");
		assertThat(pushes()).isOne();
	}

	@Test
	void showsInsufficientBalanceAndOffersAnotherTry() throws Exception {
		HttpResponse<String> page = pay("kiondo", SimulatedPhoneNumber.INSUFFICIENT_BALANCE, orderId());
		assertThat(awaitPage(page, "Not paid").body()).contains("M-PESA says there is not enough balance")
			.contains("href=\"/products/kiondo\">Try again");
	}

	@Test
	void showsCancelledPayment() throws Exception {
		HttpResponse<String> page = pay("chai", SimulatedPhoneNumber.CANCELS, orderId());
		assertThat(awaitPage(page, "Not paid").body()).contains("cancelled on the phone")
			.contains("href=\"/products/chai\">Try again");
	}

	@Test
	void redirectsRepeatedFormToSameOrder() throws Exception {
		String token = formToken("asali");
		HttpResponse<String> first = pay("asali", SimulatedPhoneNumber.NEVER_ANSWERS, token);
		HttpResponse<String> second = pay("asali", SimulatedPhoneNumber.NEVER_ANSWERS, token);
		assertThat(second.uri()).isEqualTo(first.uri());
		assertThat(pushes()).isOne();
		assertThat(orders()).isOne();
	}

	@Test
	void sendsOnePushWhenFormIsSentTwiceAtOnce() throws Exception {
		Map<String, String> form = Map.of("phoneNumber", SimulatedPhoneNumber.NEVER_ANSWERS, "orderId", orderId());
		CompletableFuture<HttpResponse<String>> first = this.browser.submitAsync("/products/bakuli/orders", form);
		CompletableFuture<HttpResponse<String>> second = this.browser.submitAsync("/products/bakuli/orders", form);
		assertThat(second.get().uri()).isEqualTo(first.get().uri());
		assertThat(pushes()).isOne();
		assertThat(orders()).isOne();
	}

	@Test
	void givesEveryFormItsOwnToken() throws Exception {
		assertThat(formToken("kikoi")).isNotEqualTo(formToken("kikoi"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "  ", "12345", "0712 345 67", "+1 202 555 0123", "mama", "<b>0712</b>" })
	void showsFormAgainForInvalidPhoneNumber(String phoneNumber) throws Exception {
		String token = orderId();
		HttpResponse<String> page = pay("kikoi", phoneNumber, token);
		assertThat(page.statusCode()).isEqualTo(422);
		assertThat(page.body()).contains("id=\"phone-error\" class=\"error\" role=\"alert\"")
			.contains("aria-describedby=\"phone-error phone-hint\"")
			.contains("aria-invalid=\"true\"")
			.contains("value=\"" + token + "\"")
			.contains("value=\"" + phoneNumber.replace("<", "&lt;").replace(">", "&gt;") + "\"");
		assertThat(pushes()).isZero();
		assertThat(orders()).isZero();
	}

	@Test
	void redirectsFormAddressToForm() throws Exception {
		assertThat(this.browser.open("/products/kikoi/orders").uri().getPath()).isEqualTo("/products/kikoi");
	}

	@Test
	void rejectsFormWithoutValidToken() throws Exception {
		HttpResponse<String> page = pay("kikoi", SimulatedPhoneNumber.PAYS, "once");
		assertThat(page.statusCode()).isEqualTo(400);
		assertThat(page.body()).contains("We did not understand that");
		assertThat(pushes()).isZero();
		assertThat(orders()).isZero();
	}

	private HttpResponse<String> pay(String product, String phoneNumber, String orderId) throws Exception {
		return this.browser.submit("/products/" + product + "/orders",
				Map.of("phoneNumber", phoneNumber, "orderId", orderId));
	}

	private String formToken(String product) throws Exception {
		Matcher token = Pattern.compile("name=\"orderId\" value=\"([^\"]+)\"")
			.matcher(this.browser.open("/products/" + product).body());
		assertThat(token.find()).isTrue();
		return token.group(1);
	}

	private HttpResponse<String> awaitPage(HttpResponse<String> page, String heading) {
		return await().until(() -> this.browser.open(page.uri().getPath()),
				(latest) -> latest.body().contains(">" + heading + "</h1>"));
	}

	private long pushes() {
		return this.simulator.requests()
			.stream()
			.filter((request) -> request.method().equals("POST"))
			.map(SimulatedRequest::path)
			.filter((path) -> path.endsWith("/incoming_payments"))
			.count();
	}

	private long orders() {
		return this.jdbcClient.sql("select count(*) from shop_order").query(Long.class).single();
	}

	private static String orderId() {
		return UUID.randomUUID().toString();
	}

}
