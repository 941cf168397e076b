package io.github.k2connect.kotlin

import io.github.k2connect.K2Location
import io.github.k2connect.stk.StkPushRequest
import io.github.k2connect.stk.StkService
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.withContext

/**
 * The call of a service in a coroutine, as the documentation shows it.
 */
class SuspendingCheckout(private val stkService: StkService) {

	suspend fun pay(request: StkPushRequest): K2Location = withContext(Dispatchers.IO) {
		stkService.initiateIncomingPayment(request)
	}

}
