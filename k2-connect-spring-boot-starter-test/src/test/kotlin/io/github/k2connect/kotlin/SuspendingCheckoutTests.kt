package io.github.k2connect.kotlin

import io.github.k2connect.K2Location
import io.github.k2connect.stk.StkPushRequest
import io.github.k2connect.stk.StkService
import java.util.concurrent.atomic.AtomicReference
import kotlinx.coroutines.runBlocking
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test
import org.mockito.BDDMockito.given
import org.mockito.Mockito.mock

/**
 * Tests for [SuspendingCheckout].
 */
class SuspendingCheckoutTests {

	@Test
	fun `leaves the thread of the caller`() {
		val request = StkPushRequest.builder().tillNumber("K000000").phoneNumber("0712345678").amount(2200).build()
		val push = K2Location.of("https://sandbox.kopokopo.com/api/v2/incoming_payments/1")
		val thread = AtomicReference<Thread>()
		val stkService = mock(StkService::class.java)
		given(stkService.initiateIncomingPayment(request)).willAnswer {
			thread.set(Thread.currentThread())
			push
		}
		assertThat(runBlocking { SuspendingCheckout(stkService).pay(request) }).isSameAs(push)
		assertThat(thread.get().name).startsWith("DefaultDispatcher-worker")
	}

}
