package io.github.k2connect.sample.payment;

import java.util.List;
import java.util.Locale;

import io.github.k2connect.sample.order.FailureReason;

/**
 * Reads what M-PESA gives as the reason of a failed payment, which is a sentence and not
 * a code.
 */
final class FailureReasons {

	private FailureReasons() {
	}

	static FailureReason of(List<String> errors) {
		String text = String.join(" ", errors).toLowerCase(Locale.ROOT);
		if (text.contains("insufficient") || text.contains("balance")) {
			return FailureReason.INSUFFICIENT_BALANCE;
		}
		if (text.contains("cancel")) {
			return FailureReason.CANCELLED;
		}
		if (text.contains("timeout") || text.contains("timed out") || text.contains("reached")
				|| text.contains("no response")) {
			return FailureReason.NO_ANSWER;
		}
		return FailureReason.DECLINED;
	}

}
