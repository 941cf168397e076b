package io.github.k2connect.webhook.endpoint;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.github.k2connect.event.CustomerCreated;
import io.github.k2connect.webhook.SignatureVerifier;
import io.github.k2connect.webhook.Signatures;
import jakarta.servlet.Filter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the webhook endpoint of an application with virtual threads, on Java 21 and
 * later.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "k2.api-key=an-api-key", "spring.threads.virtual.enabled=true" })
@EnabledForJreRange(min = JRE.JAVA_21)
class VirtualThreadTests {

	private static final byte[] WEBHOOK = "{\"topic\": \"customer_created\", \"id\": \"1\"}"
		.getBytes(StandardCharsets.UTF_8);

	private static final int DELIVERIES = 32;

	private final HttpClient http = HttpClient.newHttpClient();

	@LocalServerPort
	private int port;

	@Autowired
	private Shop shop;

	@Test
	void publishesSimultaneousDuplicatesOnceAndAcknowledgesAll() {
		List<CompletableFuture<HttpResponse<Void>>> deliveries = Stream.generate(this::deliver)
			.limit(DELIVERIES)
			.toList();
		assertThat(deliveries).allSatisfy((delivery) -> assertThat(delivery).succeedsWithin(Duration.ofSeconds(30))
			.returns(200, HttpResponse::statusCode));
		assertThat(this.shop.threads).singleElement().hasFieldOrPropertyWithValue("virtual", true);
	}

	private CompletableFuture<HttpResponse<Void>> deliver() {
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + this.port + "/k2/webhooks"))
			.header(SignatureVerifier.HEADER, Signatures.sign("an-api-key", WEBHOOK))
			.POST(BodyPublishers.ofByteArray(WEBHOOK))
			.build();
		return this.http.sendAsync(request, BodyHandlers.discarding());
	}

	/**
	 * A shop whose listener runs until all duplicates have arrived.
	 */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Shop {

		private final List<Thread> threads = new CopyOnWriteArrayList<>();

		private final CountDownLatch arrived = new CountDownLatch(DELIVERIES);

		@Bean
		Filter arrivals() {
			return (request, response, chain) -> {
				this.arrived.countDown();
				chain.doFilter(request, response);
			};
		}

		@EventListener
		void on(CustomerCreated event) throws InterruptedException {
			this.threads.add(Thread.currentThread());
			assertThat(this.arrived.await(30, TimeUnit.SECONDS)).isTrue();
		}

	}

}
