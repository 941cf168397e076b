package io.github.k2connect.sample.payment;

import java.net.URI;

import io.github.k2connect.K2Exception;
import io.github.k2connect.event.StkFailureReason;
import io.github.k2connect.event.StkPushResult;
import io.github.k2connect.sample.order.FailureReason;
import io.github.k2connect.sample.order.Order;
import io.github.k2connect.sample.order.Orders;
import io.github.k2connect.stk.StkService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.core.log.LogFormatUtils;
import org.springframework.stereotype.Service;

/**
 * Brings what Kopo Kopo says of a payment to the order that it is for. It does not matter
 * whether Kopo Kopo said it by itself or was asked, nor how often.
 */
@Service
public class Payments {

	/**
	 * The metadata under which a payment carries its order's id.
	 */
	static final String ORDER_ID = "order_id";

	private static final Logger logger = LoggerFactory.getLogger(Payments.class);

	private final StkService stkService;

	private final Orders orders;

	Payments(StkService stkService, Orders orders) {
		this.stkService = stkService;
		this.orders = orders;
	}

	/**
	 * Ask Kopo Kopo how the payment of an order stands.
	 * @param order the order
	 * @throws K2Exception if Kopo Kopo does not say; the order stays as it was
	 */
	public void check(Order order) {
		URI location = order.paymentLocation();
		if (order.state().isOpen() && location != null) {
			apply(this.stkService.getStatus(location));
		}
	}

	/**
	 * Apply a result to the order that it is for.
	 * @param result the result, which may be pending, late, or known before
	 */
	void apply(StkPushResult result) {
		this.orders.findByPayment(result.id(), result.metadata().get(ORDER_ID))
			.ifPresentOrElse((order) -> apply(result, order), () -> logger
				.warn("Payment {} is for no order of this shop", LogFormatUtils.formatValue(result.id(), true)));
	}

	private void apply(StkPushResult result, Order order) {
		StkFailureReason failure = result.failureReason();
		if (failure != null) {
			this.orders.markFailed(order.id(), reasonOf(failure));
		}
		else if (result.isSuccessful()) {
			applySuccess(result, order);
		}
	}

	private static FailureReason reasonOf(StkFailureReason failure) {
		return switch (failure) {
			case INSUFFICIENT_BALANCE -> FailureReason.INSUFFICIENT_BALANCE;
			case CANCELLED -> FailureReason.CANCELLED;
			case WRONG_PIN -> FailureReason.WRONG_PIN;
			case UNREACHABLE, EXPIRED -> FailureReason.NO_ANSWER;
			case BUSY -> FailureReason.BUSY;
			case OTHER -> FailureReason.DECLINED;
		};
	}

	private void applySuccess(StkPushResult result, Order order) {
		String reference = result.reference();
		boolean paid = reference != null && isExactly(order, result) && this.orders.markPaid(order.id(), reference);
		if (!paid && this.orders.markForReview(order.id(), reference)) {
			logger.warn("Payment {} does not fit order {}", LogFormatUtils.formatValue(result.id(), true), order.id());
		}
	}

	private static boolean isExactly(Order order, StkPushResult result) {
		return result.amount() != null && order.amount().compareTo(result.amount()) == 0
				&& order.currency().equals(result.currency());
	}

}
