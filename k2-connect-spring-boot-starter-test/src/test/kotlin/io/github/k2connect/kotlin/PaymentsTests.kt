package io.github.k2connect.kotlin

import io.github.k2connect.test.AutoConfigureK2Simulator
import io.github.k2connect.test.K2Simulator
import io.github.k2connect.test.SimulatedResult
import io.github.k2connect.test.SimulatedWebhook
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.BeforeEach
import org.junit.jupiter.api.Test
import org.springframework.beans.factory.annotation.Autowired
import org.springframework.boot.test.context.SpringBootTest
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment
import org.springframework.context.annotation.Import
import org.springframework.jdbc.core.simple.JdbcClient

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@AutoConfigureK2Simulator
@Import(Payments::class)
class PaymentsTests @Autowired constructor(
	private val kopoKopo: K2Simulator,
	private val payments: Payments,
	private val jdbc: JdbcClient
) {

	@BeforeEach
	fun createTables() {
		jdbc.sql("""
				CREATE TABLE IF NOT EXISTS payment (
					reference VARCHAR(40) PRIMARY KEY,
					amount DECIMAL(12, 2) NOT NULL,
					currency VARCHAR(3) NOT NULL,
					received_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL
				)""").update()
		jdbc.sql("""
				CREATE TABLE IF NOT EXISTS orders (
					id VARCHAR(40) PRIMARY KEY, amount DECIMAL(12, 2), reference VARCHAR(40) UNIQUE
				)""").update()
	}

	@Test
	fun paysOrderOnce() {
		val paid = SimulatedResult.stkPush().metadata("order", "order-3").with("event.resource.amount", "850.0")
		jdbc.sql("INSERT INTO orders (id, amount) VALUES ('order-3', 850)").update()
		assertThat(kopoKopo.deliver(SimulatedWebhook.buygoodsTransactionReceived(paid))).isEqualTo(200)
		assertThat(payments.fulfilled()).isEmpty()
		assertThat(kopoKopo.deliver(paid)).isEqualTo(200)
		assertThat(payments.fulfilled()).containsExactly("order-3")
		assertThat(payments.pay("order-3", null)).isFalse()
	}

}
