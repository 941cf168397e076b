package io.github.k2connect.webhook.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link InMemoryEventStore}.
 */
class InMemoryEventStoreTests {

	private final InMemoryEventStore store = new InMemoryEventStore(3, Duration.ofSeconds(20));

	private final AtomicInteger handled = new AtomicInteger();

	private final ExecutorService deliveries = Executors.newCachedThreadPool();

	@AfterEach
	void stopDeliveries() {
		this.deliveries.shutdownNow();
	}

	private static EventIdentity event(String id) {
		return new EventIdentity("default", "customer_created", id, null);
	}

	private boolean handle(String id) {
		return this.store.handleOnce(event(id), this.handled::incrementAndGet);
	}

	@Test
	void handlesEventOnce() {
		assertThat(handle("1")).isTrue();
		assertThat(handle("1")).isFalse();
		assertThat(handle("2")).isTrue();
		assertThat(this.handled).hasValue(2);
	}

	@Test
	void handlesFailedEventAgain() {
		assertThatIllegalStateException().isThrownBy(() -> this.store.handleOnce(event("1"), () -> {
			throw new IllegalStateException();
		}));
		assertThat(handle("1")).isTrue();
	}

	@Test
	void evictsOldestEventsBeyondLimit() {
		for (String id : List.of("1", "2", "3", "4")) {
			handle(id);
		}
		assertThat(handle("2")).isFalse();
		assertThat(handle("1")).isTrue();
	}

	@Test
	void secondDeliveryWaitsAndIsDuplicateAfterFirstSucceeds() throws Exception {
		Pending first = new Pending();
		Future<Boolean> second = first.deliverMeanwhile();
		first.succeed();
		assertThat(first.outcome.get(30, TimeUnit.SECONDS)).isTrue();
		assertThat(second.get(30, TimeUnit.SECONDS)).isFalse();
		assertThat(this.handled).hasValue(0);
	}

	@Test
	void secondDeliveryIsHandledAfterFirstFails() throws Exception {
		Pending first = new Pending();
		Future<Boolean> second = first.deliverMeanwhile();
		first.fail();
		assertThat(second.get(30, TimeUnit.SECONDS)).isTrue();
		assertThat(this.handled).hasValue(1);
	}

	@Test
	void secondDeliveryDoesNotWaitForever() throws Exception {
		InMemoryEventStore impatient = new InMemoryEventStore(3, Duration.ofMillis(100));
		CountDownLatch started = new CountDownLatch(1);
		CompletableFuture<Void> told = new CompletableFuture<>();
		Future<Boolean> first = this.deliveries.submit(() -> impatient.handleOnce(event("1"), () -> {
			started.countDown();
			told.join();
		}));
		assertThat(started.await(30, TimeUnit.SECONDS)).isTrue();
		Future<Boolean> second = this.deliveries
			.submit(() -> impatient.handleOnce(event("1"), this.handled::incrementAndGet));
		assertThat(second).failsWithin(Duration.ofSeconds(30))
			.withThrowableOfType(ExecutionException.class)
			.withCauseInstanceOf(EventInProgressException.class);
		told.complete(null);
		assertThat(first.get(30, TimeUnit.SECONDS)).isTrue();
		assertThat(impatient.handleOnce(event("1"), this.handled::incrementAndGet)).isFalse();
		assertThat(this.handled).hasValue(0);
	}

	@Test
	void eventInProgressDoesNotDelayOthers() throws Exception {
		Pending first = new Pending();
		assertThat(this.deliveries.submit(() -> handle("2")).get(30, TimeUnit.SECONDS)).isTrue();
		first.succeed();
	}

	@Test
	void handlesManyDeliveriesAtOnceOnce() throws Exception {
		InMemoryEventStore large = new InMemoryEventStore(10_000, Duration.ofSeconds(20));
		List<Future<Boolean>> outcomes = new ArrayList<>();
		for (int i = 0; i < 2000; i++) {
			EventIdentity event = event(String.valueOf(i % 100));
			outcomes.add(this.deliveries.submit(() -> large.handleOnce(event, this.handled::incrementAndGet)));
		}
		int published = 0;
		for (Future<Boolean> outcome : outcomes) {
			published += outcome.get(30, TimeUnit.SECONDS) ? 1 : 0;
		}
		assertThat(published).isEqualTo(100);
		assertThat(this.handled).hasValue(100);
	}

	@Test
	void rejectsSizeOfZero() {
		assertThatIllegalArgumentException().isThrownBy(() -> new InMemoryEventStore(0, Duration.ofSeconds(20)));
	}

	/**
	 * A delivery of event 1 that lasts until the test completes it.
	 */
	private final class Pending {

		private final CountDownLatch started = new CountDownLatch(1);

		private final CountDownLatch told = new CountDownLatch(1);

		private volatile boolean failing;

		private final Future<Boolean> outcome = InMemoryEventStoreTests.this.deliveries
			.submit(() -> InMemoryEventStoreTests.this.store.handleOnce(event("1"), this::handle));

		Pending() throws InterruptedException {
			assertThat(this.started.await(30, TimeUnit.SECONDS)).isTrue();
		}

		private void handle() {
			this.started.countDown();
			try {
				assertThat(this.told.await(30, TimeUnit.SECONDS)).isTrue();
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
			if (this.failing) {
				throw new IllegalStateException("The listener failed");
			}
		}

		Future<Boolean> deliverMeanwhile() {
			List<Thread> waiting = new ArrayList<>();
			Future<Boolean> second = InMemoryEventStoreTests.this.deliveries.submit(() -> {
				synchronized (waiting) {
					waiting.add(Thread.currentThread());
				}
				return InMemoryEventStoreTests.this.handle("1");
			});
			Awaitility.await().untilAsserted(() -> {
				synchronized (waiting) {
					assertThat(waiting).singleElement()
						.extracting(Thread::getState)
						.isEqualTo(Thread.State.TIMED_WAITING);
				}
			});
			return second;
		}

		void succeed() {
			this.told.countDown();
		}

		void fail() {
			this.failing = true;
			this.told.countDown();
		}

	}

}
