package io.github.k2connect.delivery;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import io.github.k2connect.K2RequestNotSentException;
import io.github.k2connect.testfixtures.WireMockKopoKopo;
import jakarta.persistence.EntityManager;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpStatus;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for more concurrent callers than connections in the pool. Each caller holds a
 * connection during its call.
 */
@Tag("long")
@ParameterizedClass
@EnumSource
class FollowUpPressureTests {

	private static final int POOL = 10;

	private static final int CALLERS = 64;

	private static final int ROUNDS = 3;

	private static final Duration CALL = Duration.ofMillis(100);

	private static final String PATH = "/api/v1/incoming_payments";

	@RegisterExtension
	static final WireMockKopoKopo server = new WireMockKopoKopo(
			WireMockConfiguration.options().containerThreads(100).globalTemplating(true));

	private final ExecutorService callers = Executors.newFixedThreadPool(CALLERS);

	private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	/**
	 * The number of successful calls of each path.
	 */
	private final Map<String, Integer> successful = new ConcurrentHashMap<>();

	private final Database kind;

	FollowUpPressureTests(Database kind) {
		this.kind = kind;
	}

	@BeforeEach
	void respondSlowly() {
		server.stubFor(WireMock.post(PATH)
			.willReturn(WireMock.created()
				.withFixedDelay((int) CALL.toMillis())
				.withHeader("Location", server.baseUrl() + PATH + "/{{randomValue type='UUID'}}")));
	}

	/**
	 * With a key a call is stored before and after it is sent, without a connection of
	 * the pool. The first calls open the connection for that, while they hold all those
	 * of the pool.
	 */
	@Test
	void requestsWithKeyDoNotWaitForConnectionOfPool() throws Exception {
		try (DatabaseServer database = this.kind.start()) {
			database.createEffects();
			try (ConfigurableApplicationContext context = run(database, false)) {
				int port = port(context);
				assertThat(callAtOnce(port, "transaction-with-key"))
					.hasValueSatisfying((first) -> assertThat(first).isLessThan(Duration.ofSeconds(10)));
				Duration without = bestTime(port, "transaction");
				assertThat(bestTime(port, "transaction-with-key")).isLessThan(without.plusSeconds(5));
				Awaitility.await()
					.untilAsserted(() -> assertThat(database.count("k2_request"))
						.isEqualTo(this.successful.getOrDefault("transaction-with-key", 0).longValue()));
			}
		}
	}

	/**
	 * Calls do not wait for a connection that other callers hold, which would take longer
	 * than the five seconds, and each is stored.
	 */
	@Test
	void callersThatHoldAllConnectionsDoNotWaitForAnotherOne() throws Exception {
		try (DatabaseServer database = this.kind.start()) {
			database.createEffects();
			List<Duration> without = bestTimes(database, false);
			this.successful.clear();
			List<Duration> with = bestTimes(database, true);
			assertThat(with.get(0)).as("open-in-view").isLessThan(without.get(0).plusSeconds(5));
			assertThat(with.get(1)).as("transaction").isLessThan(without.get(1).plusSeconds(5));
			Awaitility.await()
				.untilAsserted(() -> assertThat(database.count("k2_task"))
					.isEqualTo(this.successful.values().stream().mapToLong(Integer::longValue).sum()));
		}
	}

	private static List<String> arguments(DatabaseServer database, boolean followUp) {
		return database.arguments("--server.port=0", "--k2.api-key=" + KopoKopo.API_KEY, "--k2.client-id=id",
				"--k2.client-secret=secret", "--k2.base-url=" + server.baseUrl(), "--k2.follow-up.enabled=" + followUp,
				"--spring.datasource.hikari.maximum-pool-size=" + POOL, "--spring.jpa.open-in-view=true",
				"--spring.autoconfigure.exclude=${without.security},${without.modulith}",
				"--server.tomcat.threads.max=100");
	}

	/**
	 * Return the best times of callers whose connection belongs to their web request, and
	 * of callers in a transaction.
	 */
	private List<Duration> bestTimes(DatabaseServer database, boolean followUp) throws Exception {
		try (ConfigurableApplicationContext context = run(database, followUp)) {
			int port = port(context);
			List<Duration> times = new ArrayList<>();
			for (String path : List.of("open-in-view", "transaction")) {
				call(port, path);
				times.add(bestTime(port, path));
			}
			return times;
		}
	}

	private Duration bestTime(int port, String path) throws Exception {
		List<Duration> times = new ArrayList<>();
		for (int round = 0; round < ROUNDS; round++) {
			callAtOnce(port, path).ifPresent(times::add);
		}
		assertThat(times).as("rounds in which each call was sent").isNotEmpty();
		return Collections.min(times);
	}

	private static ConfigurableApplicationContext run(DatabaseServer database, boolean followUp) {
		return new SpringApplicationBuilder(Application.class)
			.run(arguments(database, followUp).toArray(String[]::new));
	}

	private static int port(ConfigurableApplicationContext context) {
		return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
	}

	/**
	 * Return how long calls take together, if each of them was sent. A call is not sent
	 * when it is not stored in time, as happens when other processes take the processors.
	 */
	private Optional<Duration> callAtOnce(int port, String path) throws Exception {
		long start = System.nanoTime();
		List<Callable<Integer>> calls = new ArrayList<>();
		for (int i = 0; i < CALLERS; i++) {
			calls.add(() -> call(port, path));
		}
		List<Integer> statuses = new ArrayList<>();
		for (Future<Integer> status : this.callers.invokeAll(calls)) {
			statuses.add(status.get());
		}
		Duration time = Duration.ofNanos(System.nanoTime() - start);
		assertThat(statuses).containsAnyOf(200).isSubsetOf(200, 503);
		return statuses.contains(503) ? Optional.empty() : Optional.of(time);
	}

	private int call(int port, String path) throws IOException, InterruptedException {
		int status = this.http
			.send(HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/" + path)).build(),
					HttpResponse.BodyHandlers.discarding())
			.statusCode();
		if (status == 200) {
			this.successful.merge(path, 1, Integer::sum);
		}
		return status;
	}

	/**
	 * An application with JPA, whose requests hold a connection.
	 */
	@WebhookApplication
	@ImportAutoConfiguration(HibernateJpaAutoConfiguration.class)
	@Import(FollowUpApplication.class)
	@RestController
	static class Application {

		private final EntityManager entityManager;

		private final TransactionTemplate transaction;

		private final FollowUpApplication shop;

		Application(EntityManager entityManager, PlatformTransactionManager transactions, FollowUpApplication shop) {
			this.entityManager = entityManager;
			this.transaction = new TransactionTemplate(transactions);
			this.shop = shop;
		}

		public static void main(String[] args) {
			SpringApplication.run(Application.class, args);
		}

		@GetMapping("/open-in-view")
		void pushAfterRead() {
			read();
			this.shop.push();
		}

		@GetMapping("/transaction")
		void pushInTransaction() {
			this.transaction.executeWithoutResult((status) -> {
				read();
				this.shop.push();
			});
		}

		@GetMapping("/transaction-with-key")
		void pushWithKeyInTransaction() {
			this.transaction.executeWithoutResult((status) -> {
				read();
				this.shop.push(UUID.randomUUID().toString());
			});
		}

		@ExceptionHandler
		@ResponseStatus(HttpStatus.SERVICE_UNAVAILABLE)
		void notSent(K2RequestNotSentException ex) {
		}

		private void read() {
			this.entityManager.createNativeQuery("SELECT COUNT(*) FROM effect").getSingleResult();
		}

	}

}
