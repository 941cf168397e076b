package io.github.k2connect.sample.payment;

import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.github.k2connect.event.TillPayment;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The receipts in the database. Kopo Kopo tells of one payment in several messages, in
 * any order and at the same moment: the reference, which is the primary key, makes them
 * one.
 */
@Repository
class Receipts {

	private final JdbcClient jdbcClient;

	Receipts(JdbcClient jdbcClient) {
		this.jdbcClient = jdbcClient;
	}

	/**
	 * Add the receipt of a payment, unless it is there. A statement that fails would end
	 * the transaction on PostgreSQL, so none does. The receipt of a transaction that has
	 * not committed yet is waited for.
	 * @param reference the reference of the payment
	 * @param payment the payment
	 */
	void add(String reference, TillPayment payment) {
		this.jdbcClient.sql("""
				insert into shop_receipt (reference, amount, currency, phone_hash, paid_at)
				values (:reference, :amount, :currency, :phoneHash, :paidAt)
				on conflict do nothing
				""")
			.param("reference", reference)
			.param("amount", payment.amount())
			.param("currency", payment.currency())
			.param("phoneHash", payment.hashedSenderPhone())
			.param("paidAt",
					(payment.originationTime() != null)
							? payment.originationTime().withOffsetSameInstant(ZoneOffset.UTC) : null)
			.update();
	}

	Optional<Receipt> find(String reference) {
		return this.jdbcClient.sql("select * from shop_receipt where reference = :reference")
			.param("reference", reference)
			.query(Receipt.class)
			.optional();
	}

	/**
	 * Return the receipts that wait to be matched, the latest first.
	 * @return at most a hundred receipts
	 */
	List<Receipt> findWaiting() {
		return this.jdbcClient.sql("""
				select * from shop_receipt where order_id is null and not reversed
				order by paid_at desc nulls last, reference fetch first 100 rows only
				""").query(Receipt.class).list().stream().flatMap(Stream::ofNullable).toList();
	}

	/**
	 * Pay an order with a receipt that waits.
	 * @param reference the reference of the receipt
	 * @param orderId the order's id
	 * @return {@code false} if the receipt pays another order, or was reversed
	 */
	boolean assign(String reference, String orderId) {
		return this.jdbcClient.sql("""
				update shop_receipt set order_id = :orderId
				where reference = :reference and not reversed and (order_id is null or order_id = :orderId)
				""").param("reference", reference).param("orderId", orderId).update() == 1;
	}

	/**
	 * Have a receipt wait again.
	 * @param reference the reference of the receipt
	 */
	void release(String reference) {
		this.jdbcClient.sql("update shop_receipt set order_id = null where reference = :reference")
			.param("reference", reference)
			.update();
	}

	/**
	 * Note that the money of a receipt was given back.
	 * @param reference the reference of the receipt
	 */
	void markReversed(String reference) {
		this.jdbcClient.sql("update shop_receipt set reversed = true where reference = :reference")
			.param("reference", reference)
			.update();
	}

}
