package io.github.k2connect.sample.shop;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Objects;

import io.github.k2connect.event.TillTransactionDetails;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Repository of the customers' payments to the till. A payment is in it once, however
 * many events report it. It waits there until an order has its reference.
 */
@Repository
class Payments {

	private static final Logger logger = LoggerFactory.getLogger(Payments.class);

	private final JdbcClient jdbcClient;

	Payments(JdbcClient jdbcClient) {
		this.jdbcClient = jdbcClient;
	}

	/**
	 * Add a payment, unless it is known.
	 * @param account the name of the account that received the money
	 * @param payment the payment; without a reference it is not added
	 */
	void add(String account, TillTransactionDetails payment) {
		if (payment.reference() != null) {
			add(account, payment.reference(), payment);
		}
	}

	/**
	 * Store that a payment was given back.
	 * @param account the name of the account that had received the money
	 * @param reference the reference of the payment
	 * @param payment the payment, or {@code null} if only its reference is known
	 */
	void markReversed(String account, String reference, @Nullable TillTransactionDetails payment) {
		add(account, reference, payment);
		this.jdbcClient.sql("update shop_payment set reversed = true where reference = ?").param(reference).update();
	}

	private void add(String account, String reference, @Nullable TillTransactionDetails payment) {
		try {
			this.jdbcClient.sql("""
					insert into shop_payment (reference, account, amount, currency, till_number, paid_at)
					values (:reference, :account, :amount, :currency, :tillNumber, :paidAt)
					""")
				.param("reference", reference)
				.param("account", account)
				.param("amount", (payment != null) ? payment.amount() : null)
				.param("currency", (payment != null) ? payment.currency() : null)
				.param("tillNumber", (payment != null) ? payment.tillNumber() : null)
				.param("paidAt",
						Objects.requireNonNullElseGet((payment != null) ? payment.originationTime() : null,
								() -> OffsetDateTime.ofInstant(Instant.now(), ZoneOffset.UTC)))
				.update();
		}
		catch (DuplicateKeyException ex) {
			logger.debug("Payment {} is known", reference, ex);
		}
	}

}
