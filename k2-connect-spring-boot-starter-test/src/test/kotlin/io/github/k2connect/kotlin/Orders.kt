package io.github.k2connect.kotlin

import java.math.BigDecimal
import java.util.concurrent.ConcurrentHashMap
import org.springframework.stereotype.Component

/**
 * The orders of the application in the Kotlin example.
 */
@Component
class Orders {

	private val states = ConcurrentHashMap<String, String>()

	fun waitForPayment(orderId: String, paymentId: String) {
		states.putIfAbsent(orderId, "waiting for $paymentId")
	}

	fun paid(orderId: String, amount: BigDecimal?, reference: String?) {
		states[orderId] = "paid $amount with $reference"
	}

	fun notPaid(orderId: String, errors: List<String>) {
		states[orderId] = "not paid: ${errors.joinToString()}"
	}

	fun state(orderId: String): String = states.getOrDefault(orderId, "unknown")

}
