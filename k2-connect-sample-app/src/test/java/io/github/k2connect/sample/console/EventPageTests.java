package io.github.k2connect.sample.console;

import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.github.k2connect.event.K2DetectedEvent;
import io.github.k2connect.event.MissedTillReversal;
import io.github.k2connect.sample.shop.Browser;
import io.github.k2connect.test.K2Simulator;
import io.github.k2connect.test.SimulatedResult;
import io.github.k2connect.test.SimulatedWebhook;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for the feed of events.
 */
@ConsoleTest
class EventPageTests {

	@Autowired
	private K2Simulator simulator;

	@Autowired
	private JdbcClient jdbcClient;

	@Autowired
	private ApplicationEventPublisher publisher;

	private final Browser browser;

	EventPageTests(@LocalServerPort int port) {
		this.browser = new Browser(port).as("user", "karibu");
	}

	@BeforeEach
	void reset() {
		this.jdbcClient.sql("delete from console_event").update();
	}

	@Test
	void showsEventWithItsFields() {
		this.simulator.deliver(SimulatedWebhook.buygoodsTransactionReceived().with("reference", "TKFEED0001"));
		await().untilAsserted(() -> assertThat(page("")).contains("BuygoodsTransactionReceived")
			.contains("<dt>transaction.reference</dt>")
			.contains("<dd>TKFEED0001</dd>"));
	}

	@Test
	void showsAmountWithTwoDecimals() {
		this.simulator.deliver(SimulatedWebhook.buygoodsTransactionReceived().with("amount", "12850.0"));
		await().untilAsserted(() -> assertThat(page("")).contains(">KES 12,850.00<"));
	}

	@Test
	void takesNoMetadataForAmountOfEvent() {
		this.simulator
			.deliver(SimulatedResult.stkPush().metadata("amount", "much").failed("Request cancelled by user"));
		await().untilAsserted(() -> assertThat(page("")).contains("<dt>metadata.amount</dt>").doesNotContain("KES"));
	}

	@Test
	void showsWhatNoMessageToldOf() {
		SimulatedWebhook received = SimulatedWebhook.buygoodsTransactionReceived();
		SimulatedWebhook reversed = SimulatedWebhook.buygoodsTransactionReversed().with("reference", "TKFEED0003");
		for (K2DetectedEvent event : List.<K2DetectedEvent>of(received.toMissedTillPayment(),
				reversed.toMissedTillReversal(), SimulatedResult.stkPush().toUnresolvedRequest())) {
			this.publisher.publishEvent(event);
			assertThat(page("")).containsOnlyOnce("\"kind\">" + event.getClass().getSimpleName() + "<");
		}
		assertThat(page("?kind=MissedTillReversal")).contains("TKFEED0003");
	}

	@Test
	void filtersEvents() {
		this.simulator.deliver(SimulatedWebhook.buygoodsTransactionReceived().with("reference", "TKFEED0002"));
		this.simulator.deliver(SimulatedResult.polling());
		await().untilAsserted(() -> assertThat(page("")).contains("TKFEED0002").contains("\"kind\">PollingResult<"));
		assertThat(page("?kind=PollingResult")).contains("\"kind\">PollingResult<").doesNotContain("TKFEED0002");
		assertThat(page("?text=tkfeed0002")).contains("TKFEED0002").doesNotContain("\"kind\">PollingResult<");
		assertThat(page("?text=%25")).contains("No event yet");
	}

	@Test
	void streamsChange() throws Exception {
		try (Stream<String> lines = this.browser.listen("/console/changes").get(10, TimeUnit.SECONDS).body()) {
			Iterator<String> events = lines.filter((line) -> line.startsWith("event:")).iterator();
			assertThat(events.next()).isEqualTo("event:open");
			this.simulator.deliver(SimulatedResult.polling());
			assertThat(events.next()).isEqualTo("event:changed");
		}
	}

	private String page(String query) {
		try {
			return this.browser.open("/console/events" + query).body();
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

}
