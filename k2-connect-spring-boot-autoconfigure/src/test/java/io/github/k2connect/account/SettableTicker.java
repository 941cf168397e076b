package io.github.k2connect.account;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import io.github.k2connect.Ticker;

/**
 * A ticker that stands still until a test moves it. It overflows soon, as that of the
 * system may.
 */
final class SettableTicker implements Ticker {

	private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - Duration.ofSeconds(3).toNanos());

	void advance(Duration duration) {
		this.now.addAndGet(duration.toNanos());
	}

	@Override
	public long tick() {
		return this.now.get();
	}

}
