package io.github.k2connect.kotlin

import io.github.k2connect.event.StkPushResult
import io.github.k2connect.event.TillPayment
import io.github.k2connect.event.TillTransactionDetails
import java.util.concurrent.CopyOnWriteArrayList
import org.slf4j.LoggerFactory
import org.springframework.context.event.EventListener
import org.springframework.dao.DuplicateKeyException
import org.springframework.jdbc.core.simple.JdbcClient
import org.springframework.transaction.annotation.Transactional

/**
 * The listener of the documentation that pays each order once.
 */
open class Payments(private val jdbc: JdbcClient) {

	private val logger = LoggerFactory.getLogger(Payments::class.java)

	private val fulfilled = CopyOnWriteArrayList<String>()

	@EventListener
	open fun on(result: StkPushResult) {
		val orderId = result.metadata()["order"]
		if (result.isSuccessful) {
			add(result)
			if (orderId != null) {
				pay(orderId, result.reference())
			}
		}
	}

	@EventListener
	open fun on(payment: TillPayment) {
		add(payment)
	}

	@Transactional
	open fun pay(orderId: String, reference: String?): Boolean {
		val rows = jdbc.sql("""
				UPDATE orders SET reference = :reference WHERE id = :id AND reference IS NULL AND amount =
					(SELECT amount FROM payment WHERE reference = :reference AND currency = 'KES')
				""").param("reference", reference).param("id", orderId).update()
		if (rows == 1) {
			fulfil(orderId)
		}
		return rows == 1
	}

	private fun add(payment: TillTransactionDetails) {
		try {
			jdbc.sql("INSERT INTO payment (reference, amount, currency) VALUES (?, ?, ?)")
				.param(payment.reference())
				.param(payment.amount())
				.param(payment.currency())
				.update()
		}
		catch (ex: DuplicateKeyException) {
			logger.debug("Payment {} is known", payment.reference())
		}
	}

	private fun fulfil(orderId: String) {
		fulfilled.add(orderId)
	}

	open fun fulfilled(): List<String> = fulfilled

}
