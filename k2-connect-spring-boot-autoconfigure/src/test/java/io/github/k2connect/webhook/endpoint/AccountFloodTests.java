package io.github.k2connect.webhook.endpoint;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

import io.github.k2connect.account.K2AccountSettings;
import io.github.k2connect.account.K2AccountSource;
import io.github.k2connect.webhook.SignatureVerifier;
import io.github.k2connect.webhook.Signatures;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for floods of forged messages with the names of many accounts, on a real server.
 */
class AccountFloodTests {

	private static final int CONCURRENT_CALLS = 10;

	private static final int THREADS = 50;

	private static final int FAILURES_PER_SECOND = 10;

	private static final byte[] BODY = "{\"topic\": \"customer_created\", \"id\": \"1\"}"
		.getBytes(StandardCharsets.UTF_8);

	private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private final AtomicInteger names = new AtomicInteger();

	@SuppressWarnings("NullAway.Init") // each test starts it
	private ConfigurableApplicationContext application;

	@AfterEach
	void close() {
		this.application.close();
	}

	@ParameterizedTest
	@EnumSource(names = { "SERVLET", "REACTIVE" })
	void acceptsGenuineMessagesDespiteForgedNames(WebApplicationType stack) throws Exception {
		start(stack);
		List<CompletableFuture<HttpResponse<Void>>> forged = new CopyOnWriteArrayList<>();
		List<CompletableFuture<HttpResponse<Void>>> genuine = new CopyOnWriteArrayList<>();
		ScheduledExecutorService sender = Executors.newScheduledThreadPool(1);
		try {
			ScheduledFuture<?> sending = sender.scheduleAtFixedRate(() -> {
				if (unanswered(forged) + unanswered(genuine) >= CONCURRENT_CALLS - 1) {
					return;
				}
				forged.add(deliver("stranger-" + this.names.incrementAndGet(), "forged"));
				if (forged.size() % 10 == 0) {
					genuine.add(deliver("merchant-" + genuine.size(), "key-of-merchant"));
				}
			}, 0, 1_000_000 / 130, TimeUnit.MICROSECONDS);
			Awaitility.await().until(() -> genuine.size() >= 40 || sending.isDone());
		}
		finally {
			sender.shutdown();
		}
		assertThat(sender.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
		assertThat(genuine).extracting((response) -> response.join().statusCode()).containsOnly(200);
		assertThat(forged).extracting((response) -> response.join().statusCode()).isSubsetOf(401, 503);
	}

	@Test
	void slowSourceLeavesThreadsForOtherMessages() {
		start(WebApplicationType.SERVLET);
		CountDownLatch answer = new CountDownLatch(1);
		source().lookUp = (name) -> {
			await(answer);
			return Optional.empty();
		};
		List<CompletableFuture<HttpResponse<Void>>> forged = new ArrayList<>();
		for (int i = 0; i < 2 * THREADS; i++) {
			forged.add(deliver("stranger-" + i, "forged"));
		}
		try {
			Awaitility.await().until(() -> unanswered(forged) == CONCURRENT_CALLS);
			assertThat(source().calls).hasValue(CONCURRENT_CALLS);
			assertThat(forged).filteredOn(CompletableFuture::isDone)
				.allSatisfy((response) -> assertUnavailable(response.join()));
			assertThat(deliver("kiosk", "key-of-kiosk").join().statusCode()).isEqualTo(200);
		}
		finally {
			answer.countDown();
		}
		assertThat(forged).extracting((response) -> response.join().statusCode()).containsOnly(401, 503);
		source().lookUp = Source::merchant;
		assertThat(deliver("merchant-1", "key-of-merchant").join().statusCode()).isEqualTo(200);
	}

	@ParameterizedTest
	@EnumSource(names = { "SERVLET", "REACTIVE" })
	void limitsLookUpsForForgedMessagesWhenSourceFails(WebApplicationType stack) {
		start(stack);
		source().lookUp = (name) -> {
			throw new IllegalStateException("The database is away");
		};
		long start = System.nanoTime();
		for (int i = 0; i < 500; i++) {
			assertUnavailable(deliver("stranger-" + i, "forged").join());
		}
		long seconds = Duration.ofNanos(System.nanoTime() - start).toSeconds() + 1;
		assertThat(source().calls.get()).isLessThanOrEqualTo((int) seconds * FAILURES_PER_SECOND);
		source().lookUp = Source::merchant;
		Awaitility.await()
			.untilAsserted(
					() -> assertThat(deliver("merchant-1", "key-of-merchant").join().statusCode()).isEqualTo(200));
	}

	private static long unanswered(List<CompletableFuture<HttpResponse<Void>>> responses) {
		return responses.stream().filter((response) -> !response.isDone()).count();
	}

	private static void assertUnavailable(HttpResponse<Void> response) {
		assertThat(response.statusCode()).isEqualTo(503);
		assertThat(response.headers().firstValue("Retry-After")).isPresent();
	}

	private void start(WebApplicationType stack) {
		SpringApplication spring = new SpringApplication(Platform.class);
		spring.setWebApplicationType(stack);
		spring.setDefaultProperties(Map.of("server.port", "0", "server.tomcat.threads.max", THREADS, "k2.store.type",
				"none", "k2.accounts.kiosk.api-key", "key-of-kiosk"));
		this.application = spring.run();
	}

	private CompletableFuture<HttpResponse<Void>> deliver(String account, String key) {
		String port = this.application.getEnvironment().getRequiredProperty("local.server.port");
		return this.client
			.sendAsync(HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/k2/webhooks/" + account))
				.POST(HttpRequest.BodyPublishers.ofByteArray(BODY))
				.header(SignatureVerifier.HEADER, Signatures.sign(key, BODY))
				.build(), BodyHandlers.discarding());
	}

	private Source source() {
		return this.application.getBean(Source.class);
	}

	private static void await(CountDownLatch latch) {
		try {
			assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(Source.class)
	static class Platform {

	}

	static class Source implements K2AccountSource {

		private final AtomicInteger calls = new AtomicInteger();

		private volatile Function<String, Optional<K2AccountSettings>> lookUp = Source::merchant;

		static Optional<K2AccountSettings> merchant(String name) {
			return name.startsWith("merchant-")
					? Optional.of(K2AccountSettings.builder().apiKey("key-of-merchant").build()) : Optional.empty();
		}

		@Override
		public Optional<K2AccountSettings> find(String name) {
			this.calls.incrementAndGet();
			return this.lookUp.apply(name);
		}

	}

}
