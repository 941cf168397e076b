package com.example.shop;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.github.k2connect.event.BuygoodsTransactionReceived;
import io.github.k2connect.event.StkPushResult;
import io.github.k2connect.stk.StkPushRequest;
import io.github.k2connect.stk.StkService;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.event.EventListener;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * A shop that requests payments and remembers what Kopo Kopo reports.
 */
@SpringBootApplication
@RestController
class Shop {

	private final Queue<String> payments = new ConcurrentLinkedQueue<>();

	private final StkService stkService;

	Shop(StkService stkService) {
		this.stkService = stkService;
	}

	@PostMapping("/orders/{order}")
	String requestPayment(@PathVariable String order, @RequestParam String phoneNumber) {
		return this.stkService.initiateIncomingPayment(StkPushRequest.builder()
			.tillNumber("K000000")
			.phoneNumber(phoneNumber)
			.amount(2200)
			.metadata("order", order)
			.build())
			.id();
	}

	@EventListener
	void on(StkPushResult result) {
		this.payments.add(result.metadata().get("order") + (result.isSuccessful() ? " paid" : " not paid"));
	}

	@EventListener
	void on(BuygoodsTransactionReceived payment) {
		this.payments.add("till " + payment.reference());
	}

	@GetMapping("/payments")
	String payments() {
		return String.join("\n", this.payments);
	}

}
