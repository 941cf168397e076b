package io.github.k2connect.test;

import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SimulatorPage}, without JavaScript.
 */
class SimulatorPageTests extends SimulatorTestSupport {

	private PageClient page;

	@BeforeEach
	void openPage() {
		this.page = new PageClient(this.simulator);
	}

	@Test
	void showsPage() throws Exception {
		this.page.press("ring", Map.of("on", "true"));
		this.caller.create("/api/v1/incoming_payments", Bodies.incomingPayment("+254711222333"));
		this.page.press("send", Map.of("message", "daraja_transaction"));
		String page = this.page.press("inject", Map.of("fault", "slow", "seconds", "2", "how", "next", "times", "3"));
		System.out.println(page);
		assertThat(page).contains("Kopo Kopo simulator");
	}

}
