package io.github.k2connect.webhook;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.k2connect.account.K2AccountSettings;
import io.github.k2connect.account.K2AccountSource;
import io.github.k2connect.client.ApiClient;
import io.github.k2connect.event.K2Event;
import io.micrometer.observation.tck.TestObservationRegistry;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.scheduler.Schedulers;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the time that messages wait for a thread, for the keys of their account, and
 * for the listeners of other messages.
 */
class MaxWaitTests {

	private static final int THREADS = Schedulers.DEFAULT_BOUNDED_ELASTIC_SIZE;

	private static final Duration MAX_WAIT = Duration.ofSeconds(2);

	private static final Duration LONG = Duration.ofSeconds(60);

	private final HttpClient client = HttpClient.newHttpClient();

	@SuppressWarnings("NullAway.Init") // each test starts it
	private ConfigurableApplicationContext application;

	@AfterEach
	void stop() {
		shop().proceed.countDown();
		this.application.close();
	}

	private Shop shop() {
		return this.application.getBean(Shop.class);
	}

	private void start(WebApplicationType type, Duration maxWait) {
		this.application = new SpringApplicationBuilder(Shop.class).web(type)
			.run("--server.port=0", "--k2.api-key=an-api-key", "--k2.store.type=none",
					"--k2.webhook.max-concurrent-deliveries=1000",
					"--k2.webhook.max-wait=" + maxWait.toMillis() + "ms");
	}

	private CompletableFuture<HttpResponse<Void>> deliver(String path, String id, @Nullable String key) {
		byte[] body = ("{\"topic\": \"customer_created\", \"id\": \"" + id + "\"}").getBytes(StandardCharsets.UTF_8);
		String port = this.application.getEnvironment().getRequiredProperty("local.server.port");
		return this.client
			.sendAsync(HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/k2/webhooks" + path))
				.header(SignatureVerifier.HEADER, (key != null) ? Signatures.sign(key, body) : "0".repeat(64))
				.POST(BodyPublishers.ofByteArray(body))
				.build(), BodyHandlers.discarding());
	}

	private static void assertGivenUp(CompletableFuture<HttpResponse<Void>> delivery) {
		assertThat(delivery).succeedsWithin(LONG).satisfies((response) -> {
			assertThat(response.statusCode()).isEqualTo(503);
			assertThat(response.headers().firstValue("Retry-After")).hasValue("10");
		});
	}

	private static void assertStatus(int status, List<CompletableFuture<HttpResponse<Void>>> deliveries) {
		assertThat(deliveries).allSatisfy(
				(delivery) -> assertThat(delivery).succeedsWithin(LONG).returns(status, HttpResponse::statusCode));
	}

	@Test
	void verifiesMessagesWhileAllListenersAreBusy() {
		start(WebApplicationType.REACTIVE, LONG);
		List<CompletableFuture<HttpResponse<Void>>> busy = Stream.generate(new AtomicInteger()::incrementAndGet)
			.limit(THREADS + 5)
			.map((id) -> deliver("", "listened-" + id, "an-api-key"))
			.toList();
		Awaitility.await().atMost(LONG).until(() -> shop().events.size() == THREADS);
		assertStatus(401, Stream.generate(() -> deliver("", "forged", null)).limit(50).toList());
		assertThat(busy).noneMatch(CompletableFuture::isDone);
		shop().proceed.countDown();
		assertStatus(200, busy);
	}

	@Test
	void timesOutMessageThatWaitsTooLongForListeners() {
		start(WebApplicationType.REACTIVE, MAX_WAIT);
		List<CompletableFuture<HttpResponse<Void>>> busy = IntStream.range(0, THREADS)
			.mapToObj((id) -> deliver("", "listened-" + id, "an-api-key"))
			.toList();
		Awaitility.await().atMost(LONG).until(() -> shop().events.size() == THREADS);
		assertGivenUp(deliver("", "late", "an-api-key"));
		assertThat(busy).noneMatch(CompletableFuture::isDone);
		shop().proceed.countDown();
		assertStatus(200, busy);
		assertThat(shop().events).hasSize(THREADS);
		assertStatus(200, List.of(deliver("", "late", "an-api-key")));
		assertThat(shop().events).hasSize(THREADS + 1);
		assertThat(this.application.getBean(TestObservationRegistry.class))
			.hasNumberOfObservationsWithNameEqualTo("k2.webhook", THREADS + 2)
			.hasAnObservationWithAKeyValue("k2.outcome", "busy");
	}

	@Test
	void timesOutMessageThatWaitsTooLongForVerification() {
		start(WebApplicationType.REACTIVE, MAX_WAIT);
		List<CompletableFuture<HttpResponse<Void>>> slow = IntStream.range(0, MessageThreads.VERIFICATION_SIZE)
			.mapToObj((id) -> deliver("/slow-" + id, "listened", "an-api-key"))
			.toList();
		Awaitility.await().atMost(LONG).until(() -> shop().lookUps.get() == MessageThreads.VERIFICATION_SIZE);
		assertGivenUp(deliver("", "1", "an-api-key"));
		shop().proceed.countDown();
		assertStatus(401, slow);
		assertStatus(200, List.of(deliver("", "1", "an-api-key")));
		assertThat(shop().events).hasSize(1);
	}

	@ParameterizedTest
	@EnumSource(names = { "SERVLET", "REACTIVE" })
	void countsTimeUntilKeysOfAccountAreLoaded(WebApplicationType type) {
		start(type, Duration.ofMillis(200));
		assertGivenUp(deliver("/late", "1", "key-of-late"));
		assertThat(shop().events).isEmpty();
		assertStatus(200, List.of(deliver("/late", "1", "key-of-late")));
	}

	@ParameterizedTest
	@EnumSource(names = { "SERVLET", "REACTIVE" })
	void observesFailureOfAccountSource(WebApplicationType type) {
		start(type, LONG);
		assertGivenUp(deliver("/failing", "1", "an-api-key"));
		assertThat(this.application.getBean(TestObservationRegistry.class)).hasObservationWithNameEqualTo("k2.webhook")
			.that()
			.hasBeenStopped()
			.hasError()
			.hasLowCardinalityKeyValue("k2.kind", "none")
			.hasLowCardinalityKeyValue("k2.outcome", "account-unavailable");
	}

	/**
	 * A shop without a database, with a slow listener and a slow source of accounts.
	 */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration(exclude = DataSourceAutoConfiguration.class)
	static class Shop {

		private final List<K2Event> events = new CopyOnWriteArrayList<>();

		private final AtomicInteger lookUps = new AtomicInteger();

		private final CountDownLatch proceed = new CountDownLatch(1);

		@EventListener
		void on(K2Event event) throws InterruptedException {
			this.events.add(event);
			if (event.id().startsWith("listened")) {
				this.proceed.await();
			}
		}

		@Bean
		K2AccountSource source() {
			return (name) -> {
				if (name.equals("failing")) {
					throw new IllegalStateException("The database is away");
				}
				await(Duration.ofMillis(300));
				return Optional.of(K2AccountSettings.builder().apiKey("key-of-" + name).build());
			};
		}

		/**
		 * Let the verification of some messages take long.
		 */
		@Bean
		static BeanPostProcessor slowVerification(ObjectProvider<Shop> shop) {
			return new BeanPostProcessor() {

				@Override
				public Object postProcessAfterInitialization(Object bean, String name) {
					return (bean instanceof WebhookParsers parsers) ? new SlowParsers(parsers, shop.getObject()) : bean;
				}

			};
		}

		private void await(Duration time) {
			try {
				this.proceed.await(time.toMillis(), TimeUnit.MILLISECONDS);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}

		@Bean
		TestObservationRegistry observations() {
			return TestObservationRegistry.create();
		}

	}

	private record SlowParsers(WebhookParsers delegate, Shop shop) implements WebhookParsers {

		@Override
		public Optional<WebhookParser> find(String account) {
			if (account.startsWith("slow")) {
				this.shop.lookUps.incrementAndGet();
				this.shop.await(LONG);
				return Optional.empty();
			}
			return this.delegate.find(account);
		}

		@Override
		public Optional<WebhookParser> refresh(String account) {
			return this.delegate.refresh(account);
		}

		@Override
		public String observedName(String account) {
			return this.delegate.observedName(account);
		}

		@Override
		public ApiClient client(String account) {
			return this.delegate.client(account);
		}

		@Override
		public Set<String> observedNames() {
			return this.delegate.observedNames();
		}

		@Override
		public Set<String> configuredNames() {
			return this.delegate.configuredNames();
		}

		@Override
		public boolean hasNamedAccounts() {
			return this.delegate.hasNamedAccounts();
		}

	}

}
