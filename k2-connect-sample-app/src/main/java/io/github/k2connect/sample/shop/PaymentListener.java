package io.github.k2connect.sample.shop;

import io.github.k2connect.event.ReversalResult;
import io.github.k2connect.event.StkPushResult;
import io.github.k2connect.event.TillPayment;
import io.github.k2connect.event.TillReversal;
import io.github.k2connect.event.TillTransactionDetails;
import io.github.k2connect.event.UnrecognizedK2Event;
import io.github.k2connect.event.UnresolvedK2Request;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.event.EventListener;
import org.springframework.core.log.LogFormatUtils;
import org.springframework.stereotype.Component;

/**
 * Listener for the events of Kopo Kopo. If a method throws an exception, the inbox
 * publishes the event again. So no method hides a failure.
 */
@Component
class PaymentListener {

	private static final Logger logger = LoggerFactory.getLogger(PaymentListener.class);

	private final Orders orders;

	private final Payments payments;

	PaymentListener(Orders orders, Payments payments) {
		this.orders = orders;
		this.payments = payments;
	}

	/**
	 * Add the payment of a push, and apply the result to its order.
	 */
	@EventListener
	void on(StkPushResult result) {
		if (result.isSuccessful()) {
			this.payments.add(result.account(), result);
		}
		this.orders.findByPush(result.id(), result.metadata().get(Checkout.ORDER_ID))
			.ifPresentOrElse((order) -> apply(result, order), () -> logger
				.warn("Payment {} is for no order of this shop", LogFormatUtils.formatValue(result.id(), true)));
	}

	private void apply(StkPushResult result, Order order) {
		if (result.failureReason() != null) {
			this.orders.markFailed(order.id(), result.failureReason());
		}
		else if (result.isSuccessful()) {
			boolean paid = order.isPaidBy(result) && this.orders.markPaid(order.id(), result.reference());
			if (!paid && this.orders.markForReview(order.id(), result.reference())) {
				logger.warn("A payment does not match order {}", order.id());
			}
		}
	}

	/**
	 * Add a payment. It does not name its order: the result of its push does. A payment
	 * without a push waits until the customer enters its code.
	 */
	@EventListener
	void on(TillPayment payment) {
		this.payments.add(payment.account(), payment);
	}

	/**
	 * Leave the order of a payment that was given back to a person.
	 */
	@EventListener
	void on(TillReversal reversal) {
		reverse(reversal.account(), reversal.reference(), reversal);
	}

	@EventListener
	void on(ReversalResult result) {
		if (result.isSuccessful()) {
			reverse(result.account(), result.transactionReference(), null);
		}
	}

	private void reverse(String account, @Nullable String reference, @Nullable TillTransactionDetails payment) {
		if (reference == null) {
			return;
		}
		this.payments.markReversed(account, reference, payment);
		if (this.orders.markReversed(reference)) {
			logger.warn("The payment of an order was reversed");
		}
	}

	/**
	 * Leave an order whose push has no result to a person.
	 */
	@EventListener
	void on(UnresolvedK2Request request) {
		this.orders.findByPush(request.id(), request.metadata().get(Checkout.ORDER_ID))
			.filter((order) -> order.state().isOpen() && this.orders.markForReview(order.id(), null))
			.ifPresent((order) -> logger.warn("The payment of order {} has no result", order.id()));
	}

	@EventListener
	void on(UnrecognizedK2Event event) {
		logger.warn("Message {} of kind {} was not recognized", LogFormatUtils.formatValue(event.id(), true),
				LogFormatUtils.formatValue(event.kind(), true));
	}

}
