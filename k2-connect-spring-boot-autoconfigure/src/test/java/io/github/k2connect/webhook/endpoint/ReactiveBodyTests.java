package io.github.k2connect.webhook.endpoint;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import io.github.k2connect.Ticker;
import io.github.k2connect.webhook.SignatureVerifier;
import io.github.k2connect.webhook.Signatures;
import io.github.k2connect.webhook.WebhookParser;
import io.github.k2connect.webhook.WebhookPaths;
import io.github.k2connect.webhook.reception.EventDispatcher;
import io.github.k2connect.webhook.reception.EventReceiver;
import io.github.k2connect.webhook.reception.Receivers;
import io.github.k2connect.webhook.store.K2EventStore;
import io.micrometer.observation.ObservationRegistry;
import io.netty.buffer.UnpooledByteBufAllocator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the bodies that {@link K2ReactiveWebhookController} reads. Every buffer is
 * released.
 */
class ReactiveBodyTests {

	private static final String KEY = "an-api-key";

	private static final int LIMIT = 1024;

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private static final Duration READ_TIMEOUT = Duration.ofMillis(200);

	private static final byte[] WEBHOOK = "{\"topic\": \"customer_created\", \"id\": \"1\"}"
		.getBytes(StandardCharsets.UTF_8);

	private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false);

	private final NettyDataBufferFactory buffers = new NettyDataBufferFactory(this.allocator);

	@AfterEach
	void everyBufferIsReleased() {
		assertThat(this.allocator.metric().usedHeapMemory()).isZero();
	}

	private static K2ReactiveWebhookController controller(ApplicationEventPublisher listeners) {
		return controller(listeners, PATIENCE);
	}

	private static K2ReactiveWebhookController controller(ApplicationEventPublisher listeners, Duration readTimeout) {
		return new K2ReactiveWebhookController(
				Endpoints.endpoint(new OnlyParser(new WebhookParser(new SignatureVerifier(KEY, List.of()))),
						Receivers.direct(new EventDispatcher(listeners, K2EventStore.none()), Integer.MAX_VALUE,
								PATIENCE),
						LIMIT, readTimeout, ObservationRegistry.NOOP),
				new WebhookPaths("/k2/webhooks", false), PATIENCE);
	}

	private static WebhookEndpoint endpoint(UnfinishedMessages messages, Duration readTimeout) {
		return new WebhookEndpoint(new OnlyParser(new WebhookParser(new SignatureVerifier(KEY, List.of()))),
				(received, waited, reachesListeners) -> EventReceiver.Reception.BUSY, LIMIT, readTimeout, messages,
				ObservationRegistry.NOOP, new LastDeliveries(Clock.systemUTC()), Ticker.SYSTEM);
	}

	private static void await(CyclicBarrier barrier) {
		try {
			barrier.await(30, TimeUnit.SECONDS);
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static @Nullable HttpStatusCode answer(MockServerHttpRequest request) {
		return answer(request, PATIENCE);
	}

	private static @Nullable HttpStatusCode answer(MockServerHttpRequest request, Duration readTimeout) {
		MockServerWebExchange exchange = MockServerWebExchange.from(request);
		controller((event) -> {
		}, readTimeout).handle(exchange).block();
		return exchange.getResponse().getStatusCode();
	}

	private static MockServerHttpRequest request(Flux<DataBuffer> body) {
		return MockServerHttpRequest.post("/k2/webhooks")
			.header(SignatureVerifier.HEADER, Signatures.sign(KEY, WEBHOOK))
			.body(body);
	}

	private Flux<DataBuffer> byteByByte(byte[] body) {
		return Flux.range(0, body.length).map((i) -> this.buffers.allocateBuffer(1).write(body[i]));
	}

	@Test
	void readsBodyInManyBuffers() {
		assertThat(answer(request(byteByByte(WEBHOOK)))).isEqualTo(HttpStatus.OK);
	}

	@Test
	void respondsWith503WhenOverloaded() {
		MockServerWebExchange exchange = MockServerWebExchange.from(request(byteByByte(WEBHOOK)));
		new K2ReactiveWebhookController(
				Endpoints.endpoint(new OnlyParser(new WebhookParser(new SignatureVerifier(KEY, List.of()))),
						(received, waited, reachesListeners) -> EventReceiver.Reception.BUSY, LIMIT, PATIENCE,
						ObservationRegistry.NOOP),
				new WebhookPaths("/k2/webhooks", false), PATIENCE)
			.handle(exchange)
			.block();
		assertThat(exchange.getResponse().getStatusCode()).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE);
		assertThat(exchange.getResponse().getHeaders().getFirst(HttpHeaders.RETRY_AFTER)).isEqualTo("10");
	}

	@Test
	void leavesThreadsToApplicationWhileDeliveriesWait() {
		CompletableFuture<Void> listener = new CompletableFuture<>();
		K2ReactiveWebhookController controller = controller((event) -> listener.join());
		List<CompletableFuture<Void>> deliveries = Stream
			.generate(() -> controller.handle(MockServerWebExchange.from(request(byteByByte(WEBHOOK)))).toFuture())
			.limit(Schedulers.DEFAULT_BOUNDED_ELASTIC_SIZE * 2L)
			.toList();
		try {
			assertThat(Mono.just("done").publishOn(Schedulers.boundedElastic()).block(Duration.ofSeconds(10)))
				.isEqualTo("done");
			assertThat(deliveries).noneMatch(CompletableFuture::isDone);
		}
		finally {
			listener.complete(null);
		}
		assertThat(deliveries).allSatisfy((delivery) -> assertThat(delivery).succeedsWithin(Duration.ofSeconds(30)));
		controller.destroy();
	}

	@Test
	void stopsReadingBodyBeyondLimit() {
		AtomicInteger read = new AtomicInteger();
		Flux<DataBuffer> endless = Flux.generate((sink) -> {
			read.incrementAndGet();
			sink.next(this.buffers.allocateBuffer(1).write((byte) ' '));
		});
		assertThat(answer(request(endless))).isEqualTo(HttpStatus.CONTENT_TOO_LARGE);
		assertThat(read).hasValue(LIMIT + 1);
	}

	@Test
	void doesNotReadBodyAnnouncedBeyondLimit() {
		Flux<DataBuffer> body = Flux.error(new AssertionError("The body is read"));
		MockServerHttpRequest request = MockServerHttpRequest.post("/k2/webhooks")
			.header(HttpHeaders.CONTENT_LENGTH, String.valueOf(LIMIT + 1))
			.body(body);
		assertThat(answer(request)).isEqualTo(HttpStatus.CONTENT_TOO_LARGE);
	}

	@Test
	void respondsWith400ToTruncatedBody() {
		assertThat(answer(request(byteByByte(WEBHOOK).concatWith(Flux.error(new IOException("Connection reset"))))))
			.isEqualTo(HttpStatus.BAD_REQUEST);
	}

	@Test
	void timesOutBodyThatDoesNotArrive() {
		assertThat(answer(request(byteByByte(WEBHOOK).concatWith(Flux.never())), READ_TIMEOUT))
			.isEqualTo(HttpStatus.REQUEST_TIMEOUT);
	}

	@Test
	void timesOutBodyThatArrivesTooSlowly() {
		assertThat(answer(request(byteByByte(WEBHOOK).delayElements(Duration.ofMillis(50))), READ_TIMEOUT))
			.isEqualTo(HttpStatus.REQUEST_TIMEOUT);
	}

	@Test
	void dropsNoFailureWhenMessageIsGivenUpWhileItsConnectionIsLost() {
		assertNothingDropped(2000, () -> {
			Sinks.Many<DataBuffer> buffers = Sinks.many().unicast().onBackpressureBuffer();
			CyclicBarrier start = new CyclicBarrier(2);
			CompletableFuture<Void> lost = CompletableFuture.runAsync(() -> {
				await(start);
				buffers.tryEmitError(new IOException("Connection reset"));
			});
			readAndGiveUp(buffers.asFlux(), PATIENCE, () -> await(start));
			lost.join();
		});
	}

	@Test
	void dropsNoFailureWhenMessageIsGivenUpWhileItTimesOut() {
		assertNothingDropped(1000, () -> {
			long giveUp = System.nanoTime() + ThreadLocalRandom.current().nextLong(1_000_000, 1_400_000);
			readAndGiveUp(Flux.never(), Duration.ofMillis(1), () -> {
				while (System.nanoTime() < giveUp) {
					Thread.onSpinWait();
				}
			});
		});
	}

	private static void assertNothingDropped(int times, Runnable reading) {
		Queue<Throwable> dropped = new ConcurrentLinkedQueue<>();
		Hooks.onErrorDropped(dropped::add);
		try {
			for (int i = 0; i < times; i++) {
				reading.run();
			}
		}
		finally {
			Hooks.resetOnErrorDropped();
		}
		assertThat(dropped).isEmpty();
	}

	private static void readAndGiveUp(Flux<DataBuffer> content, Duration readTimeout, Runnable beforeGivingUp) {
		UnfinishedMessages messages = new UnfinishedMessages(1);
		CompletableFuture<?> read = new ReactiveBody(request(content), endpoint(messages, readTimeout)).read()
			.toFuture();
		beforeGivingUp.run();
		assertThat(messages.new Message(() -> {
		}).begin(1)).isTrue();
		assertThat(read).failsWithin(PATIENCE);
	}

	@Test
	void doesNotInterruptListenerWhenSenderDisconnects() throws Exception {
		CountDownLatch received = new CountDownLatch(1);
		CountDownLatch hungUp = new CountDownLatch(1);
		CompletableFuture<Boolean> waited = new CompletableFuture<>();
		Disposable delivery = controller((event) -> {
			received.countDown();
			try {
				waited.complete(hungUp.await(30, TimeUnit.SECONDS));
			}
			catch (InterruptedException ex) {
				waited.completeExceptionally(ex);
			}
		}).handle(MockServerWebExchange.from(request(byteByByte(WEBHOOK)))).subscribe();
		assertThat(received.await(30, TimeUnit.SECONDS)).isTrue();
		delivery.dispose();
		hungUp.countDown();
		assertThat(waited.get(30, TimeUnit.SECONDS)).isTrue();
	}

}
