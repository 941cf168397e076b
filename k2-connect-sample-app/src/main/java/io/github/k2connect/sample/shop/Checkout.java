package io.github.k2connect.sample.shop;

import io.github.k2connect.InvalidK2RequestException;
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
	 * contains the order's id, so that the shop can assign every result to an order.
	 * @param orderId the id of the new order; if the order exists, nothing happens
	 * @param product what the customer buys
	 * @param phoneNumber the phone to ask for the money, as the customer wrote it
	 * @throws InvalidK2RequestException if the phone number is not valid; no order is
	 * taken then
	 */
	void placeOrder(String orderId, Product product, String phoneNumber) {
		StkPushRequest request = StkPushRequest.builder()
			.tillNumber(this.tillNumber)
			.phoneNumber(phoneNumber)
			.amount(product.price())
			.metadata(ORDER_ID, orderId)
			.build();
		if (this.orders.add(orderId, product, request.phoneNumber())) {
			requestPayment(orderId, request);
		}
	}

	private void requestPayment(String orderId, StkPushRequest request) {
		try {
			K2Location push = this.stkService.initiateIncomingPayment(request);
			this.orders.awaitPayment(orderId, push.id());
		}
		catch (K2Exception ex) {
			if (ex.outcomeUnknown()) {
				logger.warn("It is unknown whether a phone was asked to pay order {}", orderId, ex);
				return;
			}
			logger.error("No phone was asked to pay order {}", orderId, ex);
			this.orders.markFailed(orderId, null);
		}
	}

}
