package io.github.k2connect.sample.simulator;

import java.net.URI;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.UUID;

import io.github.k2connect.sample.shop.Browser;
import io.github.k2connect.test.K2Simulator;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for the shop with its simulator.
 */
class SimulatedShopTests implements SimulatedShopTest {

	@Autowired
	private K2Simulator simulator;

	@Test
	void startsSimulatorAtConfiguredBaseUrl() {
		assertThat(this.simulator.baseUrl()).extracting(URI::getPort).isEqualTo(SIMULATOR_PORT);
	}

	@Test
	void listsPhoneNumbersOfSimulator() throws Exception {
		assertThat(new Browser(PORT).open("/products/kahawa").body()).contains("practice shop")
			.contains("0700 000 000")
			.contains("0700 000 001")
			.contains("0700 000 002")
			.contains("0700 000 003");
	}

	@Test
	void paysOrderWithoutFurtherConfiguration() throws Exception {
		Browser browser = new Browser(PORT);
		HttpResponse<String> page = browser.submit("/products/kahawa/orders",
				Map.of("phoneNumber", "0712 345 678", "orderId", UUID.randomUUID().toString()));
		assertThat(page.body()).containsAnyOf("Waiting for your phone", "M-PESA reference");
		await().untilAsserted(() -> assertThat(browser.open(page.uri().getPath()).body()).contains("M-PESA reference"));
	}

}
