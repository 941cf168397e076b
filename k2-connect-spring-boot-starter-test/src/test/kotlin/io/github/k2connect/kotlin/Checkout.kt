package io.github.k2connect.kotlin

import io.github.k2connect.event.StkPushResult
import io.github.k2connect.stk.StkPushRequest
import io.github.k2connect.stk.StkService
import org.springframework.context.event.EventListener
import org.springframework.stereotype.Component

@Component
class Checkout(private val stkService: StkService, private val orders: Orders) {

	fun pay(orderId: String, phoneNumber: String, shillings: Long) {
		val push = stkService.initiateIncomingPayment(
			StkPushRequest.builder()
				.tillNumber("K000000")
				.phoneNumber(phoneNumber)
				.amount(shillings)
				.metadata("order", orderId)
				.build()
		)
		orders.waitForPayment(orderId, push.id())
	}

	@EventListener
	fun on(result: StkPushResult) {
		val orderId = result.metadata()["order"] ?: return
		when {
			result.isSuccessful -> orders.paid(orderId, result.amount(), result.reference())
			result.isFailed -> orders.notPaid(orderId, result.errors())
		}
	}

}
