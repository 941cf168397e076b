package io.github.k2connect.webhook.endpoint;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.github.k2connect.event.CustomerCreated;
import io.github.k2connect.webhook.SignatureVerifier;
import io.github.k2connect.webhook.Signatures;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for a delivery during shutdown.
 */
class GracefulShutdownTests {

	private static final String KEY = "an-api-key";

	private static final byte[] WEBHOOK = "{\"topic\": \"customer_created\", \"id\": \"1\"}"
		.getBytes(StandardCharsets.UTF_8);

	private static final Duration MOMENT = Duration.ofSeconds(30);

	@ParameterizedTest
	@EnumSource(names = { "SERVLET", "REACTIVE" })
	void finishesDeliveryBeforeApplicationStops(WebApplicationType type) throws Exception {
		String database = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Shop.class).web(type)
			.run("--server.port=0", "--k2.api-key=" + KEY, "--spring.datasource.url=" + database)) {
			Shop shop = context.getBean(Shop.class);
			int port = context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
			CompletableFuture<HttpResponse<Void>> delivery = deliver(port);
			assertThat(shop.received.await(MOMENT.toSeconds(), TimeUnit.SECONDS)).isTrue();

			CompletableFuture<Void> stop = CompletableFuture.runAsync(context::close);
			Awaitility.await().atMost(MOMENT).until(() -> !accepts(port));
			assertThat(stop).isNotDone();
			assertThat(delivery).isNotDone();
			assertThat(shop.acceptsWhenNotReady).isCompletedWithValue(true);

			shop.proceed.countDown();
			assertThat(delivery).succeedsWithin(MOMENT).returns(200, HttpResponse::statusCode);
			assertThat(stop).succeedsWithin(MOMENT);
			assertThat(JdbcClient.create(new DriverManagerDataSource(database, "sa", ""))
				.sql("SELECT event_id FROM k2_event")
				.query(String.class)
				.list()).containsExactly("1");
		}
	}

	/**
	 * A server that stops waits for the filters, and not for a response that it has not
	 * sent yet.
	 */
	@Test
	void sendsResponseWhileFiltersAreStillRunning() {
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(SlowFilter.class)
			.run("--server.port=0", "--k2.api-key=" + KEY, "--k2.store.type=memory")) {
			SlowFilter filter = context.getBean(SlowFilter.class);
			assertThat(deliver(context.getEnvironment().getRequiredProperty("local.server.port", Integer.class)))
				.succeedsWithin(MOMENT)
				.returns(200, HttpResponse::statusCode);
			assertThat(filter.proceed.getCount()).isOne();
			filter.proceed.countDown();
		}
	}

	private static CompletableFuture<HttpResponse<Void>> deliver(int port) {
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/k2/webhooks"))
			.header(SignatureVerifier.HEADER, Signatures.sign(KEY, WEBHOOK))
			.POST(BodyPublishers.ofByteArray(WEBHOOK))
			.build();
		return HttpClient.newHttpClient().sendAsync(request, BodyHandlers.discarding());
	}

	private static boolean accepts(int port) {
		try (Socket socket = new Socket("localhost", port)) {
			return socket.isConnected();
		}
		catch (IOException ex) {
			return false;
		}
	}

	/**
	 * An application with a filter that does not end by itself.
	 */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class SlowFilter {

		private final CountDownLatch proceed = new CountDownLatch(1);

		@Bean
		FilterRegistrationBean<Filter> slowFilter() {
			FilterRegistrationBean<Filter> filter = new FilterRegistrationBean<>((request, response, chain) -> {
				chain.doFilter(request, response);
				if (request.isAsyncStarted()) {
					return;
				}
				try {
					this.proceed.await(2 * MOMENT.toSeconds(), TimeUnit.SECONDS);
				}
				catch (InterruptedException ex) {
					Thread.currentThread().interrupt();
				}
			});
			filter.setDispatcherTypes(EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC));
			return filter;
		}

	}

	/**
	 * A shop with a slow listener.
	 */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Shop {

		private final CountDownLatch received = new CountDownLatch(1);

		private final CountDownLatch proceed = new CountDownLatch(1);

		/**
		 * Whether the server still accepted connections when the application was no
		 * longer ready.
		 */
		private final CompletableFuture<Boolean> acceptsWhenNotReady = new CompletableFuture<>();

		@EventListener
		void on(AvailabilityChangeEvent<ReadinessState> event) {
			if (event.getState() == ReadinessState.REFUSING_TRAFFIC) {
				Environment environment = ((ApplicationContext) event.getSource()).getEnvironment();
				this.acceptsWhenNotReady
					.complete(accepts(environment.getRequiredProperty("local.server.port", Integer.class)));
			}
		}

		@EventListener
		void on(CustomerCreated event) throws InterruptedException {
			this.received.countDown();
			assertThat(this.proceed.await(MOMENT.toSeconds(), TimeUnit.SECONDS)).isTrue();
		}

	}

}
