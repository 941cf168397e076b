package io.github.k2connect.sample.payment;

import java.util.List;

import io.github.k2connect.K2Exception;
import io.github.k2connect.event.StkFailureReason;
import io.github.k2connect.event.StkPushResult;
import io.github.k2connect.event.TillPayment;
import io.github.k2connect.event.TillTransaction;
import io.github.k2connect.sample.order.FailureReason;
import io.github.k2connect.sample.order.Order;
import io.github.k2connect.sample.order.OrderState;
import io.github.k2connect.sample.order.Orders;
import io.github.k2connect.stk.StkService;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.core.log.LogFormatUtils;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Service that matches payments with orders. Kopo Kopo may report a payment in several
 * messages, in any order. The payment is identified by its reference, and pays one order
 * once. A payment without an order waits until a customer enters its code, or the staff
 * matches it.
 */
@Service
public class Payments {

	/**
	 * The metadata key for the id of the order.
	 */
	static final String ORDER_ID = "order_id";

	private static final Logger logger = LoggerFactory.getLogger(Payments.class);

	private final StkService stkService;

	private final Orders orders;

	private final Receipts receipts;

	private final TillPolls polls;

	private final ShopProperties properties;

	private final TransactionTemplate transactions;

	Payments(StkService stkService, Orders orders, Receipts receipts, TillPolls polls, ShopProperties properties,
			TransactionTemplate transactions) {
		this.stkService = stkService;
		this.orders = orders;
		this.receipts = receipts;
		this.polls = polls;
		this.properties = properties;
		this.transactions = transactions;
	}

	/**
	 * Check the payment of an order. If the payment's id is unknown, the transactions of
	 * the till are polled, and their result comes later.
	 * @param order the order
	 * @throws K2Exception if the call fails; the order is unchanged
	 */
	public void check(Order order) {
		String paymentId = order.paymentId();
		if (!order.state().isOpen()) {
			return;
		}
		if (paymentId != null) {
			apply(this.stkService.getStatus(paymentId));
		}
		else {
			this.polls.request(order.createdAt());
		}
	}

	/**
	 * Pay an order with the payment whose code the customer entered.
	 * @param order the order
	 * @param text the code, as the customer wrote it
	 * @return the outcome
	 */
	public CodeOutcome enterCode(Order order, String text) {
		CodeOutcome outcome = MpesaCode.parse(text).map((code) -> this.transactions.execute((transaction) -> {
			CodeOutcome result = payWithCode(order, code);
			if (result == CodeOutcome.CLOSED) {
				transaction.setRollbackOnly();
			}
			return result;
		})).orElse(CodeOutcome.UNREADABLE);
		if (outcome == CodeOutcome.UNKNOWN) {
			pollFor(order);
		}
		return outcome;
	}

	private CodeOutcome payWithCode(Order order, String code) {
		Receipt receipt = this.receipts.find(code).orElse(null);
		if (receipt == null || receipt.reversed()) {
			return CodeOutcome.UNKNOWN;
		}
		if (receipt.orderId() != null) {
			return receipt.orderId().equals(order.id()) ? CodeOutcome.PAID : CodeOutcome.USED;
		}
		if (!receipt.pays(order)) {
			return CodeOutcome.OTHER_AMOUNT;
		}
		if (!this.receipts.assign(code, order.id())) {
			return CodeOutcome.USED;
		}
		return this.orders.markPaidByCode(order.id(), code) ? CodeOutcome.PAID : CodeOutcome.CLOSED;
	}

	private void pollFor(Order order) {
		try {
			this.polls.request(order.createdAt());
		}
		catch (K2Exception ex) {
			logger.warn("Failed to poll the transactions of the till", ex);
		}
	}

	/**
	 * Pay an order with a waiting receipt, because the staff decided so. The amount is
	 * not checked.
	 * @param reference the reference of the receipt
	 * @param order the order
	 * @return {@code false} if the order is already paid, or the receipt is not waiting
	 */
	public boolean match(String reference, Order order) {
		return Boolean.TRUE.equals(this.transactions.execute((transaction) -> {
			boolean matched = this.receipts.assign(reference, order.id())
					&& this.orders.markPaidByPerson(order.id(), reference);
			if (!matched) {
				transaction.setRollbackOnly();
			}
			return matched;
		}));
	}

	/**
	 * Return the till that receives the money.
	 * @return the till number
	 */
	public String tillNumber() {
		return this.properties.tillNumber();
	}

	/**
	 * Return the receipts that wait for an order.
	 * @return the receipts, the latest first
	 */
	public List<Receipt> findWaiting() {
		return this.receipts.findWaiting();
	}

	/**
	 * Apply a result to its order.
	 * @param result the result, which may be pending, late, or already known
	 */
	void apply(StkPushResult result) {
		this.orders.findByPayment(result.id(), result.metadata().get(ORDER_ID))
			.ifPresentOrElse((order) -> apply(result, order), () -> applyToNoOrder(result));
	}

	private void apply(StkPushResult result, Order order) {
		StkFailureReason failure = result.failureReason();
		if (failure != null) {
			this.orders.markFailed(order.id(), reasonOf(failure));
		}
		else if (result.isSuccessful()) {
			this.transactions.executeWithoutResult((transaction) -> applySuccess(result, order));
		}
	}

	private void applyToNoOrder(StkPushResult result) {
		logger.warn("Payment {} is for no order of this shop", LogFormatUtils.formatValue(result.id(), true));
		if (result.isSuccessful()) {
			receive(result);
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
		String reference = MpesaCode.ofReference(result.reference());
		if (reference == null) {
			leaveForReview(order, null);
			return;
		}
		this.receipts.add(reference, result);
		Receipt receipt = this.receipts.find(reference).orElseThrow();
		if (!this.receipts.assign(reference, order.id())) {
			leaveForReview(order, reference);
		}
		else if (!receipt.pays(order) || !this.orders.markPaid(order.id(), reference)) {
			if (!leaveForReview(order, reference) && !isPaidWith(order, reference)) {
				this.receipts.release(reference);
			}
		}
	}

	private boolean leaveForReview(Order order, @Nullable String reference) {
		boolean left = this.orders.markForReview(order.id(), reference);
		if (left) {
			logger.warn("A payment does not match order {}", order.id());
		}
		return left;
	}

	private boolean isPaidWith(Order order, String reference) {
		return this.orders.find(order.id()).filter((now) -> reference.equals(now.mpesaReference())).isPresent();
	}

	/**
	 * Store a payment to the till. If it matches exactly one open order, and it is
	 * unknown whether Kopo Kopo received the request of that order, it pays the order at
	 * once. Otherwise the payment waits for the result of its push, for its code, or for
	 * the staff.
	 * @param payment the payment, which may be already known
	 */
	void receive(TillPayment payment) {
		String reference = MpesaCode.ofReference(payment.reference());
		if (reference == null || !this.properties.tillNumber().equals(payment.tillNumber())) {
			logger.warn("A payment has no reference, or is not to the till of this shop");
			return;
		}
		this.transactions.executeWithoutResult((transaction) -> {
			this.receipts.add(reference, payment);
			this.receipts.find(reference).filter(Receipt::isWaiting).ifPresent(this::payUnconfirmedOrder);
		});
	}

	private void payUnconfirmedOrder(Receipt receipt) {
		if (receipt.phoneHash() == null || receipt.paidAt() == null) {
			return;
		}
		List<Order> candidates = this.orders.findOpen(receipt.phoneHash(), receipt.paidAt().toInstant())
			.stream()
			.filter(receipt::pays)
			.toList();
		if (candidates.size() == 1 && candidates.get(0).state() == OrderState.CREATED
				&& this.receipts.assign(receipt.reference(), candidates.get(0).id())
				&& !this.orders.markPaid(candidates.get(0).id(), receipt.reference())) {
			this.receipts.release(receipt.reference());
		}
	}

	/**
	 * Store that a payment was given back, and mark the order that it paid for review.
	 * @param payment the payment, which may be unknown
	 */
	void reverse(TillPayment payment) {
		String reference = MpesaCode.ofReference(payment.reference());
		if (reference == null) {
			return;
		}
		this.transactions.executeWithoutResult((transaction) -> {
			this.receipts.add(reference, payment);
			this.receipts.markReversed(reference);
			this.receipts.find(reference).map(Receipt::orderId).ifPresent((orderId) -> {
				if (this.orders.markReversed(orderId)) {
					logger.warn("The payment of order {} was reversed", orderId);
				}
			});
		});
	}

	/**
	 * Apply a transaction from the result of a poll.
	 * @param payment the transaction
	 */
	void applyPolled(TillPayment payment) {
		TillTransaction transaction = payment.transaction();
		if (transaction != null && "Reversed".equalsIgnoreCase(transaction.status())) {
			reverse(payment);
		}
		else {
			receive(payment);
		}
	}

}
