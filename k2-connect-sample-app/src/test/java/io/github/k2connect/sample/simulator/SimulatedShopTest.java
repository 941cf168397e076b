package io.github.k2connect.sample.simulator;

import java.util.concurrent.atomic.AtomicBoolean;

import io.github.k2connect.event.CustomerCreated;
import io.github.k2connect.sample.console.PlainPasswords;
import io.github.k2connect.sample.shop.ShopApplication;
import io.github.k2connect.testfixtures.ServerPort;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.EventListener;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/**
 * The shop with its simulator, as {@link SimulatedShop} starts it, except for ports,
 * delays, the password and the database. An event whose listener fails is parked at once.
 */
@SpringBootTest(webEnvironment = WebEnvironment.DEFINED_PORT,
		classes = { ShopApplication.class, SimulatorConfiguration.class },
		properties = { "simulator.result-delay=100ms", "k2.follow-up.first-check=1s", "k2.reconciliation.interval=1h",
				"k2.webhook.inbox.max-attempts=1", "spring.security.user.password=karibu",
				"spring.datasource.url=jdbc:h2:mem:${random.uuid};DB_CLOSE_DELAY=-1" })
@ActiveProfiles("simulator")
@Import({ SimulatedShopTest.FailingListener.class, PlainPasswords.class })
interface SimulatedShopTest {

	int PORT = ServerPort.find();

	int SIMULATOR_PORT = ServerPort.find();

	@DynamicPropertySource
	static void choosePorts(DynamicPropertyRegistry registry) {
		registry.add("server.port", () -> PORT);
		registry.add("k2.base-url", () -> "http://localhost:" + SIMULATOR_PORT);
	}

	/**
	 * Listener that fails while a test asks for it.
	 */
	@TestConfiguration(proxyBeanMethods = false)
	class FailingListener {

		final AtomicBoolean fails = new AtomicBoolean();

		@EventListener
		void on(CustomerCreated event) {
			if (this.fails.get()) {
				throw new IllegalStateException("Fails as the test asks for");
			}
		}

	}

}
