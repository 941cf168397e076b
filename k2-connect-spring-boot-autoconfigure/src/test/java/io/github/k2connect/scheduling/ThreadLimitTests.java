package io.github.k2connect.scheduling;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;

import io.github.k2connect.Ticker;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ThreadLimit}.
 */
class ThreadLimitTests {

	private final ThreadLimit limit = ThreadLimit.waiting(2, Ticker.SYSTEM);

	@Test
	void grantsNoMoreThreadsThanLimit() {
		ThreadLimit limit = ThreadLimit.of(2, Ticker.SYSTEM);
		assertThat(limit.acquire()).isTrue();
		assertThat(limit.acquire()).isTrue();
		assertThat(limit.acquire()).isFalse();
		limit.release();
		assertThat(limit.acquire()).isTrue();
	}

	@Test
	void waitsForThreadWhileExecutionsEnd() {
		assertThat(this.limit.acquire()).isTrue();
		assertThat(this.limit.acquire()).isTrue();
		ExecutorService executor = Executors.newSingleThreadExecutor();
		try {
			this.limit.release();
			assertThat(this.limit.acquire()).isTrue();
			Future<Boolean> waiting = executor.submit(this.limit::acquire);
			this.limit.release();
			assertThat(waiting).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(true);
		}
		finally {
			executor.shutdownNow();
		}
	}

	@Test
	void doesNotWaitWhenNoExecutionEnds() {
		assertThat(this.limit.acquire()).isTrue();
		assertThat(this.limit.acquire()).isTrue();
		Awaitility.await().until(() -> !this.limit.acquire());
		LongStream durations = LongStream.range(0, 5).map((attempt) -> {
			long start = System.nanoTime();
			assertThat(this.limit.acquire()).isFalse();
			return System.nanoTime() - start;
		});
		assertThat(durations.min().orElseThrow()).isLessThan(Duration.ofMillis(500).toNanos());
	}

	@Test
	void spreadsPostponedExecutions() {
		List<Duration> delays = new ArrayList<>();
		for (int execution = 0; execution < 100; execution++) {
			delays.add(this.limit.delay());
		}
		assertThat(delays)
			.allSatisfy((delay) -> assertThat(delay).isBetween(Duration.ofMillis(999), Duration.ofSeconds(30)));
		assertThat(delays.get(99)).isGreaterThan(Duration.ofSeconds(5));
	}

}
