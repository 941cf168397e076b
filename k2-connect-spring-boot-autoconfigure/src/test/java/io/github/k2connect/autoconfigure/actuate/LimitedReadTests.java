package io.github.k2connect.autoconfigure.actuate;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import io.github.k2connect.Ticker;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LimitedRead}.
 */
class LimitedReadTests {

	private final AtomicInteger reads = new AtomicInteger();

	private final AtomicLong nanos = new AtomicLong();

	private final CountDownLatch hanging = new CountDownLatch(1);

	private final ExecutorService thread = Executors.newSingleThreadExecutor();

	@AfterEach
	void stop() {
		this.hanging.countDown();
		this.thread.shutdownNow();
	}

	private void advance(Duration time) {
		this.nanos.addAndGet(time.toNanos());
	}

	@Test
	void readsAtMostEveryTenSeconds() {
		LimitedRead<Integer> read = new LimitedRead<>(this.reads::incrementAndGet, this.thread, this.nanos::get);
		assertThat(read.recent()).contains(1);
		advance(Duration.ofMillis(9_999));
		assertThat(read.recent()).contains(1);
		advance(Duration.ofMillis(1));
		assertThat(read.recent()).contains(2);
	}

	@Test
	void doesNotReadAgainSoonAfterFailure() {
		LimitedRead<Integer> read = new LimitedRead<>(() -> {
			this.reads.incrementAndGet();
			throw new IllegalStateException("The database is away");
		}, this.thread, this.nanos::get);
		assertThat(read.recent()).isEmpty();
		assertThat(read.recent()).isEmpty();
		assertThat(this.reads).hasValue(1);
	}

	@Test
	void readsCurrentValueOnDemand() {
		LimitedRead<Integer> read = new LimitedRead<>(this.reads::incrementAndGet, this.thread, this.nanos::get);
		assertThat(read.now()).contains(1);
		assertThat(read.now()).contains(2);
		assertThat(read.recent()).contains(2);
	}

	@Test
	void callersWaitTwoSecondsTogetherForReadThatHangs() {
		LimitedRead<Integer> read = new LimitedRead<>(() -> {
			this.reads.incrementAndGet();
			awaitRelease();
			return 1;
		}, this.thread, Ticker.SYSTEM);
		long start = System.nanoTime();
		CompletableFuture<?> other = CompletableFuture.runAsync(() -> assertThat(read.recent()).isEmpty());
		assertThat(read.recent()).isEmpty();
		other.join();
		for (int caller = 0; caller < 100; caller++) {
			assertThat(read.now()).isEmpty();
		}
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofMillis(1_900),
				Duration.ofMillis(3_900));
		assertThat(this.reads).hasValue(1);
	}

	private void awaitRelease() {
		try {
			this.hanging.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
