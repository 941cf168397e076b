package io.github.k2connect.webhook.inbox;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link InboxSettings}.
 */
class InboxSettingsTests {

	private final InboxSettings settings = new InboxSettings(Duration.ofSeconds(1), Duration.ofHours(1), 20, null);

	@ParameterizedTest
	@CsvSource({ "1, 1s", "2, 2s", "3, 4s", "12, 2048s", "13, 3600s", "19, 3600s", "1000000, 3600s" })
	void theDelayDoublesUpToTheLongest(int attempts, String delay) {
		assertThat(this.settings.delayAfter(attempts)).isEqualTo(Duration.parse("PT" + delay));
	}

	@Test
	void theLastAttemptIsTheOneThatIsAllowed() {
		assertThat(this.settings.isLast(19)).isFalse();
		assertThat(this.settings.isLast(20)).isTrue();
		assertThat(this.settings.isLast(21)).isTrue();
	}

}
