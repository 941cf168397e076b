package io.github.k2connect.stk

import io.github.k2connect.K2Location
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
