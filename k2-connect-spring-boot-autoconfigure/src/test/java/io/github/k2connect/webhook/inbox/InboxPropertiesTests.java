package io.github.k2connect.webhook.inbox;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link InboxProperties}.
 */
class InboxPropertiesTests {

	private final InboxProperties properties = new InboxProperties(Duration.ofSeconds(1), Duration.ofHours(1), 20, null,
			Duration.ofMinutes(1));

	@Test
	void treatsConfiguredAttemptAsLast() {
		assertThat(this.properties.isLast(19)).isFalse();
		assertThat(this.properties.isLast(20)).isTrue();
		assertThat(this.properties.isLast(21)).isTrue();
	}

}
