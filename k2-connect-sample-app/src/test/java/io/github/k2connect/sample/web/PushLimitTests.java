package io.github.k2connect.sample.web;

import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.github.k2connect.sample.Browser;
import io.github.k2connect.sample.ShopTest;
import io.github.k2connect.sample.order.FailureReason;
import io.github.k2connect.sample.order.Orders;
import io.github.k2connect.test.K2Simulator;
import io.github.k2connect.test.SimulatedRequest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.MessageSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.bean.override.convention.TestBean;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the limit of pushes to one phone.
 */
@ShopTest
@Timeout(60)
class PushLimitTests {

	private static final String PHONE = "0712 345 678";

	private static final Duration PERIOD = Duration.ofMinutes(10);

	private static final Instant START = Instant.parse("2026-03-02T07:15:00Z");

	private static volatile Instant now = START;

	@TestBean
	@SuppressWarnings({ "unused", "NullAway.Init" })
	private InstantSource instantSource;

	@Autowired
	private K2Simulator simulator;

	@Autowired
	private Orders orders;

	@Autowired
	private JdbcClient jdbcClient;

	@Autowired
	private MessageSource messages;

	private final Browser browser;

	PushLimitTests(@LocalServerPort int port) {
		this.browser = new Browser(port);
	}

	static InstantSource instantSource() {
		return () -> now;
	}

	@BeforeEach
	void startAfresh() {
		now = START;
		this.jdbcClient.sql("delete from shop_order").update();
		this.jdbcClient.sql("delete from shop_phone").update();
		this.simulator.reset();
	}

	@Test
	void rejectsFourthPushToPhone() throws Exception {
		askThreeTimes();
		String token = checkoutToken();
		HttpResponse<String> page = pay(PHONE, token);
		assertThat(page.statusCode()).isEqualTo(429);
		assertThat(page.body())
			.containsPattern("id=\"phone-error\" class=\"error\" role=\"alert\""
					+ "[^>]*>This phone was asked for payment 3 times. Wait a few minutes and try again.<")
			.contains("aria-describedby=\"phone-error phone-hint\"")
			.contains("value=\"" + token + "\"")
			.contains("value=\"" + PHONE + "\"")
			.doesNotContain("aria-invalid");
		assertThat(pushes()).isEqualTo(3);
		assertThat(orders()).isEqualTo(3);
	}

	@Test
	void sendsThreePushesForTwentyFormsAtOnce() throws Exception {
		List<CompletableFuture<HttpResponse<String>>> pages = new ArrayList<>();
		for (int i = 0; i < 20; i++) {
			pages.add(this.browser.submitAsync("/products/chai/orders", fields(PHONE, checkoutToken())));
		}
		List<Integer> statuses = new ArrayList<>();
		for (CompletableFuture<HttpResponse<String>> page : pages) {
			statuses.add(page.get(30, TimeUnit.SECONDS).statusCode());
		}
		assertThat(statuses).containsOnly(200, 429);
		assertThat(statuses).filteredOn((status) -> status == 200).hasSize(3);
		assertThat(pushes()).isEqualTo(3);
		assertThat(orders()).isEqualTo(3);
	}

	@ParameterizedTest
	@ValueSource(strings = { "0712345678", "+254712345678", "254712345678", "+254 712-345-678", " 0712 345 678 " })
	void countsAllNotationsOfPhoneNumberTogether(String phoneNumber) throws Exception {
		askThreeTimes();
		assertThat(pay(phoneNumber, checkoutToken()).statusCode()).isEqualTo(429);
	}

	@Test
	void countsEachPhoneByItself() throws Exception {
		askThreeTimes();
		assertThat(pay("0712 345 679", checkoutToken()).statusCode()).isEqualTo(200);
	}

	@Test
	void allowsPushWhenFirstOneIsOlderThanPeriod() throws Exception {
		askOnce();
		now = START.plus(PERIOD).minusSeconds(1);
		askOnce();
		askOnce();
		assertThat(pay(PHONE, checkoutToken()).statusCode()).isEqualTo(429);
		now = START.plus(PERIOD);
		askOnce();
		assertThat(pay(PHONE, checkoutToken()).statusCode()).isEqualTo(429);
		assertThat(pushes()).isEqualTo(4);
	}

	@Test
	void doesNotCountRepeatedForm() throws Exception {
		String token = checkoutToken();
		URI order = pay(PHONE, token).uri();
		for (int i = 0; i < 5; i++) {
			assertThat(pay(PHONE, token).uri()).isEqualTo(order);
		}
		askOnce();
		askOnce();
		assertThat(pay(PHONE, token).uri()).isEqualTo(order);
		assertThat(pay(PHONE, checkoutToken()).statusCode()).isEqualTo(429);
		assertThat(pushes()).isEqualTo(3);
	}

	@Test
	void acceptsRejectedFormAfterPeriod() throws Exception {
		askThreeTimes();
		String token = checkoutToken();
		assertThat(pay(PHONE, token).statusCode()).isEqualTo(429);
		now = START.plus(PERIOD);
		assertThat(pay(PHONE, token).statusCode()).isEqualTo(200);
		assertThat(pushes()).isEqualTo(4);
	}

	@Test
	void countsFormOnceWhenSentManyTimesAtOnce() throws Exception {
		askOnce();
		askOnce();
		String token = checkoutToken();
		List<CompletableFuture<HttpResponse<String>>> pages = new ArrayList<>();
		for (int i = 0; i < 10; i++) {
			pages.add(this.browser.submitAsync("/products/chai/orders", fields(PHONE, token)));
		}
		List<URI> addresses = new ArrayList<>();
		for (CompletableFuture<HttpResponse<String>> page : pages) {
			addresses.add(page.get(30, TimeUnit.SECONDS).uri());
		}
		assertThat(addresses).allMatch((address) -> address.getPath().startsWith("/orders/"));
		assertThat(addresses.stream().distinct()).hasSize(1);
		assertThat(pushes()).isEqualTo(3);
	}

	@Test
	void doesNotCountPushThatKopoKopoRejected() throws Exception {
		askOnce();
		askOnce();
		String order = askOnce();
		this.orders.markFailed(order, FailureReason.NOT_ASKED);
		askOnce();
		assertThat(pay(PHONE, checkoutToken()).statusCode()).isEqualTo(429);
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NOT_ASKED")
	void countsPaymentThatFailedOnPhone(FailureReason reason) throws Exception {
		askOnce();
		askOnce();
		this.orders.markFailed(askOnce(), reason);
		assertThat(pay(PHONE, checkoutToken()).statusCode()).isEqualTo(429);
	}

	@Test
	void describesLimitOfOneInWords() {
		assertThat(this.messages.getMessage("checkout.pushLimit", new Object[] { 1 }, Locale.ENGLISH))
			.isEqualTo("This phone was asked for payment once. Wait a few minutes and try again.");
	}

	private void askThreeTimes() throws Exception {
		for (int i = 0; i < 3; i++) {
			askOnce();
		}
	}

	private String askOnce() throws Exception {
		HttpResponse<String> page = pay(PHONE, checkoutToken());
		assertThat(page.uri().getPath()).startsWith("/orders/");
		return page.uri().getPath().substring("/orders/".length());
	}

	private HttpResponse<String> pay(String phoneNumber, String checkoutToken) throws Exception {
		return this.browser.submit("/products/chai/orders", fields(phoneNumber, checkoutToken));
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

	private static Map<String, String> fields(String phoneNumber, String checkoutToken) {
		return Map.of("phoneNumber", phoneNumber, "checkoutToken", checkoutToken);
	}

	private static String checkoutToken() {
		return UUID.randomUUID().toString();
	}

}
