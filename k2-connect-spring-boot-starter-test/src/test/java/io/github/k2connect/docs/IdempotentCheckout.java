package io.github.k2connect.docs;

import java.util.List;

import io.github.k2connect.K2Exception;
import io.github.k2connect.K2IdempotencyKeys;
import io.github.k2connect.K2Location;
import io.github.k2connect.event.StkPushResult;
import io.github.k2connect.stk.StkPushRequest;
import io.github.k2connect.stk.StkService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.event.EventListener;

/**
 * The {@link Checkout} of the page about idempotency keys, whose button may be pressed
 * twice.
 */
class IdempotentCheckout {

	private static final Logger logger = LoggerFactory.getLogger(IdempotentCheckout.class);

	private final StkService stkService;

	private final Orders orders;

	private final K2IdempotencyKeys keys;

	IdempotentCheckout(StkService stkService, Orders orders, K2IdempotencyKeys keys) {
		this.stkService = stkService;
		this.orders = orders;
		this.keys = keys;
	}

	void pay(String orderId, String phoneNumber, long shillings) {
		String key = orderId + "-" + this.orders.attempt(orderId);
		try {
			K2Location push = this.stkService.initiateIncomingPayment(StkPushRequest.builder()
				.tillNumber("K000000")
				.phoneNumber(phoneNumber)
				.amount(shillings)
				.metadata("order", orderId)
				.metadata("key", key)
				.idempotencyKey(key)
				.build());
			this.orders.waitForPayment(orderId, push.id());
		}
		catch (K2Exception ex) {
			if (ex.outcomeUnknown()) {
				logger.warn("It is unknown whether a phone was asked to pay order {}", orderId, ex);
			}
			else {
				this.orders.notPaid(orderId, List.of("No phone was asked"));
			}
		}
	}

	@EventListener
	void on(StkPushResult result) {
		String key = result.metadata().get("key");
		if (key != null && result.linkSelf() != null) {
			this.keys.resolve(key, new K2Location(result.linkSelf()));
		}
	}

}
