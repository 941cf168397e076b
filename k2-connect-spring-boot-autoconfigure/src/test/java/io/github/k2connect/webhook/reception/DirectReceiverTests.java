package io.github.k2connect.webhook.reception;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.k2connect.event.K2Event;
import io.github.k2connect.webhook.reception.EventReceiver.Reception;
import io.github.k2connect.webhook.store.EventInProgressException;
import io.github.k2connect.webhook.store.InMemoryEventStore;
import io.github.k2connect.webhook.store.K2EventStore;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DirectReceiver}.
 */
class DirectReceiverTests {

	private static final Duration LONG = Duration.ofSeconds(30);

	private static final Duration SHORT = Duration.ofMillis(100);

	private final ExecutorService senders = Executors.newCachedThreadPool();

	private final K2EventStore memory = new InMemoryEventStore(1000, LONG);

	private final List<String> called = new CopyOnWriteArrayList<>();

	private final CompletableFuture<Void> listener = new CompletableFuture<>();

	private final AtomicInteger entered = new AtomicInteger();

	private static void nothing() {
	}

	@AfterEach
	void stop() {
		this.listener.complete(null);
		this.senders.shutdownNow();
	}

	private DirectReceiver receiver(int maxConcurrentDeliveries, Duration maxWait) {
		return receiver(this.memory, maxConcurrentDeliveries, maxWait);
	}

	private DirectReceiver receiver(K2EventStore store, int maxConcurrentDeliveries, Duration maxWait) {
		K2EventStore counting = (identity, handling) -> {
			this.entered.incrementAndGet();
			return store.handleOnce(identity, handling);
		};
		EventDispatcher dispatcher = new EventDispatcher((event) -> {
			this.called.add(((K2Event) event).id());
			this.listener.join();
		}, counting);
		return new DirectReceiver(dispatcher, maxConcurrentDeliveries, maxWait);
	}

	private static ReceivedEvent event(String id) {
		byte[] body = "{\"topic\": \"customer_created\", \"id\": \"%s\"}".formatted(id)
			.getBytes(StandardCharsets.UTF_8);
		return ReceivedEvent.decode(body, "default");
	}

	private Future<Reception> deliver(DirectReceiver receiver, String id) {
		return this.senders.submit(() -> receiver.receive(event(id), Duration.ZERO, DirectReceiverTests::nothing));
	}

	private void awaitCalled(int times) {
		Awaitility.await().atMost(LONG).until(() -> this.called.size() == times);
	}

	private Future<Reception> deliverAndWait(DirectReceiver receiver, String id) {
		return deliverAndWait(receiver, id, DirectReceiverTests::nothing);
	}

	/**
	 * Deliver, and return when the delivery waits.
	 */
	private Future<Reception> deliverAndWait(DirectReceiver receiver, String id, Runnable reachesListeners) {
		CompletableFuture<Thread> thread = new CompletableFuture<>();
		Future<Reception> delivery = this.senders.submit(() -> {
			thread.complete(Thread.currentThread());
			return receiver.receive(event(id), Duration.ZERO, reachesListeners);
		});
		Awaitility.await().atMost(LONG).until(() -> thread.join().getState() == Thread.State.TIMED_WAITING);
		return delivery;
	}

	@Test
	void limitsConcurrentHandlingAndKeepsOrder() {
		DirectReceiver receiver = receiver(1, LONG);
		List<Future<Reception>> deliveries = new ArrayList<>();
		deliveries.add(deliver(receiver, "0"));
		awaitCalled(1);
		for (int i = 1; i < 8; i++) {
			deliveries.add(deliverAndWait(receiver, String.valueOf(i)));
		}
		assertThat(this.entered).hasValue(1);
		this.listener.complete(null);
		assertThat(deliveries)
			.allSatisfy((delivery) -> assertThat(delivery).succeedsWithin(LONG).isEqualTo(Reception.PUBLISHED));
		assertThat(this.called).containsExactly("0", "1", "2", "3", "4", "5", "6", "7");
	}

	@Test
	void rejectsDeliveryThatWaitsTooLong() {
		DirectReceiver receiver = receiver(1, SHORT);
		Future<Reception> first = deliver(receiver, "1");
		awaitCalled(1);
		assertThat(deliver(receiver, "2")).succeedsWithin(LONG).isEqualTo(Reception.BUSY);
		this.listener.complete(null);
		assertThat(first).succeedsWithin(LONG).isEqualTo(Reception.PUBLISHED);
		assertThat(deliver(receiver, "2")).succeedsWithin(LONG).isEqualTo(Reception.PUBLISHED);
	}

	@Test
	void countsTimeThatDeliveryWaitedBefore() {
		DirectReceiver receiver = receiver(1, LONG);
		assertThat(receiver.receive(event("1"), LONG, DirectReceiverTests::nothing)).isEqualTo(Reception.BUSY);
		Future<Reception> first = deliver(receiver, "1");
		awaitCalled(1);
		for (String id : List.of("1", "2")) {
			assertThat(this.senders
				.submit(() -> receiver.receive(event(id), LONG.minus(SHORT), DirectReceiverTests::nothing)))
				.succeedsWithin(LONG.dividedBy(2))
				.isEqualTo(Reception.BUSY);
		}
		this.listener.complete(null);
		assertThat(first).succeedsWithin(LONG).isEqualTo(Reception.PUBLISHED);
	}

	@Test
	void duplicatesShareOutcomeWithoutPermit() {
		DirectReceiver receiver = receiver(2, LONG);
		Future<Reception> first = deliver(receiver, "1");
		awaitCalled(1);
		List<Future<Reception>> duplicates = List.of(deliverAndWait(receiver, "1"), deliverAndWait(receiver, "1"));
		Future<Reception> another = deliver(receiver, "2");
		awaitCalled(2);
		this.listener.complete(null);
		assertThat(first).succeedsWithin(LONG).isEqualTo(Reception.PUBLISHED);
		assertThat(another).succeedsWithin(LONG).isEqualTo(Reception.PUBLISHED);
		assertThat(duplicates)
			.allSatisfy((duplicate) -> assertThat(duplicate).succeedsWithin(LONG).isEqualTo(Reception.DUPLICATE));
		assertThat(this.entered).hasValue(2);
	}

	@Test
	void duplicatesFailWithFirstAndNextDeliveryIsHandled() {
		DirectReceiver receiver = receiver(2, LONG);
		Future<Reception> first = deliver(receiver, "1");
		awaitCalled(1);
		AtomicInteger reached = new AtomicInteger();
		Future<Reception> duplicate = deliverAndWait(receiver, "1", reached::incrementAndGet);
		IllegalStateException failure = new IllegalStateException("The listener failed");
		this.listener.completeExceptionally(failure);
		assertThat(first).failsWithin(LONG).withThrowableThat().havingRootCause().isSameAs(failure);
		assertThat(duplicate).failsWithin(LONG).withThrowableThat().havingRootCause().isSameAs(failure);
		assertThat(reached).hasValue(1);
		assertThat(this.entered).hasValue(1);
		assertThat(deliver(receiver, "1")).failsWithin(LONG);
		assertThat(this.called).containsExactly("1", "1");
	}

	@Test
	void rejectsDuplicateThatWaitsTooLong() {
		DirectReceiver receiver = receiver(2, SHORT);
		Future<Reception> first = deliver(receiver, "1");
		awaitCalled(1);
		assertThat(deliver(receiver, "1")).succeedsWithin(LONG).isEqualTo(Reception.BUSY);
		this.listener.complete(null);
		assertThat(first).succeedsWithin(LONG).isEqualTo(Reception.PUBLISHED);
		assertThat(deliver(receiver, "1")).succeedsWithin(LONG).isEqualTo(Reception.DUPLICATE);
	}

	@Test
	void rejectsEventThatAnotherInstanceHandlesForTooLong() {
		DirectReceiver receiver = receiver((identity, handling) -> {
			throw new EventInProgressException(null);
		}, 1, SHORT);
		assertThat(receiver.receive(event("1"), Duration.ZERO, DirectReceiverTests::nothing)).isEqualTo(Reception.BUSY);
		assertThat(receiver.receive(event("1"), Duration.ZERO, DirectReceiverTests::nothing))
			.as("the permit is free again")
			.isEqualTo(Reception.BUSY);
		assertThat(this.entered).hasValue(2);
	}

	@Test
	void rejectsDeliveryWhoseThreadIsInterrupted() {
		DirectReceiver receiver = receiver(1, LONG);
		Future<Reception> first = deliver(receiver, "1");
		awaitCalled(1);
		Future<Boolean> interrupted = this.senders.submit(() -> {
			Thread.currentThread().interrupt();
			return receiver.receive(event("2"), Duration.ZERO, DirectReceiverTests::nothing) == Reception.BUSY
					&& Thread.interrupted();
		});
		assertThat(interrupted).succeedsWithin(LONG).isEqualTo(true);
		this.listener.complete(null);
		assertThat(first).succeedsWithin(LONG).isEqualTo(Reception.PUBLISHED);
	}

}
