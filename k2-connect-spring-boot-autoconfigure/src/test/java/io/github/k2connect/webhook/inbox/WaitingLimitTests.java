package io.github.k2connect.webhook.inbox;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongSupplier;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link WaitingLimit}, with two deliveries at the same time. Its ticker
 * overflows soon.
 */
class WaitingLimitTests {

	private final ExecutorService other = Executors.newSingleThreadExecutor();

	private final CountDownLatch counting = new CountDownLatch(1);

	private final CountDownLatch counted = new CountDownLatch(1);

	private long now = Long.MAX_VALUE - 1;

	private LongSupplier rows = () -> 0;

	private final WaitingLimit limit = new WaitingLimit(() -> this.rows.getAsLong(), 1, () -> this.now);

	@AfterEach
	void shutDown() {
		this.other.shutdownNow();
	}

	/**
	 * Count the rows in another delivery, which does not get a result before
	 * {@link #counted}.
	 */
	private Future<Boolean> countInOtherDelivery(long result) {
		this.rows = () -> {
			this.counting.countDown();
			await(this.counted);
			return result;
		};
		Future<Boolean> other = this.other.submit(this.limit::begin);
		await(this.counting);
		return other;
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Test
	void waitsForFirstCount() {
		Future<Boolean> other = countInOtherDelivery(1);
		ExecutorService executor = Executors.newSingleThreadExecutor();
		try {
			Future<Boolean> waiting = executor.submit(this.limit::begin);
			assertThat(waiting).failsWithin(Duration.ofMillis(100));
			this.counted.countDown();
			assertThat(waiting).succeedsWithin(Duration.ofSeconds(30)).isEqualTo(false);
			assertThat(other).succeedsWithin(Duration.ofSeconds(30)).isEqualTo(false);
		}
		finally {
			executor.shutdownNow();
		}
	}

	@Test
	void doesNotWaitForLaterCount() {
		assertThat(this.limit.begin()).isTrue();
		this.limit.end(true);
		this.now += Duration.ofSeconds(1).toNanos();
		Future<Boolean> other = countInOtherDelivery(0);
		assertThat(this.limit.begin()).isFalse();
		this.counted.countDown();
		assertThat(other).succeedsWithin(Duration.ofSeconds(30)).isEqualTo(true);
	}

	@Test
	void countsInEveryDelivery() {
		this.rows = () -> 1;
		assertThat(this.limit.begin()).isFalse();
		this.rows = () -> 0;
		this.now += Duration.ofSeconds(1).toNanos();
		assertThat(this.other.submit(this.limit::begin)).succeedsWithin(Duration.ofSeconds(30)).isEqualTo(true);
	}

}
