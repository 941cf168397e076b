package io.github.k2connect.docs;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * The orders of the application in the README's examples.
 */
@Component
class Orders {

	private final Map<String, String> states = new ConcurrentHashMap<>();

	private final Map<String, Integer> payments = new ConcurrentHashMap<>();

	private final Map<String, Integer> failures = new ConcurrentHashMap<>();

	void waitForPayment(String orderId, String paymentId) {
		this.states.putIfAbsent(orderId, "waiting for " + paymentId);
	}

	void paid(@Nullable String orderId, @Nullable BigDecimal amount, @Nullable String reference) {
		this.states.put(String.valueOf(orderId), "paid " + amount);
		this.payments.merge(String.valueOf(orderId), 1, Integer::sum);
	}

	void notPaid(@Nullable String orderId, List<String> errors) {
		this.states.put(String.valueOf(orderId), "not paid: " + String.join(", ", errors));
		this.failures.merge(String.valueOf(orderId), 1, Integer::sum);
	}

	/**
	 * Return the number of the next push of an order.
	 */
	int attempt(String orderId) {
		return this.failures.getOrDefault(orderId, 0) + 1;
	}

	int payments(String orderId) {
		return this.payments.getOrDefault(orderId, 0);
	}

	String state(String orderId) {
		return this.states.getOrDefault(orderId, "unknown");
	}

}
