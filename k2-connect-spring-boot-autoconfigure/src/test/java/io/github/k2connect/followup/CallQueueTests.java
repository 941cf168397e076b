package io.github.k2connect.followup;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CallQueue}.
 */
class CallQueueTests {

	private static final Instant NOW = Instant.parse("2026-03-11T05:00:00Z");

	private final CallQueue queue = new CallQueue(10);

	@Test
	void spreadsCallsOverSecond() {
		assertThat(this.queue.request(null, NOW)).isNull();
		assertThat(this.queue.request(null, NOW)).isEqualTo(NOW.plusMillis(100));
		assertThat(this.queue.request(null, NOW)).isEqualTo(NOW.plusMillis(200));
		assertThat(this.queue.request(null, NOW.plusMillis(250))).isEqualTo(NOW.plusMillis(300));
		assertThat(this.queue.request(null, NOW.plusSeconds(10))).isNull();
	}

	@Test
	void admitsCallerAtItsTurn() {
		Instant turn = NOW.plusMillis(100);
		assertThat(this.queue.request(turn, turn)).isNull();
		assertThat(this.queue.request(turn, turn.plusSeconds(1))).isNull();
		assertThat(this.queue.request(null, turn)).isNull();
	}

	@Test
	void refusesTurnThatIsOver() {
		Instant later = NOW.plusSeconds(5);
		this.queue.request(null, later);
		assertThat(this.queue.request(NOW, later)).isEqualTo(later.plusMillis(100));
	}

	@Test
	void doesNotBlockCallsAfterClockWasAhead() {
		for (int i = 0; i < 3; i++) {
			this.queue.request(null, NOW.plus(Duration.ofHours(8)));
		}
		assertThat(this.queue.request(null, NOW)).isEqualTo(NOW.plusMillis(300));
		assertThat(this.queue.request(null, NOW.plusSeconds(1))).isNull();
	}

	@Test
	void doesNotExceedLimitWhenClockJumpsForward() {
		assertThat(this.queue.request(null, NOW)).isNull();
		Instant later = NOW.plus(Duration.ofHours(8));
		assertThat(this.queue.request(null, later)).isNull();
		assertThat(this.queue.request(null, later)).isEqualTo(later.plusMillis(100));
	}

}
