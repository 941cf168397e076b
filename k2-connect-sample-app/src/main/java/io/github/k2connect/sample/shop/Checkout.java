package io.github.k2connect.sample.shop;

import java.math.BigDecimal;

import io.github.k2connect.InvalidK2RequestException;
import io.github.k2connect.K2DuplicateRequestException;
import io.github.k2connect.K2Exception;
import io.github.k2connect.K2Location;
import io.github.k2connect.stk.StkPushRequest;
import io.github.k2connect.stk.StkService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Service;

/**
 * Service that takes an order and asks the customer's phone for the payment.
 */
@Service
class Checkout {

	/**
	 * The metadata key for the id of the order.
	 */
	static final String ORDER_ID = "order_id";

	private static final Logger logger = LoggerFactory.getLogger(Checkout.class);

	private final StkService stkService;

	private final Orders orders;

	private final String tillNumber;

	Checkout(StkService stkService, Orders orders, @Value("${shop.till-number}") String tillNumber) {
		this.stkService = stkService;
		this.orders = orders;
		this.tillNumber = tillNumber;
	}

	/**
	 * Take an order. The order is stored before its payment is requested, and the request
	 * contains the order's id, so that the shop can assign every result to an order. The
	 * id is also the idempotency key: if the form is sent again, or an instance crashed
	 * in between, the phone is asked once.
	 * @param orderId the id of the order
	 * @param product what the customer buys
	 * @param phoneNumber the phone to ask for the money, as the customer wrote it
	 * @throws InvalidK2RequestException if the phone number is not valid; no order is
	 * taken then
	 */
	void placeOrder(String orderId, Product product, String phoneNumber) {
		StkPushRequest request = request(orderId, product.price(), phoneNumber);
		this.orders.add(orderId, product, request.phoneNumber());
		this.orders.find(orderId)
			.filter((order) -> order.state() == Order.State.CREATED)
			.ifPresent(this::askForPayment);
	}

	private void askForPayment(Order order) {
		try {
			K2Location push = this.stkService
				.initiateIncomingPayment(request(order.id(), order.amount(), order.phoneNumber()));
			this.orders.awaitPayment(order.id(), push.id());
		}
		catch (K2DuplicateRequestException ex) {
			logger.info("The payment of order {} was requested before, and has no known outcome yet", order.id());
		}
		catch (K2Exception ex) {
			if (ex.outcomeUnknown()) {
				logger.warn("It is unknown whether a phone was asked to pay order {}", order.id(), ex);
				return;
			}
			logger.error("No phone was asked to pay order {}", order.id(), ex);
			this.orders.markFailed(order.id(), null);
		}
	}

	private StkPushRequest request(String orderId, BigDecimal amount, String phoneNumber) {
		return StkPushRequest.builder()
			.tillNumber(this.tillNumber)
			.phoneNumber(phoneNumber)
			.amount(amount)
			.metadata(ORDER_ID, orderId)
			.idempotencyKey(orderId)
			.build();
	}

}
