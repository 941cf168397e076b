package io.github.k2connect.sample.order;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

import io.github.k2connect.sample.ShopTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link Orders} that are added while another order of the same phone is not
 * committed yet.
 */
@ShopTest
@Timeout(30)
class PushLimitLockTests {

	private static final String PHONE = "+254712345678";

	private static final PushLimit ONCE = new PushLimit(1, Duration.ofMinutes(1));

	@Autowired
	private Orders orders;

	@Autowired
	private JdbcClient jdbcClient;

	@Autowired
	private TransactionTemplate transactions;

	@BeforeEach
	void startAfresh() {
		this.jdbcClient.sql("delete from shop_order").update();
		this.jdbcClient.sql("merge into shop_phone values (:phoneNumber)").param("phoneNumber", PHONE).update();
	}

	@Test
	void countsOrderBeforeItsCommit() {
		CompletableFuture<Boolean> second = this.transactions.execute((transaction) -> {
			assertThat(add()).isTrue();
			return addMeanwhile();
		});
		assertThatExceptionOfType(CompletionException.class).isThrownBy(second::join)
			.withCauseInstanceOf(PushLimitExceededException.class);
		assertThat(count()).isOne();
	}

	@Test
	void doesNotCountOrderThatIsRolledBack() {
		CompletableFuture<Boolean> second = this.transactions.execute((transaction) -> {
			assertThat(add()).isTrue();
			transaction.setRollbackOnly();
			return addMeanwhile();
		});
		assertThat(second.join()).isTrue();
		assertThat(count()).isOne();
	}

	private CompletableFuture<Boolean> addMeanwhile() {
		CompletableFuture<Boolean> added = CompletableFuture.supplyAsync(() -> add());
		await().atMost(1, TimeUnit.SECONDS).until(() -> added.isDone() || isSessionBlocked());
		return added;
	}

	private boolean add() {
		Order order = Order.created(UUID.randomUUID().toString(), "kahawa", BigDecimal.valueOf(850), "KES", PHONE);
		return this.orders.add(order, UUID.randomUUID().toString(), ONCE);
	}

	private boolean isSessionBlocked() {
		return this.jdbcClient.sql("select count(*) > 0 from information_schema.sessions where blocker_id is not null")
			.query(Boolean.class)
			.single();
	}

	private long count() {
		return this.jdbcClient.sql("select count(*) from shop_order").query(Long.class).single();
	}

}
