package io.github.k2connect.sample.shop;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.github.k2connect.PhoneNumber;
import io.github.k2connect.event.StkFailureReason;
import io.github.k2connect.event.TillPayment;
import org.jspecify.annotations.Nullable;

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

	/**
	 * The maximum time between an order and its payment.
	 */
	private static final Duration TIME_TO_PAY = Duration.ofMinutes(10);

	private static final Duration CLOCK_SKEW = Duration.ofMinutes(1);

	private final JdbcClient jdbcClient;

	Orders(JdbcClient jdbcClient) {
		this.jdbcClient = jdbcClient;
	}

	/**
	 * Add an order.
	 * @param id the order's id
	 * @param product what the customer buys
	 * @param phoneNumber the phone number of the customer
	 * @return {@code false} if the order was added before
	 */
	boolean add(String id, Product product, String phoneNumber) {
		try {
			this.jdbcClient.sql("""
					insert into shop_order (id, product_id, amount, phone_number, phone_hash, state, created_at)
					values (:id, :productId, :amount, :phoneNumber, :phoneHash, 'CREATED', :createdAt)
					""")
				.param("id", id)
				.param("productId", product.id())
				.param("amount", product.price())
				.param("phoneNumber", phoneNumber)
				.param("phoneHash", PhoneNumber.parse(phoneNumber).orElseThrow().hash())
				.param("createdAt", Instant.now().atOffset(ZoneOffset.UTC))
				.update();
			return true;
		}
		catch (DuplicateKeyException ex) {
			return false;
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
	 * Find the order that a customer may have paid, although it is unknown whether the
	 * phone was asked.
	 * @param payment the payment
	 * @return the order, or empty if another order may be meant
	 */
	Optional<Order> findUnconfirmed(TillPayment payment) {
		if (payment.originationTime() == null) {
			return Optional.empty();
		}
		List<Order> paid = this.jdbcClient.sql("""
				select * from shop_order
				where phone_hash = :phoneHash and created_at between :from and :to and mpesa_reference is null
				""")
			.param("phoneHash", payment.hashedSenderPhone())
			.param("from", payment.originationTime().minus(TIME_TO_PAY))
			.param("to", payment.originationTime().plus(CLOCK_SKEW))
			.query(Order.class)
			.list()
			.stream()
			.flatMap(Stream::ofNullable)
			.filter((order) -> order.state() != Order.State.FAILED && order.isPaidBy(payment))
			.toList();
		boolean unambiguous = paid.size() == 1 && paid.get(0).state() != Order.State.AWAITING_PAYMENT;
		return unambiguous ? Optional.of(paid.get(0)) : Optional.empty();
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
					and not exists (select 1 from shop_reversal where mpesa_reference = :reference)
				""").param("id", id).param("reference", reference).update() == 1;
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
	 * Store that a payment was given back, and leave the order that it paid to a person.
	 * @param reference the reference of the payment
	 * @return {@code false} if it paid no order
	 */
	boolean markReversed(String reference) {
		this.jdbcClient.sql("""
				insert into shop_reversal (mpesa_reference) select :reference
				where not exists (select 1 from shop_reversal where mpesa_reference = :reference)
				""").param("reference", reference).update();
		return this.jdbcClient.sql("""
				update shop_order set state = 'NEEDS_REVIEW'
				where mpesa_reference = :reference and state = 'PAID'
				""").param("reference", reference).update() == 1;
	}

}
