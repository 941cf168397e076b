package io.github.k2connect.sample.payment;

import java.net.URI;
import java.util.UUID;

import io.github.k2connect.InvalidK2RequestException;
import io.github.k2connect.K2Exception;
import io.github.k2connect.K2Location;
import io.github.k2connect.sample.catalogue.Product;
import io.github.k2connect.sample.order.FailureReason;
import io.github.k2connect.sample.order.Order;
import io.github.k2connect.sample.order.Orders;
import io.github.k2connect.sample.order.PushLimitExceededException;
import io.github.k2connect.stk.StkPushRequest;
import io.github.k2connect.stk.StkService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Service;

/**
 * Service that takes an order and asks the customer's phone for the payment.
 */
@Service
public class Checkout {

	private static final Logger logger = LoggerFactory.getLogger(Checkout.class);

	private final StkService stkService;

	private final Orders orders;

	private final ShopProperties properties;

	Checkout(StkService stkService, Orders orders, ShopProperties properties) {
		this.stkService = stkService;
		this.orders = orders;
		this.properties = properties;
	}

	/**
	 * Take an order. The order is stored before its payment is requested, and the payment
	 * contains the order's id, so that the shop can assign every result to an order.
	 * @param product what the customer buys
	 * @param phoneNumber the phone to ask for the money, as the customer wrote it
	 * @param checkoutToken the one-time token of the form; a form that is sent again
	 * leads to the order of the first time, and no phone is asked again
	 * @return the order's id
	 * @throws InvalidK2RequestException if the phone number is not valid; no order is
	 * taken then
	 * @throws PushLimitExceededException if the phone was asked for payment as often as
	 * {@code shop.push-limit} allows; no order is taken then
	 */
	public String placeOrder(Product product, String phoneNumber, String checkoutToken) {
		String orderId = UUID.randomUUID().toString();
		StkPushRequest request = StkPushRequest.builder()
			.tillNumber(this.properties.tillNumber())
			.phoneNumber(phoneNumber)
			.amount(product.price())
			.metadata(Payments.ORDER_ID, orderId)
			.build();
		Order order = Order.created(orderId, product.id(), request.amount(), request.currency(), request.phoneNumber());
		if (!this.orders.add(order, checkoutToken, this.properties.pushLimit())) {
			return this.orders.findByCheckoutToken(checkoutToken).orElseThrow().id();
		}
		requestPayment(orderId, request);
		return orderId;
	}

	private void requestPayment(String orderId, StkPushRequest request) {
		try {
			URI location = this.stkService.initiateIncomingPayment(request);
			this.orders.awaitPayment(orderId, K2Location.id(location));
		}
		catch (K2Exception ex) {
			if (ex.outcomeUnknown()) {
				logger.warn("It is not known whether a phone was asked to pay order {}", orderId, ex);
				return;
			}
			logger.error("No phone was asked to pay order {}", orderId, ex);
			this.orders.markFailed(orderId, FailureReason.NOT_ASKED);
		}
	}

}
