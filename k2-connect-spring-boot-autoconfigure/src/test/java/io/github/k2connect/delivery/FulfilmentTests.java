package io.github.k2connect.delivery;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.github.k2connect.event.K2Event;
import io.github.k2connect.event.MissedTillPayment;
import io.github.k2connect.event.PolledTransaction;
import io.github.k2connect.event.StkPushResult;
import io.github.k2connect.event.TillPayment;
import io.github.k2connect.event.TillTransactionDetails;
import io.github.k2connect.json.JsonObject;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for the listeners in the documentation, which pay each order once although its
 * payment arrives in several messages.
 */
@ParameterizedClass
@EnumSource
class FulfilmentTests {

	private static final String REFERENCE = "TKO1ABCDEF";

	private static final int PUSHES = 200;

	private final KopoKopo kopoKopo = new KopoKopo();

	private final DatabaseServer database;

	private final ConfigurableApplicationContext context;

	FulfilmentTests(Recipe recipe) throws Exception {
		this.database = recipe.start();
		this.context = new SpringApplicationBuilder(recipe.shop)
			.run(this.database.arguments("--server.port=0", "--k2.api-key=" + KopoKopo.API_KEY).toArray(String[]::new));
		this.database.jdbc().sql("""
				CREATE TABLE payment (
					reference VARCHAR(40) PRIMARY KEY,
					amount DECIMAL(12, 2) NOT NULL,
					currency VARCHAR(3) NOT NULL,
					received_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL
				)""").update();
		this.database.jdbc()
			.sql("CREATE TABLE orders (id VARCHAR(40) PRIMARY KEY, amount DECIMAL(12, 2), reference VARCHAR(40) UNIQUE)")
			.update();
		order("order-1", "850");
	}

	@AfterEach
	void stop() throws Exception {
		this.context.close();
		this.database.close();
	}

	private void order(String id, String amount) {
		this.database.jdbc()
			.sql("INSERT INTO orders (id, amount) VALUES (?, ?)")
			.param(id)
			.param(new BigDecimal(amount))
			.update();
	}

	private Shop shop() {
		return this.context.getBean(Shop.class);
	}

	private int deliver(byte[] message) throws Exception {
		return this.kopoKopo.deliver(message,
				this.context.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
	}

	private void detect(String reference) {
		PolledTransaction payment = PolledTransaction.from(JsonObject.parse("""
				{"resource": {"reference": "%s", "amount": "850.0", "currency": "KES"}}
				""".formatted(reference)));
		this.context.getBean(TransactionTemplate.class)
			.executeWithoutResult(
					(transaction) -> this.context.publishEvent(new MissedTillPayment("default", payment)));
	}

	private List<String> fulfilled() {
		return shop().fulfilled();
	}

	private List<@Nullable String> waiting() {
		return this.database.jdbc()
			.sql("SELECT reference FROM payment p WHERE NOT EXISTS (SELECT 1 FROM orders o WHERE o.reference = p.reference)")
			.query(String.class)
			.list();
	}

	private static byte[] result(String order, @Nullable String reference) {
		Message message = Message.result("payment-of-" + order, "Success");
		ObjectNode attributes = (ObjectNode) message.json().at("/data/attributes");
		attributes.putObject("metadata").put("order", order);
		((ObjectNode) attributes.at("/event/resource")).put("reference", reference).put("amount", "850.0");
		return message.write();
	}

	private static byte[] webhook(String id, @Nullable String reference) {
		Message message = Message.webhook(id);
		((ObjectNode) message.json().at("/event/resource")).put("reference", reference).put("amount", "850.0");
		return message.write();
	}

	/**
	 * However the messages of a push arrive, and although reconciliation finds some of
	 * the payments before.
	 */
	@Test
	void paysEachOrderOnce() throws Exception {
		List<Callable<Integer>> messages = new ArrayList<>();
		List<String> orders = new ArrayList<>();
		for (int push = 0; push < PUSHES; push++) {
			String order = "push-" + push;
			String reference = "TK" + push;
			order(order, "850");
			orders.add(order);
			messages.add(() -> deliver(result(order, reference)));
			messages.add(() -> deliver(webhook("webhook-" + order, reference)));
			if (push % 4 == 0) {
				detect(reference);
			}
		}
		Collections.shuffle(messages, new Random(4));
		ExecutorService threads = Executors.newFixedThreadPool(4);
		try {
			for (Future<Integer> status : threads.invokeAll(messages)) {
				assertThat(status.get()).isEqualTo(200);
			}
		}
		finally {
			threads.shutdownNow();
		}
		assertThat(fulfilled()).containsExactlyInAnyOrderElementsOf(orders);
		assertThat(waiting()).isEmpty();
	}

	@Test
	void paysOrderByResultAfterWebhook() throws Exception {
		assertThat(deliver(webhook("webhook-1", REFERENCE))).isEqualTo(200);
		assertThat(fulfilled()).isEmpty();
		assertThat(waiting()).containsExactly(REFERENCE);
		assertThat(deliver(result("order-1", REFERENCE))).isEqualTo(200);
		assertThat(fulfilled()).containsExactly("order-1");
		assertThat(waiting()).isEmpty();
	}

	@Test
	void paysOrderByResultBeforeWebhook() throws Exception {
		assertThat(deliver(result("order-1", REFERENCE))).isEqualTo(200);
		assertThat(deliver(webhook("webhook-1", REFERENCE))).isEqualTo(200);
		assertThat(fulfilled()).containsExactly("order-1");
	}

	@Test
	void paysOrderOnceWhenBothMessagesArriveAtOnce() throws Exception {
		shop().awaitTwoMessages();
		ExecutorService threads = Executors.newFixedThreadPool(2);
		try {
			Future<Integer> result = threads.submit(() -> deliver(result("order-1", REFERENCE)));
			Future<Integer> webhook = threads.submit(() -> deliver(webhook("webhook-1", REFERENCE)));
			assertThat(List.of(result.get(), webhook.get())).containsOnly(200);
			assertThat(fulfilled()).containsExactly("order-1");
			assertThat(this.database.count("k2_event")).isEqualTo(2);
		}
		finally {
			threads.shutdownNow();
		}
	}

	@Test
	void paysOrderByCodeOfPaymentThatWaits() {
		assertThat(shop().pay("order-1", REFERENCE)).isFalse();
		detect(REFERENCE);
		assertThat(shop().pay("order-1", REFERENCE)).isTrue();
		assertThat(shop().pay("order-1", REFERENCE)).isFalse();
		assertThat(fulfilled()).containsExactly("order-1");
	}

	@Test
	void paysOneOrderWithPayment() throws Exception {
		order("order-2", "850");
		assertThat(deliver(result("order-1", REFERENCE))).isEqualTo(200);
		assertThatExceptionOfType(DuplicateKeyException.class).isThrownBy(() -> shop().pay("order-2", REFERENCE));
		assertThat(fulfilled()).containsExactly("order-1");
	}

	@Test
	void leavesPaymentOfAnotherAmountToPerson() throws Exception {
		order("order-2", "849.99");
		assertThat(deliver(result("order-2", REFERENCE))).isEqualTo(200);
		assertThat(fulfilled()).isEmpty();
		assertThat(waiting()).containsExactly(REFERENCE);
	}

	@Test
	void findsPaymentsThatHaveWaited() {
		detect(REFERENCE);
		detect("TKO2ABCDEF");
		assertThat(shop().findWaiting()).isEmpty();
		this.database.jdbc().sql("UPDATE payment SET received_at = CURRENT_TIMESTAMP - INTERVAL '11' MINUTE").update();
		assertThat(shop().pay("order-1", "TKO2ABCDEF")).isTrue();
		assertThat(shop().findWaiting()).containsExactly(REFERENCE);
	}

	/**
	 * Two payments without a reference are different payments.
	 */
	@Test
	void rejectsEachPaymentWithoutReference() throws Exception {
		assertThat(deliver(result("order-1", null))).isEqualTo(500);
		assertThat(deliver(webhook("webhook-1", null))).isEqualTo(500);
		assertThat(deliver(webhook("webhook-2", null))).isEqualTo(500);
		assertThat(deliver(webhook("webhook-3", REFERENCE))).isEqualTo(200);
		assertThat(waiting()).containsExactly(REFERENCE);
		assertThat(this.database.count("k2_event")).isOne();
	}

	@Test
	void rejectsReferenceThatIsLongerThanItsColumn() throws Exception {
		assertThat(deliver(webhook("webhook-1", "A".repeat(41)))).isEqualTo(500);
		assertThat(deliver(webhook("webhook-2", "A".repeat(42)))).isEqualTo(500);
		assertThat(waiting()).isEmpty();
	}

	/**
	 * The database, and the listeners that the documentation shows for it.
	 */
	enum Recipe {

		H2(Database.H2, PortableShop.class),

		POSTGRESQL(Database.POSTGRESQL, PostgresqlShop.class),

		MARIADB(Database.MARIADB, PortableShop.class),

		MARIADB_WITH_MYSQL_DRIVER(Database.MARIADB, PortableShop.class) {

			@Override
			DatabaseServer start() throws Exception {
				return super.start().withMysqlDriver();
			}

		};

		private final Database database;

		private final Class<?> shop;

		Recipe(Database database, Class<?> shop) {
			this.database = database;
			this.shop = shop;
		}

		DatabaseServer start() throws Exception {
			return this.database.start();
		}

	}

	/**
	 * A shop that listens to both messages.
	 */
	abstract static class Shop {

		static final Logger logger = LoggerFactory.getLogger(Shop.class);

		final JdbcClient jdbc;

		private final List<String> fulfilled = new CopyOnWriteArrayList<>();

		private volatile CountDownLatch arrived = new CountDownLatch(0);

		Shop(JdbcClient jdbc) {
			this.jdbc = jdbc;
		}

		@EventListener
		void on(StkPushResult result) {
			if (result.isSuccessful()) {
				add(result);
				pay(result.metadata().get("order"), result.reference());
			}
		}

		@EventListener
		void on(TillPayment payment) {
			add(payment);
		}

		@Transactional
		public boolean pay(@Nullable String orderId, @Nullable String reference) {
			int rows = this.jdbc.sql("""
					UPDATE orders SET reference = :reference WHERE id = :id AND reference IS NULL AND amount =
						(SELECT amount FROM payment WHERE reference = :reference AND currency = 'KES')
					""").param("reference", reference).param("id", orderId).update();
			if (rows == 1) {
				fulfil(orderId);
			}
			return rows == 1;
		}

		abstract void add(TillTransactionDetails payment);

		List<@Nullable String> findWaiting() {
			return this.jdbc.sql("""
					SELECT reference FROM payment WHERE received_at < CURRENT_TIMESTAMP - INTERVAL '10' MINUTE
						AND NOT EXISTS (SELECT 1 FROM orders WHERE orders.reference = payment.reference)
					""").query(String.class).list();
		}

		void fulfil(@Nullable String orderId) {
			this.fulfilled.add(String.valueOf(orderId));
		}

		List<String> fulfilled() {
			return this.fulfilled;
		}

		void awaitTwoMessages() {
			this.arrived = new CountDownLatch(2);
		}

		@Order(-1)
		@EventListener
		void awaitTheOther(K2Event event) throws InterruptedException {
			this.arrived.countDown();
			assertThat(this.arrived.await(30, TimeUnit.SECONDS)).isTrue();
		}

	}

	@WebhookApplication
	static class PostgresqlShop extends Shop {

		PostgresqlShop(JdbcClient jdbc) {
			super(jdbc);
		}

		@Override
		void add(TillTransactionDetails payment) {
			this.jdbc.sql("INSERT INTO payment (reference, amount, currency) VALUES (?, ?, ?) ON CONFLICT DO NOTHING")
				.param(payment.reference())
				.param(payment.amount())
				.param(payment.currency())
				.update();
		}

	}

	/**
	 * Where a failed statement does not end the transaction.
	 */
	@WebhookApplication
	static class PortableShop extends Shop {

		PortableShop(JdbcClient jdbc) {
			super(jdbc);
		}

		@Override
		void add(TillTransactionDetails payment) {
			try {
				this.jdbc.sql("INSERT INTO payment (reference, amount, currency) VALUES (?, ?, ?)")
					.param(payment.reference())
					.param(payment.amount())
					.param(payment.currency())
					.update();
			}
			catch (DuplicateKeyException ex) {
				logger.debug("Payment {} is known", payment.reference());
			}
		}

	}

}
