package io.github.k2connect.delivery;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.github.k2connect.event.BuygoodsTransactionReceived;
import io.github.k2connect.event.StkPushResult;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A payment that comes as two messages is fulfilled once, as the documentation shows.
 */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class FulfilmentTests {

	private static final String REFERENCE = "TKO1ABCDEF";

	private final KopoKopo kopoKopo = new KopoKopo();

	private @Nullable DatabaseServer database;

	private @Nullable ConfigurableApplicationContext context;

	@BeforeEach
	void start() throws Exception {
		this.database = Database.POSTGRESQL.start();
		this.context = new SpringApplicationBuilder(Shop.class)
			.run(this.database.arguments("--server.port=0", "--k2.api-key=" + KopoKopo.API_KEY).toArray(String[]::new));
		this.context.getBean(JdbcClient.class)
			.sql("CREATE TABLE fulfilment (reference VARCHAR(40) PRIMARY KEY)")
			.update();
	}

	@AfterEach
	void stop() throws Exception {
		if (this.context != null) {
			this.context.close();
		}
		if (this.database != null) {
			this.database.close();
		}
	}

	private int deliver(byte[] message) throws Exception {
		return this.kopoKopo.deliver(message,
				context().getEnvironment().getRequiredProperty("local.server.port", Integer.class));
	}

	private ConfigurableApplicationContext context() {
		return Objects.requireNonNull(this.context);
	}

	private List<String> fulfilled() {
		return context().getBean(Shop.class).fulfilled;
	}

	private static byte[] result() {
		Message message = Message.result("payment-1", "Success");
		((ObjectNode) message.json().at("/data/attributes/event/resource")).put("reference", REFERENCE);
		return message.write();
	}

	private static byte[] webhook() {
		Message message = Message.webhook("webhook-1");
		((ObjectNode) message.json().at("/event/resource")).put("reference", REFERENCE);
		return message.write();
	}

	@Test
	void theSecondMessageFulfilsNothing() throws Exception {
		assertThat(deliver(result())).isEqualTo(200);
		assertThat(deliver(webhook())).isEqualTo(200);
		assertThat(fulfilled()).containsExactly(REFERENCE);
	}

	@Test
	void ofTwoMessagesAtTheSameMomentOneFulfils() throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(2);
		try {
			Future<Integer> result = threads.submit(() -> deliver(result()));
			Future<Integer> webhook = threads.submit(() -> deliver(webhook()));
			assertThat(List.of(result.get(), webhook.get())).containsOnly(200);
			assertThat(fulfilled()).containsExactly(REFERENCE);
		}
		finally {
			threads.shutdownNow();
		}
	}

	/**
	 * A shop that listens to both messages.
	 */
	@WebhookApplication
	static class Shop {

		private final List<String> fulfilled = new CopyOnWriteArrayList<>();

		private final JdbcClient jdbc;

		Shop(JdbcClient jdbc) {
			this.jdbc = jdbc;
		}

		@EventListener
		void on(StkPushResult result) {
			if (result.isSuccessful()) {
				fulfilOnce(result.reference());
			}
		}

		@EventListener
		void on(BuygoodsTransactionReceived payment) {
			fulfilOnce(payment.reference());
		}

		private void fulfilOnce(@Nullable String reference) {
			int rows = this.jdbc.sql("INSERT INTO fulfilment (reference) VALUES (?) ON CONFLICT DO NOTHING")
				.param(reference)
				.update();
			if (rows == 1) {
				fulfil(reference);
			}
		}

		private void fulfil(@Nullable String reference) {
			this.fulfilled.add(String.valueOf(reference));
		}

	}

}
