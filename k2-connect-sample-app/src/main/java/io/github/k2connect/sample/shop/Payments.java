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

	/**
	 * Add a payment with a statement that does not fail if the payment is known: an error
	 * ends the transaction of the listener in some databases. If another event adds the
	 * payment at the same time, this one is published again in these databases.
	 */
	private void add(String account, String reference, @Nullable TillTransactionDetails payment) {
		try {
			this.jdbcClient.sql("""
					insert into shop_payment (reference, account, amount, currency, till_number, paid_at)
					select cast(:reference as varchar(255)), cast(:account as varchar(255)),
						cast(:amount as decimal(18, 2)), cast(:currency as varchar(255)),
						cast(:tillNumber as varchar(255)), cast(:paidAt as timestamp with time zone)
					where not exists (select 1 from shop_payment where reference = :reference)
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
			logger.debug("Payment {} was added at the same time", reference, ex);
		}
	}

}
