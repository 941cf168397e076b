package io.github.k2connect.sample.simulator;

import java.net.URI;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.UUID;

import io.github.k2connect.sample.shop.Browser;
import io.github.k2connect.sample.shop.ShopApplication;
import io.github.k2connect.test.K2Simulator;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.util.TestSocketUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for the shop with its simulator, as {@link SimulatedShop} starts it, except for
 * ports, delays and the database.
 */
@SpringBootTest(webEnvironment = WebEnvironment.DEFINED_PORT,
		classes = { ShopApplication.class, SimulatorConfiguration.class },
		properties = { "simulator.result-delay=100ms",
				"spring.datasource.url=jdbc:h2:mem:${random.uuid};DB_CLOSE_DELAY=-1" })
@ActiveProfiles("simulator")
class SimulatedShopTests {

	private static final int port = TestSocketUtils.findAvailableTcpPort();

	private static final int simulatorPort = TestSocketUtils.findAvailableTcpPort();

	@Autowired
	private K2Simulator simulator;

	@DynamicPropertySource
	static void choosePorts(DynamicPropertyRegistry registry) {
		registry.add("server.port", () -> port);
		registry.add("k2.base-url", () -> "http://localhost:" + simulatorPort);
	}

	@Test
	void startsSimulatorAtConfiguredBaseUrl() {
		assertThat(this.simulator.baseUrl()).extracting(URI::getPort).isEqualTo(simulatorPort);
	}

	@Test
	void listsPhoneNumbersOfSimulator() throws Exception {
		assertThat(new Browser(port).open("/products/kahawa").body()).contains("practice shop")
			.contains("0700 000 000")
			.contains("0700 000 001")
			.contains("0700 000 002")
			.contains("0700 000 003");
	}

	@Test
	void paysOrderWithoutFurtherConfiguration() throws Exception {
		Browser browser = new Browser(port);
		HttpResponse<String> page = browser.submit("/products/kahawa/orders",
				Map.of("phoneNumber", "0712 345 678", "orderId", UUID.randomUUID().toString()));
		assertThat(page.body()).contains("Waiting for your phone");
		await().untilAsserted(() -> assertThat(browser.open(page.uri().getPath()).body()).contains("M-PESA reference"));
	}

}
