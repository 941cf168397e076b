package io.github.k2connect.delivery;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.github.k2connect.event.K2Event;
import io.github.k2connect.event.StkPushResult;
import io.github.k2connect.event.TillPayment;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the listeners in the documentation, which fulfil a payment once although it
 * arrives in two messages.
 */
@ParameterizedClass
@EnumSource
class FulfilmentTests {

	private static final String REFERENCE = "TKO1ABCDEF";

	private final KopoKopo kopoKopo = new KopoKopo();

	private final DatabaseServer database;

	private final ConfigurableApplicationContext context;

	FulfilmentTests(Recipe recipe) throws Exception {
		this.database = recipe.start();
		this.context = new SpringApplicationBuilder(recipe.shop)
			.run(this.database.arguments("--server.port=0", "--k2.api-key=" + KopoKopo.API_KEY).toArray(String[]::new));
		this.database.jdbc().sql("CREATE TABLE fulfilment (reference VARCHAR(40) PRIMARY KEY)").update();
	}

	@AfterEach
	void stop() throws Exception {
		this.context.close();
		this.database.close();
	}

	private int deliver(byte[] message) throws Exception {
		return this.kopoKopo.deliver(message,
				this.context.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
	}

	private List<String> fulfilled() {
		return this.context.getBean(Shop.class).fulfilled;
	}

	private static byte[] result(@Nullable String reference) {
		Message message = Message.result("payment-1", "Success");
		((ObjectNode) message.json().at("/data/attributes/event/resource")).put("reference", reference);
		return message.write();
	}

	private static byte[] webhook(String id, @Nullable String reference) {
		Message message = Message.webhook(id);
		((ObjectNode) message.json().at("/event/resource")).put("reference", reference);
		return message.write();
	}

	@Test
	void ignoresSecondMessage() throws Exception {
		assertThat(deliver(result(REFERENCE))).isEqualTo(200);
		assertThat(deliver(webhook("webhook-1", REFERENCE))).isEqualTo(200);
		assertThat(fulfilled()).containsExactly(REFERENCE);
	}

	@Test
	void fulfilsOnceWhenBothMessagesArriveAtOnce() throws Exception {
		this.context.getBean(Shop.class).arrived = new CountDownLatch(2);
		ExecutorService threads = Executors.newFixedThreadPool(2);
		try {
			Future<Integer> result = threads.submit(() -> deliver(result(REFERENCE)));
			Future<Integer> webhook = threads.submit(() -> deliver(webhook("webhook-1", REFERENCE)));
			assertThat(List.of(result.get(), webhook.get())).containsOnly(200);
			assertThat(fulfilled()).containsExactly(REFERENCE);
			assertThat(this.database.count("k2_event")).isEqualTo(2);
		}
		finally {
			threads.shutdownNow();
		}
	}

	/**
	 * Two payments without a reference are different payments.
	 */
	@Test
	void rejectsEachPaymentWithoutReference() throws Exception {
		assertThat(deliver(result(null))).isEqualTo(500);
		assertThat(deliver(webhook("webhook-1", null))).isEqualTo(500);
		assertThat(deliver(webhook("webhook-2", null))).isEqualTo(500);
		assertThat(deliver(webhook("webhook-3", REFERENCE))).isEqualTo(200);
		assertThat(fulfilled()).containsExactly(REFERENCE);
		assertThat(this.database.count("k2_event")).isOne();
	}

	@Test
	void rejectsReferenceThatIsLongerThanItsColumn() throws Exception {
		assertThat(deliver(webhook("webhook-1", "A".repeat(41)))).isEqualTo(500);
		assertThat(deliver(webhook("webhook-2", "A".repeat(42)))).isEqualTo(500);
		assertThat(fulfilled()).isEmpty();
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

		private final List<String> fulfilled = new CopyOnWriteArrayList<>();

		private volatile CountDownLatch arrived = new CountDownLatch(0);

		@EventListener
		void on(StkPushResult result) {
			if (result.isSuccessful()) {
				fulfilOnce(result.reference());
			}
		}

		@EventListener
		void on(TillPayment payment) {
			fulfilOnce(payment.reference());
		}

		abstract void fulfilOnce(@Nullable String reference);

		void fulfil(@Nullable String reference) {
			this.fulfilled.add(String.valueOf(reference));
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

		private final JdbcClient jdbc;

		PostgresqlShop(JdbcClient jdbc) {
			this.jdbc = jdbc;
		}

		@Override
		void fulfilOnce(@Nullable String reference) {
			int rows = this.jdbc.sql("INSERT INTO fulfilment (reference) VALUES (?) ON CONFLICT DO NOTHING")
				.param(reference)
				.update();
			if (rows == 1) {
				fulfil(reference);
			}
		}

	}

	/**
	 * Where a failed statement does not end the transaction.
	 */
	@WebhookApplication
	static class PortableShop extends Shop {

		private final JdbcClient jdbc;

		PortableShop(JdbcClient jdbc) {
			this.jdbc = jdbc;
		}

		@Override
		void fulfilOnce(@Nullable String reference) {
			try {
				this.jdbc.sql("INSERT INTO fulfilment (reference) VALUES (?)").param(reference).update();
			}
			catch (DuplicateKeyException ex) {
				return;
			}
			fulfil(reference);
		}

	}

}
