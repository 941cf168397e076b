package io.github.k2connect.sample.web;

import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Iterator;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.github.k2connect.sample.Browser;
import io.github.k2connect.sample.ShopTest;
import io.github.k2connect.sample.order.FailureReason;
import io.github.k2connect.sample.order.Order;
import io.github.k2connect.sample.order.OrderChanged;
import io.github.k2connect.sample.order.Orders;
import io.github.k2connect.sample.order.PushLimit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link OrderStreams} as a browser sees them.
 */
@ShopTest
@Timeout(30)
class OrderStreamsTests {

	@Autowired
	private Orders orders;

	@Autowired
	private OrderStreams streams;

	private final Browser browser;

	private final String orderId = UUID.randomUUID().toString();

	OrderStreamsTests(@LocalServerPort int port) {
		this.browser = new Browser(port);
	}

	@BeforeEach
	void addOrder() {
		this.orders.add(Order.created(this.orderId, "kahawa", BigDecimal.valueOf(850), "KES", "+254712345678"),
				UUID.randomUUID().toString(), new PushLimit(1000, Duration.ofMinutes(1)));
	}

	@Test
	void sendsPresentStateThenChangesAndCloses() throws Exception {
		try (Stream<String> lines = listen().body()) {
			Iterator<String> states = states(lines);
			assertThat(states.next()).isEqualTo("CREATED");
			this.orders.awaitPayment(this.orderId, this.orderId);
			assertThat(states.next()).isEqualTo("AWAITING_PAYMENT");
			this.orders.markPaid(this.orderId, "SKV4XBY7PZ");
			assertThat(states.next()).isEqualTo("PAID");
			assertThat(states.hasNext()).isFalse();
		}
		await().untilAsserted(() -> assertThat(this.streams.count()).isZero());
	}

	@Test
	void notifiesEveryBrowserThatShowsOrder() throws Exception {
		try (Stream<String> first = listen().body(); Stream<String> second = listen().body()) {
			Iterator<String> firstStates = states(first);
			Iterator<String> secondStates = states(second);
			assertThat(firstStates.next()).isEqualTo(secondStates.next());
			this.orders.markFailed(this.orderId, FailureReason.CANCELLED);
			assertThat(firstStates.next()).isEqualTo("FAILED");
			assertThat(secondStates.next()).isEqualTo("FAILED");
		}
	}

	@Test
	void sendsOutcomeAtOnceToLateBrowser() throws Exception {
		this.orders.markPaid(this.orderId, "SKV4XBY7PZ");
		HttpResponse<Stream<String>> response = listen();
		assertThat(response.headers().firstValue("Content-Type"))
			.hasValueSatisfying((contentType) -> assertThat(contentType).startsWith("text/event-stream"));
		try (Stream<String> lines = response.body()) {
			Iterator<String> states = states(lines);
			assertThat(states.next()).isEqualTo("PAID");
			assertThat(states.hasNext()).isFalse();
		}
		await().untilAsserted(() -> assertThat(this.streams.count()).isZero());
	}

	@Test
	void forgetsBrowserThatDisconnected() throws Exception {
		try (Stream<String> lines = listen().body()) {
			assertThat(states(lines).next()).isEqualTo("CREATED");
			assertThat(this.streams.count()).isOne();
		}
		await().untilAsserted(() -> {
			this.streams.onChange(new OrderChanged(this.orderId));
			assertThat(this.streams.count()).isZero();
		});
	}

	private HttpResponse<Stream<String>> listen() throws Exception {
		return this.browser.listen("/orders/" + this.orderId + "/events").get(10, TimeUnit.SECONDS);
	}

	private static Iterator<String> states(Stream<String> lines) {
		return lines.filter((line) -> line.startsWith("data:")).map((line) -> line.substring(5)).iterator();
	}

}
