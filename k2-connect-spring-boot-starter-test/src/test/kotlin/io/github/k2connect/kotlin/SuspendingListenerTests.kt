package io.github.k2connect.kotlin

import io.github.k2connect.event.CustomerCreated
import io.github.k2connect.test.AutoConfigureK2Simulator
import io.github.k2connect.test.K2Simulator
import io.github.k2connect.test.SimulatedWebhook
import java.util.concurrent.CopyOnWriteArrayList
import kotlinx.coroutines.delay
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.Timeout
import org.springframework.beans.factory.annotation.Autowired
import org.springframework.boot.test.context.SpringBootTest
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment
import org.springframework.context.annotation.Import
import org.springframework.context.event.EventListener

/**
 * Tests for listeners that are suspending functions of Kotlin.
 */
@Timeout(60)
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@AutoConfigureK2Simulator
@Import(SuspendingListenerTests.Shop::class)
class SuspendingListenerTests @Autowired constructor(private val kopoKopo: K2Simulator, private val shop: Shop) {

	@Test
	fun `redelivers until the listener succeeds`() {
		val customer = SimulatedWebhook.customerCreated().with("first_name", "Wanjiku")
		shop.failing = true
		assertThat(kopoKopo.deliver(customer)).isEqualTo(500)
		assertThat(kopoKopo.deliver(customer)).isEqualTo(500)
		shop.failing = false
		assertThat(kopoKopo.deliver(customer)).isEqualTo(200)
		assertThat(shop.booked).containsExactly("Wanjiku")
		assertThat(shop.confirmed).containsExactly("Wanjiku")
	}

	data class Booked(val firstName: String?)

	class Shop {

		@Volatile
		var failing = false

		val booked = CopyOnWriteArrayList<String?>()

		val confirmed = CopyOnWriteArrayList<String?>()

		@EventListener
		suspend fun on(event: CustomerCreated): Booked {
			delay(50)
			check(!failing) { "The database is away" }
			booked.add(event.firstName())
			return Booked(event.firstName())
		}

		@EventListener
		fun onBooked(event: Booked) {
			confirmed.add(event.firstName)
		}

	}

}
