package io.github.k2connect.delivery;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

import io.github.k2connect.event.K2Event;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for two simultaneous deliveries of the same event.
 */
@Tag("long")
@ParameterizedClass
@MethodSource("clusters")
class ConcurrentDeliveryTests {

	/**
	 * Longer than H2 lets a transaction wait for another.
	 */
	private static final Duration A_WHILE = Duration.ofSeconds(2);

	private static final Duration LONG = Duration.ofSeconds(60);

	private final ExecutorService deliveries = Executors.newFixedThreadPool(2);

	private final KopoKopo kopoKopo = new KopoKopo();

	private final byte[] message = Message.webhook("1").write();

	private final Cluster cluster;

	ConcurrentDeliveryTests(Cluster cluster) {
		this.cluster = cluster;
		DatabaseServer database = cluster.database();
		database.jdbc().sql("DELETE FROM effect").update();
		database.jdbc().sql("DELETE FROM k2_event").update();
	}

	static List<Cluster> clusters() throws Exception {
		List<Cluster> clusters = new ArrayList<>();
		for (Database kind : Database.available()) {
			clusters.add(Cluster.start(kind));
		}
		return clusters;
	}

	@AfterEach
	void stopDeliveries() {
		this.deliveries.shutdownNow();
	}

	private Listener listener(int instance) {
		Listener listener = new Listener();
		this.cluster.instances().get(instance).getBean(Application.class).listener = listener;
		return listener;
	}

	private Future<Integer> deliver(int instance) {
		int port = this.cluster.instances()
			.get(instance)
			.getEnvironment()
			.getRequiredProperty("local.server.port", Integer.class);
		return this.deliveries.submit(() -> this.kopoKopo.deliver(this.message, port));
	}

	@ParameterizedTest(name = "at instance {0}")
	@ValueSource(ints = { 0, 1 })
	void secondDeliveryIsDuplicateAfterFirstSucceeds(int other) throws Exception {
		Listener listener = listener(0);
		Future<Integer> first = deliver(0);
		listener.awaitCalled();
		Listener laterListener = listener(other);
		Future<Integer> second = deliver(other);
		assertThat(second).failsWithin(A_WHILE).withThrowableOfType(TimeoutException.class);
		assertThat(first).isNotDone();
		listener.outcome.complete(null);
		assertThat(first).succeedsWithin(LONG).isEqualTo(200);
		assertThat(second).succeedsWithin(LONG).isEqualTo(200);
		assertThat(laterListener.isCalled()).isFalse();
		assertThat(this.cluster.database().effects()).containsExactly("1");
	}

	@Test
	void secondDeliveryAtSameInstanceFailsWithFirst() throws Exception {
		Listener listener = listener(0);
		Future<Integer> first = deliver(0);
		listener.awaitCalled();
		Listener laterListener = listener(0);
		Future<Integer> second = deliver(0);
		assertThat(second).failsWithin(A_WHILE).withThrowableOfType(TimeoutException.class);
		listener.outcome.completeExceptionally(new IllegalStateException("The listener failed"));
		assertThat(first).succeedsWithin(LONG).isEqualTo(500);
		assertThat(second).succeedsWithin(LONG).isEqualTo(500);
		assertThat(laterListener.isCalled()).isFalse();
		assertThat(this.cluster.database().effects()).isEmpty();
		laterListener.outcome.complete(null);
		assertThat(deliver(0)).succeedsWithin(LONG).isEqualTo(200);
		assertThat(this.cluster.database().effects()).containsExactly("1");
	}

	@Test
	void secondDeliveryAtAnotherInstanceIsPublishedAfterFirstFails() throws Exception {
		Listener listener = listener(0);
		Future<Integer> first = deliver(0);
		listener.awaitCalled();
		Listener laterListener = listener(1);
		Future<Integer> second = deliver(1);
		assertThat(second).failsWithin(A_WHILE).withThrowableOfType(TimeoutException.class);
		assertThat(laterListener.isCalled()).isFalse();
		listener.outcome.completeExceptionally(new IllegalStateException("The listener failed"));
		assertThat(first).succeedsWithin(LONG).isEqualTo(500);
		laterListener.awaitCalled();
		laterListener.outcome.complete(null);
		assertThat(second).succeedsWithin(LONG).isEqualTo(200);
		assertThat(this.cluster.database().effects()).containsExactly("1");
	}

	/**
	 * Two instances that share a database.
	 */
	record Cluster(Database kind, DatabaseServer database,
			List<ConfigurableApplicationContext> instances) implements AutoCloseable {

		static Cluster start(Database kind) throws IOException, SQLException {
			DatabaseServer database = kind.start();
			database.createEffects();
			String[] arguments = database.arguments("--server.port=0", "--k2.api-key=" + KopoKopo.API_KEY)
				.toArray(String[]::new);
			return new Cluster(kind, database,
					Stream.generate(() -> new SpringApplicationBuilder(Application.class))
						.limit(2)
						.map((builder) -> builder.run(arguments))
						.toList());
		}

		@Override
		public void close() throws IOException {
			this.instances.forEach(ConfigurableApplicationContext::close);
			this.database.close();
		}

		@Override
		public String toString() {
			return this.kind.name();
		}

	}

	/**
	 * One call of a listener, which lasts until the test completes it.
	 */
	private static final class Listener {

		private final CountDownLatch called = new CountDownLatch(1);

		private final CompletableFuture<Void> outcome = new CompletableFuture<>();

		void call() {
			this.called.countDown();
			this.outcome.join();
		}

		boolean isCalled() {
			return this.called.getCount() == 0;
		}

		void awaitCalled() throws InterruptedException {
			assertThat(this.called.await(30, TimeUnit.SECONDS)).isTrue();
		}

	}

	/**
	 * An instance whose listener takes as long as a test wants.
	 */
	@WebhookApplication
	static class Application {

		private final JdbcClient jdbc;

		private volatile Listener listener = new Listener();

		Application(JdbcClient jdbc) {
			this.jdbc = jdbc;
		}

		@EventListener
		void on(K2Event event) {
			this.jdbc.sql("INSERT INTO effect (event) VALUES (?)").param(event.id()).update();
			this.listener.call();
		}

	}

}
