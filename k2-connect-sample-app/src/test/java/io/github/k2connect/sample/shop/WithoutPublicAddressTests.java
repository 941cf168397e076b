package io.github.k2connect.sample.shop;

import java.net.URI;
import java.time.Duration;
import java.util.UUID;

import io.github.k2connect.test.K2Simulator;
import io.github.k2connect.test.SimulatedPhoneNumber;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for a shop that Kopo Kopo cannot reach, for example on a laptop: it follows up
 * its payments.
 */
@ShopTest
class WithoutPublicAddressTests {

	private static final URI NOBODY_LISTENS = URI.create("http://localhost:1");

	@Autowired
	private K2Simulator simulator;

	@Autowired
	private Checkout checkout;

	@Autowired
	private Catalogue catalogue;

	@Autowired
	private Orders orders;

	@LocalServerPort
	private int port;

	@BeforeEach
	void switchOffCallbacks() {
		this.simulator.callbackOrigin(NOBODY_LISTENS);
	}

	@AfterEach
	void letCallbacksArrive() {
		this.simulator.callbackOrigin(URI.create("http://localhost:" + this.port));
	}

	@Test
	void receivesResultOfSuccessfulPayment() {
		Order order = awaitResult(SimulatedPhoneNumber.PAYS);
		assertThat(order.state()).isEqualTo(Order.State.PAID);
		assertThat(order.mpesaReference()).isNotNull();
	}

	@Test
	void receivesResultOfFailedPayment() {
		assertThat(awaitResult(SimulatedPhoneNumber.INSUFFICIENT_BALANCE).state()).isEqualTo(Order.State.FAILED);
	}

	private Order awaitResult(String phoneNumber) {
		String id = UUID.randomUUID().toString();
		this.checkout.placeOrder(id, this.catalogue.find("kahawa").orElseThrow(), phoneNumber);
		return await().atMost(Duration.ofSeconds(60))
			.until(() -> this.orders.find(id).orElseThrow(), (order) -> !order.state().isOpen());
	}

}
