package io.github.k2connect.webhook

import io.github.k2connect.autoconfigure.K2AutoConfigurations
import io.github.k2connect.event.CustomerCreated
import io.github.k2connect.webhook.endpoint.Endpoints
import kotlinx.coroutines.delay
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.Timeout
import org.springframework.boot.test.context.runner.WebApplicationContextRunner
import org.springframework.context.ApplicationContext
import org.springframework.context.event.EventListener

/**
 * Tests for listeners that are suspending functions of Kotlin.
 */
@Timeout(60)
class SuspendingListenerTests {

	private val body = """{"topic": "customer_created", "id": "1"}""".toByteArray()

	private val application = WebApplicationContextRunner()
		.withConfiguration(K2AutoConfigurations.with())
		.withPropertyValues("k2.api-key=an-api-key", "k2.store.type=memory")
		.withUserConfiguration(Shop::class.java)

	private fun deliver(context: ApplicationContext): Int =
		Endpoints.of(context).receive("default", body, Signatures.sign("an-api-key", body))

	@Test
	fun `redelivers until the listener succeeds`() {
		application.run { context ->
			val shop = context.getBean(Shop::class.java)
			shop.failing = true
			assertThat(deliver(context)).isEqualTo(500)
			assertThat(deliver(context)).isEqualTo(500)
			shop.failing = false
			assertThat(deliver(context)).isEqualTo(200)
			assertThat(shop.booked).containsExactly("1")
			assertThat(shop.confirmed).containsExactly("1")
		}
	}

	data class Booked(val id: String)

	class Shop {

		@Volatile
		var failing = false

		val booked = mutableListOf<String>()

		val confirmed = mutableListOf<String>()

		@EventListener
		suspend fun on(event: CustomerCreated): Booked {
			delay(50)
			check(!failing) { "The database is away" }
			booked.add(event.id())
			return Booked(event.id())
		}

		@EventListener
		fun onBooked(event: Booked) {
			confirmed.add(event.id)
		}

	}

}
