package io.github.k2connect.webhook.inbox;

import java.time.Duration;

import io.github.k2connect.InvalidK2ConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * Tests for {@link InboxProperties}.
 */
class InboxPropertiesTests {

	private final InboxProperties properties = new InboxProperties(Duration.ofSeconds(1), Duration.ofHours(1), 20, null,
			Duration.ofMinutes(1), true);

	@Test
	void treatsConfiguredAttemptAsLast() {
		assertThat(this.properties.isLast(19)).isFalse();
		assertThat(this.properties.isLast(20)).isTrue();
		assertThat(this.properties.isLast(21)).isTrue();
	}

	private static InboxProperties properties(long firstDelay, long maxDelay, int maxAttempts, long maxWaiting,
			long warnAfter) {
		return new InboxProperties(Duration.ofMillis(firstDelay), Duration.ofMillis(maxDelay), maxAttempts, maxWaiting,
				Duration.ofMillis(warnAfter), true);
	}

	@Test
	void acceptsSmallestValues() {
		assertThatNoException().isThrownBy(() -> properties(1, 1, 1, 1, 1));
	}

	@ParameterizedTest
	@CsvSource({ "0, 9, 9, 9, 9, first-delay", "9, 8, 9, 9, 9, max-delay", "9, 9, 0, 9, 9, max-attempts",
			"9, 9, 9, 0, 9, max-waiting", "9, 9, 9, 9, 0, warn-after" })
	void rejectsSmallerValues(long firstDelay, long maxDelay, int maxAttempts, long maxWaiting, long warnAfter,
			String property) {
		assertThatExceptionOfType(InvalidK2ConfigurationException.class)
			.isThrownBy(() -> properties(firstDelay, maxDelay, maxAttempts, maxWaiting, warnAfter))
			.withMessageContaining("k2.webhook.inbox." + property);
	}

}
