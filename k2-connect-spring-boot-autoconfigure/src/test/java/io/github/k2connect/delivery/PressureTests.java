package io.github.k2connect.delivery;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.zaxxer.hikari.HikariDataSource;
import io.github.k2connect.event.K2Event;
import jakarta.servlet.Filter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for more simultaneous deliveries than database connections, with listeners that
 * need a second connection.
 */
@Tag("long")
class PressureTests {

	private static final int POOL = 5;

	private final KopoKopo kopoKopo = new KopoKopo();

	private final ExecutorService senders = Executors.newCachedThreadPool();

	@AfterEach
	void stop() {
		this.senders.shutdownNow();
	}

	@ParameterizedTest
	@EnumSource
	void takesOneConnectionForSimultaneousDuplicates(Database database) throws Exception {
		List<Message> messages = IntStream.range(0, 12).mapToObj((index) -> Message.webhook("1")).toList();
		assertAllAnswered(database, messages, 1, "--listener.patience=500ms");
	}

	@ParameterizedTest
	@EnumSource
	void waitsForConnectionWithSimultaneousEvents(Database database) throws Exception {
		List<Message> messages = IntStream.range(0, 64)
			.mapToObj((index) -> Message.webhook(String.valueOf(index)))
			.toList();
		assertAllAnswered(database, messages, messages.size());
	}

	@ParameterizedTest
	@EnumSource
	@EnabledForJreRange(min = JRE.JAVA_21, disabledReason = "This Java version has no virtual threads")
	void handlesTwoThousandSimultaneousDeliveriesOnVirtualThreads(Database database) throws Exception {
		List<Message> messages = IntStream.range(0, 2000)
			.mapToObj((index) -> Message.webhook(String.valueOf(index)))
			.toList();
		assertAllAnswered(database, messages, messages.size(), "--spring.threads.virtual.enabled=true");
	}

	private void assertAllAnswered(Database database, List<Message> messages, int events, String... more)
			throws Exception {
		try (DatabaseServer server = database.start()) {
			AuditedApplication.createTables(server);
			CountDownLatch arrived = new CountDownLatch(messages.size());
			List<String> arguments = Stream
				.concat(server.arguments("--server.port=0", "--k2.api-key=" + KopoKopo.API_KEY,
						"--spring.datasource.hikari.maximum-pool-size=" + POOL,
						"--spring.datasource.hikari.connection-timeout=3000")
					.stream(), Stream.of(more))
				.toList();
			try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
				.initializers((beans) -> beans.getBeanFactory().registerSingleton("arrived", arrived))
				.run(arguments.toArray(String[]::new))) {
				int port = context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
				List<Callable<Integer>> deliveries = messages.stream()
					.<Callable<Integer>>map((message) -> () -> this.kopoKopo.deliver(message.write(), port))
					.toList();
				for (Future<Integer> answer : this.senders.invokeAll(deliveries)) {
					assertThat(answer.get()).isEqualTo(200);
				}
			}
			assertThat(server.effects()).hasSize(events).doesNotHaveDuplicates();
			assertThat(server.count("note")).isEqualTo(events);
			assertThat(server.count("receipt")).isEqualTo(events);
		}
	}

	/**
	 * An application that takes no delivery before all have come. Its first listener lets
	 * the other deliveries take connections, as far as they do.
	 */
	@WebhookApplication
	@Import(AuditedApplication.class)
	static class Application {

		private final HikariDataSource pool;

		private final Duration patience;

		Application(HikariDataSource pool, @Value("${listener.patience:0s}") Duration patience) {
			this.pool = pool;
			this.patience = patience;
		}

		@Order(-1)
		@EventListener
		void awaitOthers(K2Event event) throws InterruptedException {
			long end = System.nanoTime() + this.patience.toNanos();
			while (this.pool.getHikariPoolMXBean().getActiveConnections() < POOL && System.nanoTime() < end) {
				Thread.sleep(10);
			}
		}

		@Bean
		Filter arrivals(CountDownLatch arrived) {
			return (request, response, chain) -> {
				arrived.countDown();
				try {
					arrived.await(30, TimeUnit.SECONDS);
				}
				catch (InterruptedException ex) {
					Thread.currentThread().interrupt();
				}
				chain.doFilter(request, response);
			};
		}

	}

}
