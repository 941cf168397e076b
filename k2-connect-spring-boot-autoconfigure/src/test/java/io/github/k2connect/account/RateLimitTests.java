package io.github.k2connect.account;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RateLimit}.
 */
class RateLimitTests {

	private static final Duration SPAN = Duration.ofSeconds(1);

	private final SettableTicker ticker = new SettableTicker();

	private final RateLimit limit = new RateLimit(2, SPAN, this.ticker);

	@Test
	void isReachedAfterMaximumNumberOfOccurrences() {
		this.limit.add();
		assertThat(this.limit.isReached()).isFalse();
		this.limit.add();
		assertThat(this.limit.isReached()).isTrue();
	}

	@Test
	void spanBeginsWithFirstOccurrence() {
		this.ticker.advance(SPAN.minusNanos(1));
		this.limit.add();
		this.limit.add();
		this.ticker.advance(SPAN.minusNanos(1));
		assertThat(this.limit.isReached()).isTrue();
		this.ticker.advance(Duration.ofNanos(1));
		assertThat(this.limit.isReached()).isFalse();
	}

	@Test
	void countsFromOneAfterEndOfSpan() {
		this.limit.add();
		this.limit.add();
		this.ticker.advance(SPAN);
		this.limit.add();
		assertThat(this.limit.isReached()).isFalse();
		this.limit.add();
		assertThat(this.limit.isReached()).isTrue();
	}

	@Test
	void addsNoOccurrenceOverTheLimit() {
		assertThat(this.limit.tryAdd()).isTrue();
		assertThat(this.limit.tryAdd()).isTrue();
		assertThat(this.limit.tryAdd()).isFalse();
		this.ticker.advance(SPAN);
		assertThat(this.limit.tryAdd()).isTrue();
		assertThat(this.limit.tryAdd()).isTrue();
		assertThat(this.limit.tryAdd()).isFalse();
	}

}
