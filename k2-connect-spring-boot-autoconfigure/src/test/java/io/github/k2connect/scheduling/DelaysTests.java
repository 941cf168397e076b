package io.github.k2connect.scheduling;

import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Delays}.
 */
class DelaysTests {

	@ParameterizedTest
	@CsvSource({ "1, 1s", "2, 2s", "3, 4s", "12, 2048s", "13, 3600s", "19, 3600s", "1000000, 3600s" })
	void doublesDelayUpToTheLongestWithRandomExtra(int attempts, String delay) {
		Duration shortest = Duration.parse("PT" + delay);
		Set<Duration> delays = Stream
			.generate(() -> Delays.SYSTEM.doubled(Duration.ofSeconds(1), attempts, Duration.ofHours(1)))
			.limit(100)
			.collect(Collectors.toSet());
		assertThat(delays).hasSizeGreaterThan(1)
			.allSatisfy((each) -> assertThat(each).isBetween(shortest, shortest.multipliedBy(5).dividedBy(4)));
	}

}
