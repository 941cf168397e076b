package io.github.k2connect.docs;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.github.k2connect.event.StkPushResult;
import io.github.k2connect.event.TillPayment;
import org.jspecify.annotations.Nullable;

import org.springframework.context.event.EventListener;

/**
 * The listener of the page about delivery that is wrong.
 */
class NaiveListener {

	private final Map<String, BigDecimal> orders;

	private final List<@Nullable String> fulfilled = new ArrayList<>();

	/**
	 * Create the listener.
	 * @param orders the amount of each order
	 */
	NaiveListener(Map<String, BigDecimal> orders) {
		this.orders = orders;
	}

	@EventListener
	void on(StkPushResult result) {
		if (result.isSuccessful()) {
			fulfil(result.metadata().get("order"));
		}
	}

	@EventListener
	void on(TillPayment payment) {
		fulfil(findOrder(payment.amount()));
	}

	private @Nullable String findOrder(@Nullable BigDecimal amount) {
		return this.orders.entrySet()
			.stream()
			.filter((order) -> amount != null && amount.compareTo(order.getValue()) == 0)
			.map(Map.Entry::getKey)
			.sorted()
			.findFirst()
			.orElse(null);
	}

	private void fulfil(@Nullable String orderId) {
		this.fulfilled.add(orderId);
	}

	List<@Nullable String> fulfilled() {
		return this.fulfilled;
	}

}
