package io.github.k2connect.delivery;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import io.github.k2connect.testfixtures.WireMockKopoKopo;
import jakarta.persistence.EntityManager;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.GetMapping;
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

	private static final Duration CALL = Duration.ofMillis(100);

	private static final String PATH = "/api/v1/incoming_payments";

	@RegisterExtension
	static final WireMockKopoKopo server = new WireMockKopoKopo(
			WireMockConfiguration.options().containerThreads(100).globalTemplating(true));

	private final ExecutorService callers = Executors.newFixedThreadPool(CALLERS);

	private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

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
	 * the pool. The connection for that is opened by the first call.
	 */
	@Test
	void requestWithKeyTakesAtMostTwiceAsLong() throws Exception {
		try (DatabaseServer database = this.kind.start()) {
			database.createEffects();
			Duration without = bestTime(database, false, "transaction");
			Duration with = bestTime(database, false, "transaction-with-key");
			assertThat(with).isLessThan(without.multipliedBy(2));
			assertThat(database.count("k2_request")).isEqualTo(1 + 3 * CALLERS);
		}
	}

	/**
	 * The first calls open the connection, while they hold all those of the pool.
	 */
	@Test
	void firstRequestsWithKeyDoNotWaitForConnectionOfPool() throws Exception {
		try (DatabaseServer database = this.kind.start()) {
			database.createEffects();
			try (ConfigurableApplicationContext context = run(database, false)) {
				Duration time = callAtOnce(port(context), "transaction-with-key");
				assertThat(time).isLessThan(Duration.ofSeconds(10));
			}
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
	 * Calls do not wait for a connection that other callers hold, which would take longer
	 * than the five seconds, and each is stored.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "open-in-view", "transaction" })
	void callersThatHoldAllConnectionsDoNotWaitForAnotherOne(String path) throws Exception {
		try (DatabaseServer database = this.kind.start()) {
			database.createEffects();
			Duration without = bestTime(database, false, path);
			Duration with = bestTime(database, true, path);
			assertThat(with).isLessThan(without.plusSeconds(5));
		}
	}

	private Duration bestTime(DatabaseServer database, boolean followUp, String path) throws Exception {
		try (ConfigurableApplicationContext context = run(database, followUp)) {
			int port = port(context);
			call(port, path);
			Duration best = Duration.ofMinutes(1);
			for (int round = 0; round < 3; round++) {
				Duration time = callAtOnce(port, path);
				best = (time.compareTo(best) < 0) ? time : best;
			}
			if (followUp) {
				assertThat(database.count("k2_task")).isEqualTo(1 + 3 * CALLERS);
			}
			return best;
		}
	}

	private static ConfigurableApplicationContext run(DatabaseServer database, boolean followUp) {
		return new SpringApplicationBuilder(Application.class)
			.run(arguments(database, followUp).toArray(String[]::new));
	}

	private static int port(ConfigurableApplicationContext context) {
		return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
	}

	private Duration callAtOnce(int port, String path) throws Exception {
		long start = System.nanoTime();
		List<Callable<Integer>> calls = new ArrayList<>();
		for (int i = 0; i < CALLERS; i++) {
			calls.add(() -> call(port, path));
		}
		for (Future<Integer> status : this.callers.invokeAll(calls)) {
			assertThat(status.get()).isEqualTo(200);
		}
		return Duration.ofNanos(System.nanoTime() - start);
	}

	private int call(int port, String path) throws IOException, InterruptedException {
		return this.http
			.send(HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/" + path)).build(),
					HttpResponse.BodyHandlers.discarding())
			.statusCode();
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

		private void read() {
			this.entityManager.createNativeQuery("SELECT COUNT(*) FROM effect").getSingleResult();
		}

	}

}
