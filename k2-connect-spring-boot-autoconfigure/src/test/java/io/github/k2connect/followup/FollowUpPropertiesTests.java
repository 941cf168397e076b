package io.github.k2connect.followup;

import java.time.Duration;

import io.github.k2connect.InvalidK2ConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * Tests for {@link FollowUpProperties}.
 */
class FollowUpPropertiesTests {

	private static FollowUpProperties properties(long firstCheck, long giveUpAfter, long unknownAfter, int calls) {
		return new FollowUpProperties(true, Duration.ofMillis(firstCheck), Duration.ofMillis(giveUpAfter),
				Duration.ofMillis(unknownAfter), calls);
	}

	@Test
	void acceptsSmallestValues() {
		assertThatNoException().isThrownBy(() -> properties(1, 1, 1, 1));
	}

	@ParameterizedTest
	@CsvSource({ "0, 9, 9, 9, first-check", "9, 8, 9, 9, give-up-after", "9, 9, 0, 9, unknown-after",
			"9, 9, 9, 0, max-calls-per-second" })
	void rejectsSmallerValues(long firstCheck, long giveUpAfter, long unknownAfter, int calls, String property) {
		assertThatExceptionOfType(InvalidK2ConfigurationException.class)
			.isThrownBy(() -> properties(firstCheck, giveUpAfter, unknownAfter, calls))
			.withMessageContaining("k2.follow-up." + property);
	}

}
