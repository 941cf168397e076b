package io.github.k2connect.docs;

import io.github.k2connect.K2IdempotencyKeys;
import io.github.k2connect.K2Location;
import io.github.k2connect.event.StkPushResult;
import io.github.k2connect.stk.StkPushRequest;
import io.github.k2connect.stk.StkService;

import org.springframework.context.event.EventListener;

/**
 * The {@link Checkout} of the page about idempotency keys, whose button may be pressed
 * twice.
 */
class IdempotentCheckout {

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

	@EventListener
	void on(StkPushResult result) {
		String key = result.metadata().get("key");
		if (key != null && result.linkSelf() != null) {
			this.keys.resolve(key, new K2Location(result.linkSelf()));
		}
	}

}
