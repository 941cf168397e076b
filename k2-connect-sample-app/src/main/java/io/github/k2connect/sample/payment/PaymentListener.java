package io.github.k2connect.sample.payment;

import io.github.k2connect.event.BuygoodsTransactionReceived;
import io.github.k2connect.event.BuygoodsTransactionReversed;
import io.github.k2connect.event.PollingResult;
import io.github.k2connect.event.StkPushResult;
import io.github.k2connect.event.UnrecognizedK2Event;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.event.EventListener;
import org.springframework.core.log.LogFormatUtils;
import org.springframework.stereotype.Component;

/**
 * Listener for the events of Kopo Kopo. If a method throws an exception, the delivery
 * fails, and Kopo Kopo may deliver the event again. So no method hides a failure.
 */
@Component
class PaymentListener {

	private static final Logger logger = LoggerFactory.getLogger(PaymentListener.class);

	private final Payments payments;

	PaymentListener(Payments payments) {
		this.payments = payments;
	}

	@EventListener
	void onResult(StkPushResult result) {
		this.payments.apply(result);
	}

	@EventListener
	void onReceived(BuygoodsTransactionReceived payment) {
		this.payments.receive(payment);
	}

	@EventListener
	void onReversed(BuygoodsTransactionReversed payment) {
		this.payments.reverse(payment);
	}

	@EventListener
	void onPolled(PollingResult result) {
		if (result.isSuccessful()) {
			result.transactions().forEach(this.payments::applyPolled);
		}
	}

	@EventListener
	void onUnrecognized(UnrecognizedK2Event event) {
		logger.warn("Message {} of kind {} was not recognized", LogFormatUtils.formatValue(event.id(), true),
				LogFormatUtils.formatValue(event.kind(), true));
	}

}
