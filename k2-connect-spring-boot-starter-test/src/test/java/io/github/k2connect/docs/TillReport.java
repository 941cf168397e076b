package io.github.k2connect.docs;

import java.math.BigDecimal;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

import io.github.k2connect.event.BuygoodsTransactionReceived;

import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * A listener in the README's examples.
 */
@Component
class TillReport {

	private final AtomicReference<BigDecimal> takings = new AtomicReference<>(BigDecimal.ZERO);

	@EventListener
	void on(BuygoodsTransactionReceived payment) {
		this.takings.accumulateAndGet(Objects.requireNonNull(payment.amount()), BigDecimal::add);
	}

	BigDecimal takings() {
		return this.takings.get();
	}

}
