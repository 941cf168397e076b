package io.github.k2connect.sample.order;

import java.net.URI;
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
 * The orders in the database. Each change is a single statement that says from which
 * states it is allowed, so that whatever is reported twice, late or at the same time
 * changes an order once; each is announced as {@link OrderChanged}.
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
	 * How long after an order its payment can be the one that its push asked for.
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
	 * Add an order unless its form was sent before. Orders of one phone are counted one
	 * after another, by a lock on the phone's row, so that the limit is exact however
	 * many arrive at once. An order counts from the moment it is added, unless its phone
	 * was certainly not asked.
	 * @param order the new order
	 * @param checkoutToken the one-time token of the form that was sent
	 * @param limit how often the order's phone may be asked for payment
	 * @return {@code false} if the token has been used; nothing is added then
	 * @throws PushLimitExceededException if the phone may not be asked once more; nothing
	 * is added then
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
	 * Add the row that is locked while a phone's orders are counted. It is added before
	 * the transaction, which some databases end when the row exists already.
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
	 * Find the orders whose id begins with what the customer sees of it.
	 * @param beginning at least the first eight characters of the id
	 * @return the orders; none if that is no beginning of an id
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
	 * Find the order that a form made.
	 * @param checkoutToken the one-time token of the form
	 * @return the order, or empty if the form has not been sent
	 */
	public Optional<Order> findByCheckoutToken(String checkoutToken) {
		return this.jdbcClient.sql("select * from shop_order where checkout_token = :checkoutToken")
			.param("checkoutToken", checkoutToken)
			.query(Order.class)
			.optional();
	}

	/**
	 * Find the order that a payment is for.
	 * @param paymentId the payment's id at Kopo Kopo
	 * @param orderId the order that the payment names; it counts only as long as that
	 * order knows no payment, which is so when a result overtakes the answer to the
	 * request that asked for it
	 * @return the order, or empty if the payment is for none
	 */
	public Optional<Order> findByPayment(String paymentId, @Nullable String orderId) {
		return this.jdbcClient.sql("""
				select * from shop_order
				where payment_id = :paymentId or (payment_id is null and id = :orderId)
				order by payment_id nulls last fetch first row only
				""").param("paymentId", paymentId).param("orderId", orderId).query(Order.class).optional();
	}

	/**
	 * Find the open orders that a phone may have paid at some moment: those that were
	 * placed shortly before it.
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
	 * Return since when there is an order of which it is not known whether its phone was
	 * asked.
	 * @param since how far to look back
	 * @return when the oldest was placed, or empty if there is none
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
	 * Store which payment was started for an order. An order whose payment's outcome is
	 * already known keeps its state.
	 * @param id the order's id
	 * @param paymentId the payment's id at Kopo Kopo
	 * @param paymentLocation where Kopo Kopo keeps the payment
	 */
	public void awaitPayment(String id, String paymentId, URI paymentLocation) {
		int updated = this.jdbcClient.sql("""
				update shop_order
				set payment_id = :paymentId, payment_location = :paymentLocation,
					state = case state when 'CREATED' then 'AWAITING_PAYMENT' else state end
				where id = :id and payment_id is null
				""")
			.param("paymentId", paymentId)
			.param("paymentLocation", paymentLocation.toString())
			.param("id", id)
			.update();
		announce(id, updated);
	}

	/**
	 * Mark an order paid.
	 * @param id the order's id
	 * @param mpesaReference the reference in the customer's M-PESA message
	 * @return {@code false} if the order's outcome was known before; it stays as it was
	 */
	public boolean markPaid(String id, String mpesaReference) {
		return close(id, OPEN, OrderState.PAID, mpesaReference, null);
	}

	/**
	 * Mark an order paid with a payment whose code the customer entered. An order whose
	 * push has failed is paid so, too.
	 * @param id the order's id
	 * @param mpesaReference the code
	 * @return {@code false} if the order was paid or left to a person before; it stays as
	 * it was
	 */
	public boolean markPaidByCode(String id, String mpesaReference) {
		return close(id, OPEN_OR_FAILED, OrderState.PAID, mpesaReference, null);
	}

	/**
	 * Mark an order paid because a person says so, whatever became of its push.
	 * @param id the order's id
	 * @param mpesaReference the reference of the payment
	 * @return {@code false} if the order was paid before; it stays as it was
	 */
	public boolean markPaidByPerson(String id, String mpesaReference) {
		return close(id, ALL_BUT_PAID, OrderState.PAID, mpesaReference, null);
	}

	/**
	 * Leave a paid order to a person: its payment was given back.
	 * @param id the order's id
	 * @return {@code false} if the order is not paid; it stays as it was
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
	 * @return {@code false} if the order's outcome was known before; it stays as it was
	 */
	public boolean markFailed(String id, FailureReason reason) {
		return close(id, OPEN, OrderState.FAILED, null, reason);
	}

	/**
	 * Leave an order to a person: money arrived, and not as it should have, or after the
	 * payment had failed.
	 * @param id the order's id
	 * @param mpesaReference the reference of the money that arrived, if it has one
	 * @return {@code false} if the order was paid or left to a person before; it stays as
	 * it was
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
