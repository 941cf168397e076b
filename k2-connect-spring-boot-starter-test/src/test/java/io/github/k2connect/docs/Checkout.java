package io.github.k2connect.docs;

import io.github.k2connect.K2Location;
import io.github.k2connect.event.StkPushResult;
import io.github.k2connect.stk.StkPushRequest;
import io.github.k2connect.stk.StkService;

import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

@Component
class Checkout {

	private final StkService stkService;

	private final Orders orders;

	Checkout(StkService stkService, Orders orders) {
		this.stkService = stkService;
		this.orders = orders;
	}

	void pay(String orderId, String phoneNumber, long shillings) {
		K2Location push = this.stkService.initiateIncomingPayment(StkPushRequest.builder()
			.tillNumber("K000000")
			.phoneNumber(phoneNumber)
			.amount(shillings)
			.metadata("order", orderId)
			.build());
		this.orders.waitForPayment(orderId, push.id());
	}

	@EventListener
	void on(StkPushResult result) {
		String orderId = result.metadata().get("order");
		if (result.isSuccessful()) {
			this.orders.paid(orderId, result.amount(), result.reference());
		}
		else if (result.isFailed()) {
			this.orders.notPaid(orderId, result.errors());
		}
	}

}
