package io.github.k2connect.token;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.k2connect.K2ApiException;
import io.github.k2connect.K2ConnectionException;
import io.github.k2connect.K2Exception;
import io.github.k2connect.client.ApiVersion;
import io.github.k2connect.client.ApiClient;
import io.github.k2connect.client.K2ClientFactory;
import io.github.k2connect.client.K2ClientSettings;
import io.github.k2connect.client.SocketServer;
import io.github.k2connect.json.JsonBody;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests for the deadline of a call and for the outcome that it reports.
 */
class CallDeadlineTests {

	private static final Duration CALL_TIMEOUT = Duration.ofMillis(1500);

	private static final Duration LATEST = Duration.ofSeconds(6);

	private static final String TOKEN = "{\"access_token\": \"t0ken\", \"expires_in\": 3600}";

	private static final String CREATED = "HTTP/1.1 201 Created\r\nLocation: /api/v1/payments/1\r\nContent-Length: 0\r\n\r\n";

	private static final String BUSY = "HTTP/1.1 429 Too Many Requests\r\nRetry-After: %d\r\nContent-Length: 0\r\n\r\n";

	private final ExecutorService payers = Executors.newFixedThreadPool(8);

	private @Nullable SocketServer kopoKopo;

	/**
	 * The first call of a JVM loads classes and certificates, which takes a part of the
	 * short deadline.
	 */
	@BeforeAll
	static void warmUp() {
		ApiClient client = client(URI.create("http://localhost:1"), Duration.ofSeconds(45));
		assertThat(catchThrowableOfType(K2ConnectionException.class, () -> pay(client))).isNotNull();
	}

	@AfterEach
	void stop() throws IOException {
		this.payers.shutdownNow();
		if (this.kopoKopo != null) {
			this.kopoKopo.close();
		}
	}

	private SocketServer kopoKopo(SocketServer.Behaviour token, SocketServer.Behaviour payment) throws IOException {
		this.kopoKopo = new SocketServer((connection) -> {
			while (true) {
				String request = connection.read();
				(request.startsWith("POST /oauth/token") ? token : payment).handle(connection);
			}
		});
		return this.kopoKopo;
	}

	private static ApiClient client(SocketServer server) {
		return client(server.url("http"), CALL_TIMEOUT);
	}

	private static ApiClient client(URI baseUrl, Duration callTimeout) {
		K2ClientFactory clients = new K2ClientFactory(new K2ClientSettings(baseUrl, ApiVersion.V1, null,
				Duration.ofSeconds(5), Duration.ofSeconds(30), callTimeout, 3));
		return ApiClient.of(clients.create(
				new BearerTokenInterceptor(new TokenService(clients.create(), new K2Credentials("client", "secret")))));
	}

	private static URI pay(ApiClient client) {
		return client.create("payments", new JsonBody().put("description", "Salaries")).uri();
	}

	private List<Future<K2Exception>> payAtOnce(ApiClient client, int count) {
		List<Future<K2Exception>> failures = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			failures.add(this.payers.submit(() -> catchThrowableOfType(K2Exception.class, () -> pay(client))));
		}
		return failures;
	}

	@Test
	void failsAllPaymentsAtOnceIfTokenRetryExceedsDeadline() throws Exception {
		SocketServer server = kopoKopo((token) -> token.write(BUSY.formatted(30)), (payment) -> payment.write(CREATED));
		ApiClient client = client(server);
		for (Future<K2Exception> failure : payAtOnce(client, 8)) {
			assertThat(failure).succeedsWithin(LATEST).isInstanceOfSatisfying(K2ApiException.class, (ex) -> {
				assertThat(ex.statusCode()).isEqualTo(429);
				assertThat(ex.outcomeUnknown()).isFalse();
			});
		}
		assertThat(server.requests()).containsExactly("POST /oauth/token HTTP/1.1");
	}

	@Test
	void failsPaymentAtDeadlineIfTokenEndpointHangs() throws Exception {
		SocketServer server = kopoKopo(SocketServer.Connection::beSilent, (payment) -> payment.write(CREATED));
		ApiClient client = client(server);
		for (Future<K2Exception> failure : payAtOnce(client, 8)) {
			assertThat(failure).succeedsWithin(LATEST)
				.isInstanceOfSatisfying(K2ConnectionException.class, (ex) -> assertThat(ex.outcomeUnknown()).isFalse());
		}
		for (Future<K2Exception> failure : payAtOnce(client, 64)) {
			assertThat(failure).succeedsWithin(Duration.ofSeconds(1)).isInstanceOf(K2ConnectionException.class);
		}
		assertThat(server.requests()).containsExactly("POST /oauth/token HTTP/1.1");
	}

	@Test
	void failsPaymentAtDeadlineIfTokenHeadersAreSlow() throws Exception {
		SocketServer server = kopoKopo((token) -> token.drip("HTTP/1.1 200 OK\r\nX-Long: " + "x".repeat(1000), 100),
				(payment) -> payment.write(CREATED));
		assertThat(payAtOnce(client(server), 1)).singleElement()
			.satisfies((failure) -> assertThat(failure).succeedsWithin(LATEST)
				.isInstanceOfSatisfying(K2ConnectionException.class,
						(ex) -> assertThat(ex.outcomeUnknown()).isFalse()));
	}

	@Test
	void failsPaymentAtDeadlineIfTokenBodyIsSlow() throws Exception {
		SocketServer server = kopoKopo((token) -> {
			token.write("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n");
			token.drip("x".repeat(1000), 100);
		}, (payment) -> payment.write(CREATED));
		assertThat(payAtOnce(client(server), 1)).singleElement()
			.satisfies((failure) -> assertThat(failure).succeedsWithin(LATEST)
				.isInstanceOfSatisfying(K2ConnectionException.class,
						(ex) -> assertThat(ex.outcomeUnknown()).isFalse()));
	}

	@Test
	void outcomeIsUnknownAfterDeadline() throws Exception {
		SocketServer server = kopoKopo((token) -> token.answer(TOKEN), SocketServer.Connection::beSilent);
		assertThat(payAtOnce(client(server), 1)).singleElement()
			.satisfies((failure) -> assertThat(failure).succeedsWithin(LATEST)
				.isInstanceOfSatisfying(K2ConnectionException.class, (ex) -> assertThat(ex.outcomeUnknown()).isTrue()));
		assertThat(server.requests()).containsExactly("POST /oauth/token HTTP/1.1", "POST /api/v1/payments HTTP/1.1");
	}

	@Test
	void countsTokenRequestAgainstDeadlineOfPayment() throws Exception {
		SocketServer server = kopoKopo((token) -> {
			Thread.sleep(1300);
			token.answer(TOKEN);
		}, SocketServer.Connection::beSilent);
		long start = System.nanoTime();
		assertThatExceptionOfType(K2ConnectionException.class).isThrownBy(() -> pay(client(server)));
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(2700));
	}

	@Test
	void repeatsFetchOnlyUntilDeadline() throws Exception {
		SocketServer server = kopoKopo((token) -> token.answer(TOKEN), SocketServer.Connection::beSilent);
		ApiClient client = client(server);
		long start = System.nanoTime();
		assertThatExceptionOfType(K2ConnectionException.class)
			.isThrownBy(() -> client.fetch(client.location("payments", "1"), (json) -> json))
			.satisfies((ex) -> assertThat(ex.outcomeUnknown()).isFalse());
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(LATEST);
	}

	@Test
	void waitsIfDelayEndsBeforeDeadline() throws Exception {
		AtomicInteger asked = new AtomicInteger();
		SocketServer server = kopoKopo(
				(token) -> token.write((asked.incrementAndGet() == 1) ? BUSY.formatted(1)
						: "HTTP/1.1 200 OK\r\nContent-Length: " + TOKEN.length() + "\r\n\r\n" + TOKEN),
				(payment) -> payment.write(CREATED));
		assertThat(pay(client(server.url("http"), Duration.ofSeconds(20)))).hasPath("/api/v1/payments/1");
	}

	@Test
	void replacesRejectedTokenOnceWithinSameDeadline() throws Exception {
		AtomicInteger tokens = new AtomicInteger();
		SocketServer server = kopoKopo((token) -> {
			if (tokens.incrementAndGet() == 1) {
				token.answer(TOKEN);
			}
			else {
				token.beSilent();
			}
		}, (payment) -> payment.write("HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n"));
		ApiClient client = client(server);
		assertThat(payAtOnce(client, 1)).singleElement()
			.satisfies((failure) -> assertThat(failure).succeedsWithin(LATEST)
				.isInstanceOfSatisfying(K2ConnectionException.class,
						(ex) -> assertThat(ex.outcomeUnknown()).isFalse()));
		assertThat(server.requests()).containsExactly("POST /oauth/token HTTP/1.1", "POST /api/v1/payments HTTP/1.1",
				"POST /oauth/token HTTP/1.1");
	}

	@Test
	void outcomeOfInterruptedPaymentIsUnknown() throws Exception {
		CountDownLatch received = new CountDownLatch(1);
		SocketServer server = kopoKopo((token) -> token.answer(TOKEN), (payment) -> {
			received.countDown();
			payment.beSilent();
		});
		assertThat(payUntilInterrupted(server, received)).isTrue();
	}

	@Test
	void outcomeOfPaymentThatIsInterruptedInItsBodyIsUnknown() throws Exception {
		CountDownLatch received = new CountDownLatch(1);
		SocketServer server = kopoKopo((token) -> token.answer(TOKEN), (payment) -> {
			payment.write("HTTP/1.1 201 Created\r\nContent-Length: 1000000\r\n\r\n" + "x".repeat(100_000));
			received.countDown();
			payment.beSilent();
		});
		assertThat(payUntilInterrupted(server, received)).isTrue();
	}

	@Test
	void returnsLocationIfBodyIsInterrupted() throws Exception {
		CountDownLatch received = new CountDownLatch(1);
		SocketServer server = kopoKopo((token) -> token.answer(TOKEN), (payment) -> {
			payment.write("HTTP/1.1 201 Created\r\nLocation: /api/v1/payments/1\r\nContent-Length: 9\r\n\r\n");
			received.countDown();
			payment.beSilent();
		});
		assertThat(payUntilInterrupted(server, received)).isFalse();
	}

	/**
	 * Pay, and interrupt the payer, who is still interrupted thereafter.
	 * @return whether the outcome is unknown
	 */
	private boolean payUntilInterrupted(SocketServer server, CountDownLatch received) throws Exception {
		ApiClient client = client(server.url("http"), Duration.ofSeconds(45));
		CompletableFuture<Boolean> stillInterrupted = new CompletableFuture<>();
		CompletableFuture<@Nullable K2Exception> failure = new CompletableFuture<>();
		Thread payer = new Thread(() -> {
			failure.complete(catchThrowableOfType(K2Exception.class, () -> pay(client)));
			stillInterrupted.complete(Thread.currentThread().isInterrupted());
		});
		payer.start();
		assertThat(received.await(30, TimeUnit.SECONDS)).isTrue();
		Awaitility.await().until(() -> payer.getState() != Thread.State.RUNNABLE);
		payer.interrupt();
		assertThat(failure).succeedsWithin(LATEST);
		assertThat(stillInterrupted).succeedsWithin(LATEST).isEqualTo(true);
		K2Exception ex = failure.get();
		return ex != null && ex.outcomeUnknown();
	}

	@Test
	void interruptedCallerDoesNotFailOthersThatWaitForToken() throws Exception {
		AtomicInteger tokens = new AtomicInteger();
		CountDownLatch asked = new CountDownLatch(1);
		SocketServer server = kopoKopo((token) -> {
			if (tokens.incrementAndGet() == 1) {
				asked.countDown();
				token.beSilent();
			}
			token.answer(TOKEN);
		}, (payment) -> payment.write(CREATED));
		ApiClient client = client(server.url("http"), Duration.ofSeconds(45));
		FutureTask<K2Exception> failure = new FutureTask<>(
				() -> catchThrowableOfType(K2Exception.class, () -> pay(client)));
		Thread first = new Thread(failure);
		first.start();
		assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();
		List<Thread> waiting = new ArrayList<>();
		List<CompletableFuture<URI>> payments = new ArrayList<>();
		for (int i = 0; i < 8; i++) {
			CompletableFuture<URI> payment = new CompletableFuture<>();
			payments.add(payment);
			Thread thread = new Thread(() -> payment.complete(pay(client)));
			waiting.add(thread);
			thread.start();
		}
		Awaitility.await()
			.until(() -> waiting.stream().allMatch((thread) -> thread.getState() == Thread.State.TIMED_WAITING));
		first.interrupt();
		for (CompletableFuture<URI> payment : payments) {
			assertThat(payment).succeedsWithin(LATEST);
		}
		assertThat(failure).succeedsWithin(LATEST)
			.isInstanceOfSatisfying(K2ConnectionException.class, (ex) -> assertThat(ex.outcomeUnknown()).isFalse());
		assertThat(tokens).hasValue(2);
	}

}
