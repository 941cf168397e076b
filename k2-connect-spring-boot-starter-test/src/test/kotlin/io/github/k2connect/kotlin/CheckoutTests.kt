package io.github.k2connect.kotlin

import io.github.k2connect.test.AutoConfigureK2Simulator
import io.github.k2connect.test.SimulatedPhoneNumber
import org.assertj.core.api.Assertions.assertThat
import org.awaitility.Awaitility
import org.junit.jupiter.api.Test
import org.springframework.beans.factory.annotation.Autowired
import org.springframework.boot.autoconfigure.SpringBootApplication
import org.springframework.boot.test.context.SpringBootTest
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment

/**
 * The application of the Kotlin example.
 */
@SpringBootApplication
class Application

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@AutoConfigureK2Simulator
class CheckoutTests @Autowired constructor(private val checkout: Checkout, private val orders: Orders) {

	@Test
	fun paysOrder() {
		checkout.pay("order-1", SimulatedPhoneNumber.PAYS, 2200)
		Awaitility.await().untilAsserted { assertThat(orders.state("order-1")).startsWith("paid 2200") }
	}

	@Test
	fun failsWithInsufficientFunds() {
		checkout.pay("order-2", SimulatedPhoneNumber.INSUFFICIENT_BALANCE, 2200)
		Awaitility.await().untilAsserted { assertThat(orders.state("order-2")).startsWith("not paid") }
	}

}
