package io.github.k2connect.sample.console;

import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.k2connect.event.CustomerCreated;
import io.github.k2connect.sample.shop.Browser;
import io.github.k2connect.test.K2Simulator;
import io.github.k2connect.test.SimulatedWebhook;
import io.github.k2connect.webhook.inbox.K2Inbox;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.EventListener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for the page that shows what waits.
 */
@ConsoleTest
@Import(WaitingPageTests.FailingListener.class)
class WaitingPageTests {

	private static final String WAITING = "/console/waiting";

	@Autowired
	private K2Simulator simulator;

	@Autowired
	private K2Inbox inbox;

	@Autowired
	private FailingListener listener;

	private final Browser browser;

	WaitingPageTests(@LocalServerPort int port) {
		this.browser = new Browser(port).as("user", "karibu");
	}

	@BeforeEach
	void parkOneEvent() {
		this.inbox.parked().forEach((event) -> this.inbox.discard(event.key()));
		this.listener.fails.set(true);
		this.simulator.deliver(SimulatedWebhook.customerCreated());
		await().until(() -> this.inbox.parked().size() == 1);
	}

	@Test
	void showsParkedEvent() throws Exception {
		assertThat(this.browser.open(WAITING).body()).contains("customer_created")
			.contains(this.inbox.parked().get(0).id());
	}

	@Test
	void retriesParkedEvent() throws Exception {
		this.listener.fails.set(false);
		assertThat(this.browser.submit(WAITING, WAITING + "/retry", Map.of("key", key())).body())
			.contains("It is handled again now");
		await().until(() -> this.inbox.parked().isEmpty() && this.inbox.waiting() == 0);
		assertThat(this.browser.open("/console/events?kind=CustomerCreated").body())
			.contains("\"kind\">CustomerCreated<");
	}

	@Test
	void discardsParkedEvent() throws Exception {
		assertThat(this.browser.submit(WAITING, WAITING + "/discard", Map.of("key", key())).body())
			.contains("It is discarded");
		assertThat(this.inbox.parked()).isEmpty();
	}

	@Test
	void tellsThatEventIsNoLongerParked() throws Exception {
		assertThat(this.browser.submit(WAITING, WAITING + "/retry", Map.of("key", "gone")).body())
			.contains("It is no longer parked");
		assertThat(this.inbox.parked()).hasSize(1);
	}

	@Test
	void showsSubscriptionsThatAreMonitored() {
		await().untilAsserted(() -> assertThat(this.browser.open(WAITING).body()).contains(">k2-subscription<"));
	}

	@Test
	void showsTillsThatAreReconciled() throws Exception {
		assertThat(this.browser.open(WAITING).body())
			.containsPattern("<th scope=\"row\">K000000</th>\\s*<td>default</td>");
	}

	private String key() {
		return this.inbox.parked().get(0).key();
	}

	@TestConfiguration(proxyBeanMethods = false)
	static class FailingListener {

		final AtomicBoolean fails = new AtomicBoolean();

		@EventListener
		void on(CustomerCreated event) {
			if (this.fails.get()) {
				throw new IllegalStateException("Fails as the test asks for");
			}
		}

	}

}
