package io.github.k2connect.sample.console;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;

import io.github.k2connect.event.PayoutResult;
import io.github.k2connect.event.TransferBatch;

import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The money that came in and went out: the payments of the shop, and what was paid out.
 */
@Repository
class Ledger {

	private final JdbcClient jdbcClient;

	Ledger(JdbcClient jdbcClient) {
		this.jdbcClient = jdbcClient;
		jdbcClient.sql("""
				create table if not exists console_payout (
					id varchar(255) primary key,
					amount decimal(18, 2) not null,
					made_at timestamp with time zone not null
				)
				""").update();
	}

	@EventListener
	void on(PayoutResult payout) {
		if (!payout.isSuccessful()) {
			return;
		}
		BigDecimal amount = payout.transferBatches()
			.stream()
			.map(TransferBatch::amount)
			.filter(Objects::nonNull)
			.reduce(BigDecimal.ZERO, BigDecimal::add);
		this.jdbcClient.sql("""
				insert into console_payout (id, amount, made_at) select :id, :amount, :madeAt
				where not exists (select 1 from console_payout where id = :id)
				""")
			.param("id", payout.id())
			.param("amount", amount)
			.param("madeAt", Instant.now().atOffset(ZoneOffset.UTC))
			.update();
	}

	/**
	 * Find payments and the orders that they pay.
	 * @param code the beginning of the reference, or empty for all
	 * @return the latest payments, the latest first
	 */
	List<Payment> findPayments(String code) {
		return this.jdbcClient.sql("""
				select payment.*, shop_order.id as order_id, shop_order.state as order_state
				from shop_payment payment
				left join shop_order on shop_order.mpesa_reference = payment.reference
				where payment.reference like :pattern escape '!'
				order by payment.paid_at desc fetch first 50 rows only
				""")
			.param("pattern", code.strip().toUpperCase(Locale.ROOT).replaceAll("([!%_])", "!$1") + "%")
			.query(Payment.class)
			.list()
			.stream()
			.flatMap(Stream::ofNullable)
			.toList();
	}

	/**
	 * Find the orders that need a person.
	 * @return the orders, the oldest first
	 */
	List<OpenOrder> findOpenOrders() {
		return this.jdbcClient
			.sql("select * from shop_order where state = 'NEEDS_REVIEW' order by created_at fetch first 50 rows only")
			.query(OpenOrder.class)
			.list()
			.stream()
			.flatMap(Stream::ofNullable)
			.toList();
	}

	/**
	 * Pay an order with a payment that pays no other order, because a person decided so.
	 * The amount is not checked.
	 * @param reference the reference of the payment
	 * @param order the id of the order, or its first eight characters, which the customer
	 * sees
	 * @return {@code false} if the order is unknown or paid, or the payment pays another
	 * order or was given back
	 */
	boolean match(String reference, String order) {
		if (!order.matches("[0-9a-f-]{8,36}")) {
			return false;
		}
		return this.jdbcClient.sql("""
				update shop_order set state = 'PAID', failure_reason = null, mpesa_reference = :reference
				where id = (select max(id) from shop_order where id like :pattern having count(*) = 1)
					and state <> 'PAID' and (mpesa_reference is null or mpesa_reference = :reference)
					and exists (select 1 from shop_payment where reference = :reference and not reversed)
					and not exists (select 1 from shop_order other
						where other.mpesa_reference = :reference and other.id not like :pattern)
				""").param("reference", reference).param("pattern", order + "%").update() == 1;
	}

	/**
	 * Return the money of a period.
	 * @param from the start
	 * @param to the end, which does not belong to it
	 * @return what came in and was not given back, and what went out
	 */
	Turnover turnover(Instant from, Instant to) {
		return new Turnover(
				sum("select sum(amount) from shop_payment where not reversed and paid_at >= :from and paid_at < :to",
						from, to),
				sum("select sum(amount) from console_payout where made_at >= :from and made_at < :to", from, to));
	}

	private BigDecimal sum(String sql, Instant from, Instant to) {
		return this.jdbcClient.sql(sql)
			.param("from", from.atOffset(ZoneOffset.UTC))
			.param("to", to.atOffset(ZoneOffset.UTC))
			.query(BigDecimal.class)
			.optional()
			.orElse(BigDecimal.ZERO);
	}

	/**
	 * The money of a period.
	 *
	 * @param in what came in
	 * @param out what went out
	 */
	record Turnover(BigDecimal in, BigDecimal out) {
	}

}
