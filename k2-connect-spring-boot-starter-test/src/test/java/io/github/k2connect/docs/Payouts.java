package io.github.k2connect.docs;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.github.k2connect.event.Disbursement;
import io.github.k2connect.event.PayoutResult;
import org.jspecify.annotations.Nullable;

import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * A listener in the README's examples.
 */
@Component
class Payouts {

	private final Map<String, List<String>> failures = new ConcurrentHashMap<>();

	@EventListener
	void on(PayoutResult result) {
		for (Disbursement disbursement : result.failedDisbursements()) {
			notPaid(disbursement.destinationReference(), disbursement.errors());
		}
	}

	private void notPaid(@Nullable String destinationReference, List<String> errors) {
		this.failures.put(String.valueOf(destinationReference), errors);
	}

	Map<String, List<String>> failures() {
		return Map.copyOf(this.failures);
	}

}
