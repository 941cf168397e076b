package io.github.k2connect.docs;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.github.k2connect.event.Disbursement;
import io.github.k2connect.event.PayoutResult;

import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * A listener for payouts in the documentation.
 */
@Component
class Payouts {

	private final Map<String, List<Disbursement>> failures = new ConcurrentHashMap<>();

	@EventListener
	void on(PayoutResult result) {
		if (result.isFailed()) {
			notPaid(result.id(), result.failedDisbursements());
		}
	}

	private void notPaid(String payoutId, List<Disbursement> disbursements) {
		this.failures.put(payoutId, disbursements);
	}

	Map<String, List<Disbursement>> failures() {
		return Map.copyOf(this.failures);
	}

}
