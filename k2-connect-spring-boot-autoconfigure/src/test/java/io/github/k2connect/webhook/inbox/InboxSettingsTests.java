package io.github.k2connect.webhook.inbox;

import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link InboxSettings}.
 */
class InboxSettingsTests {

	private final InboxSettings settings = new InboxSettings(Duration.ofSeconds(1), Duration.ofHours(1), 20, null,
			Duration.ofMinutes(1));

	@ParameterizedTest
	@CsvSource({ "1, 1s", "2, 2s", "3, 4s", "12, 2048s", "13, 3600s", "19, 3600s", "1000000, 3600s" })
	void theDelayDoublesUpToTheLongestAndHasARandomExtra(int attempts, String delay) {
		Duration shortest = Duration.parse("PT" + delay);
		Set<Duration> delays = Stream.generate(() -> this.settings.delayAfter(attempts))
			.limit(100)
			.collect(Collectors.toSet());
		assertThat(delays).hasSizeGreaterThan(1)
			.allSatisfy((each) -> assertThat(each).isBetween(shortest, shortest.multipliedBy(5).dividedBy(4)));
	}

	@Test
	void theLastAttemptIsTheOneThatIsAllowed() {
		assertThat(this.settings.isLast(19)).isFalse();
		assertThat(this.settings.isLast(20)).isTrue();
		assertThat(this.settings.isLast(21)).isTrue();
	}

}
