package io.github.k2connect.sample.shop;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;

import io.github.k2connect.event.StkFailureReason;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Repository of the orders. Each change is a single statement with the states in which it
 * is allowed. So a message that comes twice, late, or at the same time as another changes
 * an order only once.
 */
@Repository
class Orders {

	private static final Logger logger = LoggerFactory.getLogger(Orders.class);

	private final JdbcClient jdbcClient;

	Orders(JdbcClient jdbcClient) {
		this.jdbcClient = jdbcClient;
	}

	/**
	 * Add an order, unless it was added before.
	 * @param id the order's id
	 * @param product what the customer buys
	 * @param phoneNumber the phone number of the customer
	 */
	void add(String id, Product product, String phoneNumber) {
		try {
			this.jdbcClient.sql("""
					insert into shop_order (id, product_id, amount, phone_number, state, created_at)
					values (:id, :productId, :amount, :phoneNumber, 'CREATED', :createdAt)
					""")
				.param("id", id)
				.param("productId", product.id())
				.param("amount", product.price())
				.param("phoneNumber", phoneNumber)
				.param("createdAt", Instant.now().atOffset(ZoneOffset.UTC))
				.update();
		}
		catch (DuplicateKeyException ex) {
			logger.debug("Order {} was added before", id, ex);
		}
	}

	/**
	 * Find an order.
	 * @param id the order's id
	 * @return the order, or empty if there is none
	 */
	Optional<Order> find(String id) {
		return this.jdbcClient.sql("select * from shop_order where id = ?").param(id).query(Order.class).optional();
	}

	/**
	 * Find the order of a push.
	 * @param pushId the push's id at Kopo Kopo
	 * @param orderId the order's id in the metadata of the push; it is used only if the
	 * order has no push yet, because the result came before the response to the request
	 * @return the order, or empty if there is none
	 */
	Optional<Order> findByPush(@Nullable String pushId, @Nullable String orderId) {
		return this.jdbcClient.sql("""
				select * from shop_order where push_id = :pushId or (push_id is null and id = :orderId)
				order by push_id nulls last fetch first row only
				""").param("pushId", pushId).param("orderId", orderId).query(Order.class).optional();
	}

	/**
	 * Store the push that was sent for an order. If its outcome is already known, the
	 * state stays the same.
	 * @param id the order's id
	 * @param pushId the push's id at Kopo Kopo
	 */
	void awaitPayment(String id, String pushId) {
		this.jdbcClient.sql("""
				update shop_order set push_id = :pushId,
					state = case state when 'CREATED' then 'AWAITING_PAYMENT' else state end
				where id = :id
				""").param("pushId", pushId).param("id", id).update();
	}

	/**
	 * Mark an order paid. A payment pays one order only, and none if it was given back.
	 * @param id the order's id
	 * @param reference the reference of the payment
	 * @return {@code false} if it was not possible; the order is unchanged
	 */
	boolean markPaid(String id, @Nullable String reference) {
		return this.jdbcClient.sql("""
				update shop_order set state = 'PAID', mpesa_reference = :reference
				where id = :id and mpesa_reference is null and state <> 'FAILED'
					and not exists (select 1 from shop_order where mpesa_reference = :reference)
					and not exists (select 1 from shop_payment where reference = :reference and reversed)
				""").param("id", id).param("reference", reference).update() == 1;
	}

	/**
	 * Mark an order paid with the payment whose code the customer entered. It must have
	 * the amount of the order, and pay no other order.
	 * @param id the order's id
	 * @param code the code of the M-PESA message, as the customer wrote it
	 * @return {@code false} if it was not possible; the order is unchanged
	 */
	boolean markPaidByCode(String id, String code) {
		try {
			return this.jdbcClient.sql("""
					update shop_order set state = 'PAID', failure_reason = null, mpesa_reference = :reference
					where id = :id and mpesa_reference is null
						and exists (select 1 from shop_payment where reference = :reference and not reversed
							and currency = 'KES' and shop_payment.amount = shop_order.amount)
						and not exists (select 1 from shop_order where mpesa_reference = :reference)
					""")
				.param("id", id)
				.param("reference", code.replaceAll("\\s", "").toUpperCase(Locale.ROOT))
				.update() == 1;
		}
		catch (DuplicateKeyException ex) {
			return false;
		}
	}

	/**
	 * Mark an order failed, unless money was seen.
	 * @param id the order's id
	 * @param reason why the customer did not pay, or {@code null} if the customer was not
	 * asked
	 */
	void markFailed(String id, @Nullable StkFailureReason reason) {
		this.jdbcClient.sql("""
				update shop_order set state = 'FAILED', failure_reason = :reason
				where id = :id and mpesa_reference is null
				""").param("reason", (reason != null) ? reason.name() : null).param("id", id).update();
	}

	/**
	 * Leave an order to a person, because its payment is not the one that was expected.
	 * @param id the order's id
	 * @param reference the reference of the payment, or {@code null} if there is none
	 * @return {@code false} if the order is already paid with this payment, or left with
	 * it; it is unchanged
	 */
	boolean markForReview(String id, @Nullable String reference) {
		return this.jdbcClient.sql("""
				update shop_order set state = 'NEEDS_REVIEW', failure_reason = null, mpesa_reference =
					case when exists (select 1 from shop_order where mpesa_reference = :reference)
						then mpesa_reference else coalesce(mpesa_reference, :reference) end
				where id = :id and (mpesa_reference is null or mpesa_reference <> :reference)
				""").param("reference", reference).param("id", id).update() == 1;
	}

	/**
	 * Leave the order of a payment that was given back to a person.
	 * @param reference the reference of the payment
	 * @return {@code false} if it paid no order
	 */
	boolean markReversed(String reference) {
		return this.jdbcClient.sql("""
				update shop_order set state = 'NEEDS_REVIEW'
				where mpesa_reference = :reference and state = 'PAID'
				""").param("reference", reference).update() == 1;
	}

}
