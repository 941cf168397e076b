package io.github.k2connect.sample.order;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.github.k2connect.PhoneNumber;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Repository of the orders. Each change is a single statement with the states in which it
 * is allowed. So a report that comes twice, late, or at the same time as another changes
 * an order only once. Each change is published as {@link OrderChanged}.
 */
@Repository
public class Orders {

	private static final List<String> OPEN = List.of(OrderState.CREATED.name(), OrderState.AWAITING_PAYMENT.name());

	private static final List<String> OPEN_OR_FAILED = List.of(OrderState.CREATED.name(),
			OrderState.AWAITING_PAYMENT.name(), OrderState.FAILED.name());

	private static final List<String> ALL_BUT_PAID = Stream.of(OrderState.values())
		.filter((state) -> state != OrderState.PAID)
		.map(OrderState::name)
		.toList();

	/**
	 * The maximum time between an order and the payment of its push.
	 */
	private static final Duration TIME_TO_PAY = Duration.ofMinutes(10);

	private static final Duration CLOCK_SKEW = Duration.ofMinutes(1);

	private final JdbcClient jdbcClient;

	private final TransactionTemplate transactions;

	private final InstantSource instantSource;

	private final ApplicationEventPublisher events;

	Orders(JdbcClient jdbcClient, TransactionTemplate transactions, InstantSource instantSource,
			ApplicationEventPublisher events) {
		this.jdbcClient = jdbcClient;
		this.transactions = transactions;
		this.instantSource = instantSource;
		this.events = events;
	}

	/**
	 * Add an order, unless its form was submitted before. A lock on the row of the phone
	 * keeps the limit exact, even if several orders of one phone arrive at the same time.
	 * An order counts towards the limit, unless its push certainly did not reach the
	 * phone.
	 * @param order the new order
	 * @param checkoutToken the one-time token of the form
	 * @param limit the limit for the pushes to one phone
	 * @return {@code false} if the token has been used and the order was not added
	 * @throws PushLimitExceededException if the phone has reached the limit and the order
	 * was not added
	 */
	public boolean add(Order order, String checkoutToken, PushLimit limit) {
		Instant now = this.instantSource.instant();
		addPhone(order.phoneNumber());
		try {
			this.transactions.executeWithoutResult((transaction) -> {
				insert(order, checkoutToken, now);
				lockPhone(order.phoneNumber());
				if (countPushes(order.phoneNumber(), now.minus(limit.period())) > limit.pushes()) {
					throw new PushLimitExceededException(limit);
				}
			});
			return true;
		}
		catch (DuplicateKeyException ex) {
			return false;
		}
	}

	private void insert(Order order, String checkoutToken, Instant now) {
		this.jdbcClient.sql("""
				insert into shop_order
					(id, checkout_token, product_id, amount, currency, phone_number, phone_hash, state, created_at)
				values (:id, :checkoutToken, :productId, :amount, :currency, :phoneNumber, :phoneHash, :state,
					:createdAt)
				""")
			.param("id", order.id())
			.param("checkoutToken", checkoutToken)
			.param("productId", order.productId())
			.param("amount", order.amount())
			.param("currency", order.currency())
			.param("phoneNumber", order.phoneNumber())
			.param("phoneHash", PhoneNumber.parse(order.phoneNumber()).orElseThrow().hash())
			.param("state", order.state().name())
			.param("createdAt", now.atOffset(ZoneOffset.UTC))
			.update();
	}

	/**
	 * Add the row that is locked while the orders of a phone are counted. This happens
	 * before the transaction, because some databases abort a transaction if the row
	 * already exists.
	 * @param phoneNumber the phone's number
	 */
	private void addPhone(String phoneNumber) {
		try {
			this.jdbcClient.sql("insert into shop_phone (phone_number) values (:phoneNumber)")
				.param("phoneNumber", phoneNumber)
				.update();
		}
		catch (DuplicateKeyException ex) {
			// The phone has ordered before.
		}
	}

	private void lockPhone(String phoneNumber) {
		this.jdbcClient.sql("select phone_number from shop_phone where phone_number = :phoneNumber for update")
			.param("phoneNumber", phoneNumber)
			.query(String.class)
			.single();
	}

	private int countPushes(String phoneNumber, Instant since) {
		return this.jdbcClient.sql("""
				select count(*) from shop_order
				where phone_number = :phoneNumber and created_at > :since
					and failure_reason is distinct from :notAsked
				""")
			.param("phoneNumber", phoneNumber)
			.param("since", since.atOffset(ZoneOffset.UTC))
			.param("notAsked", FailureReason.NOT_ASKED.name())
			.query(Integer.class)
			.single();
	}

	/**
	 * Find an order.
	 * @param id the order's id
	 * @return the order, or empty if there is none
	 */
	public Optional<Order> find(String id) {
		return this.jdbcClient.sql("select * from shop_order where id = :id")
			.param("id", id)
			.query(Order.class)
			.optional();
	}

	/**
	 * Find the orders by the beginning of the id, which the customer sees.
	 * @param beginning at least the first eight characters of the id
	 * @return the orders, empty if an id cannot begin like this
	 */
	public List<Order> findByBeginning(String beginning) {
		if (!beginning.matches("[0-9a-f-]{8,36}")) {
			return List.of();
		}
		return this.jdbcClient.sql("select * from shop_order where id like :pattern")
			.param("pattern", beginning + "%")
			.query(Order.class)
			.list()
			.stream()
			.flatMap(Stream::ofNullable)
			.toList();
	}

	/**
	 * Find the order of a form.
	 * @param checkoutToken the one-time token of the form
	 * @return the order, or empty if the form was not submitted
	 */
	public Optional<Order> findByCheckoutToken(String checkoutToken) {
		return this.jdbcClient.sql("select * from shop_order where checkout_token = :checkoutToken")
			.param("checkoutToken", checkoutToken)
			.query(Order.class)
			.optional();
	}

	/**
	 * Find the order of a payment.
	 * @param paymentId the payment's id at Kopo Kopo
	 * @param orderId the order's id in the metadata of the payment; it is used only if
	 * the order has no payment yet, because the result came before the response to the
	 * request
	 * @return the order, or empty if there is none
	 */
	public Optional<Order> findByPayment(String paymentId, @Nullable String orderId) {
		return this.jdbcClient.sql("""
				select * from shop_order
				where payment_id = :paymentId or (payment_id is null and id = :orderId)
				order by payment_id nulls last fetch first row only
				""").param("paymentId", paymentId).param("orderId", orderId).query(Order.class).optional();
	}

	/**
	 * Find the open orders that a phone may have paid at a given time: those that were
	 * placed shortly before.
	 * @param phoneHash the hash of the phone's number
	 * @param paidAt when the phone paid
	 * @return the orders
	 */
	public List<Order> findOpen(String phoneHash, Instant paidAt) {
		return this.jdbcClient.sql("""
				select * from shop_order
				where phone_hash = :phoneHash and state in (:open) and created_at between :from and :to
				""")
			.param("phoneHash", phoneHash)
			.param("open", OPEN)
			.param("from", paidAt.minus(TIME_TO_PAY).atOffset(ZoneOffset.UTC))
			.param("to", paidAt.plus(CLOCK_SKEW).atOffset(ZoneOffset.UTC))
			.query(Order.class)
			.list()
			.stream()
			.flatMap(Stream::ofNullable)
			.toList();
	}

	/**
	 * Find the oldest order for which it is unknown whether Kopo Kopo received the
	 * request.
	 * @param since the time before which orders are ignored
	 * @return the time of that order, or empty if there is none
	 */
	public Optional<Instant> findOldestUnconfirmed(Instant since) {
		return this.jdbcClient.sql("""
				select * from shop_order where state = :created and created_at > :since
				order by created_at fetch first row only
				""")
			.param("created", OrderState.CREATED.name())
			.param("since", since.atOffset(ZoneOffset.UTC))
			.query(Order.class)
			.optional()
			.map(Order::createdAt);
	}

	/**
	 * Store the payment that was started for an order. If the outcome of the payment is
	 * already known, the state stays the same.
	 * @param id the order's id
	 * @param paymentId the payment's id at Kopo Kopo
	 */
	public void awaitPayment(String id, String paymentId) {
		int updated = this.jdbcClient.sql("""
				update shop_order
				set payment_id = :paymentId,
					state = case state when 'CREATED' then 'AWAITING_PAYMENT' else state end
				where id = :id and payment_id is null
				""").param("paymentId", paymentId).param("id", id).update();
		announce(id, updated);
	}

	/**
	 * Mark an order paid.
	 * @param id the order's id
	 * @param mpesaReference the reference in the customer's M-PESA message
	 * @return {@code false} if the outcome was already known; the order is unchanged
	 */
	public boolean markPaid(String id, String mpesaReference) {
		return close(id, OPEN, OrderState.PAID, mpesaReference, null);
	}

	/**
	 * Mark an order paid because the customer entered the code of a payment. This is also
	 * possible if the push has failed.
	 * @param id the order's id
	 * @param mpesaReference the code
	 * @return {@code false} if the order was already paid or needs a review; it is
	 * unchanged
	 */
	public boolean markPaidByCode(String id, String mpesaReference) {
		return close(id, OPEN_OR_FAILED, OrderState.PAID, mpesaReference, null);
	}

	/**
	 * Mark an order paid because the staff decided so, in any state except paid.
	 * @param id the order's id
	 * @param mpesaReference the reference of the payment
	 * @return {@code false} if the order was already paid; it is unchanged
	 */
	public boolean markPaidByPerson(String id, String mpesaReference) {
		return close(id, ALL_BUT_PAID, OrderState.PAID, mpesaReference, null);
	}

	/**
	 * Mark a paid order for review, because its payment was given back.
	 * @param id the order's id
	 * @return {@code false} if the order is not paid; it is unchanged
	 */
	public boolean markReversed(String id) {
		int updated = this.jdbcClient.sql("update shop_order set state = :state where id = :id and state = :paid")
			.param("state", OrderState.NEEDS_REVIEW.name())
			.param("id", id)
			.param("paid", OrderState.PAID.name())
			.update();
		return announce(id, updated);
	}

	/**
	 * Mark an order failed.
	 * @param id the order's id
	 * @param reason why it was not paid
	 * @return {@code false} if the outcome was already known; the order is unchanged
	 */
	public boolean markFailed(String id, FailureReason reason) {
		return close(id, OPEN, OrderState.FAILED, null, reason);
	}

	/**
	 * Mark an order for review, because the payment does not match it, or came after the
	 * order had failed.
	 * @param id the order's id
	 * @param mpesaReference the reference of the payment, or {@code null} if there is
	 * none
	 * @return {@code false} if the order was already paid or needs a review; it is
	 * unchanged
	 */
	public boolean markForReview(String id, @Nullable String mpesaReference) {
		return close(id, OPEN_OR_FAILED, OrderState.NEEDS_REVIEW, mpesaReference, null);
	}

	private boolean close(String id, List<String> from, OrderState state, @Nullable String mpesaReference,
			@Nullable FailureReason reason) {
		int updated = this.jdbcClient.sql("""
				update shop_order
				set state = :state, mpesa_reference = :mpesaReference, failure_reason = :failureReason
				where id = :id and state in (:from)
				""")
			.param("from", from)
			.param("state", state.name())
			.param("mpesaReference", mpesaReference)
			.param("failureReason", (reason != null) ? reason.name() : null)
			.param("id", id)
			.update();
		return announce(id, updated);
	}

	private boolean announce(String id, int updated) {
		if (updated == 0) {
			return false;
		}
		this.events.publishEvent(new OrderChanged(id));
		return true;
	}

}
