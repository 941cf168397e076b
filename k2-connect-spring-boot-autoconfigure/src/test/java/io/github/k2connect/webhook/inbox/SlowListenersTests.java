package io.github.k2connect.webhook.inbox;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

import io.github.k2connect.scheduling.TaskExecution;
import io.github.k2connect.webhook.reception.ReceivedEvent;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;

/**
 * Tests for {@link SlowListeners}.
 */
@ExtendWith(OutputCaptureExtension.class)
class SlowListenersTests {

	private final InboxMeters meters = mock();

	private SlowListeners slowListeners(Duration warnAfter) {
		return new SlowListeners(
				new InboxProperties(Duration.ofSeconds(1), Duration.ofSeconds(1), 20, null, warnAfter, true),
				this.meters);
	}

	private static TaskExecution execution() {
		ReceivedEvent event = ReceivedEvent
			.decode("{\"id\":\"1\",\"topic\":\"customer_created\"}".getBytes(StandardCharsets.UTF_8), "default");
		return new TaskExecution("key", StoredEvent.of(event, Instant.EPOCH).write(), 0, 1);
	}

	@Test
	void warnsOnceOfAttemptThatTakesLong(CapturedOutput output) {
		SlowListeners slowListeners = slowListeners(Duration.ofMillis(1));
		slowListeners.begin(execution());
		Awaitility.await().untilAsserted(() -> {
			slowListeners.warn();
			then(this.meters).should().slow("customer_created");
		});
		slowListeners.warn();
		then(this.meters).shouldHaveNoMoreInteractions();
		assertThat(output)
			.containsOnlyOnce("The listeners of event \"1\" (key) have been running for more than PT0.001S")
			.contains("They occupy thread " + Thread.currentThread().getName())
			.contains(SlowListenersTests.class.getName() + ".warnsOnceOfAttemptThatTakesLong");
	}

	@Test
	void doesNotWarnBeforeTime() {
		SlowListeners slowListeners = slowListeners(Duration.ofHours(1));
		slowListeners.begin(execution());
		slowListeners.warn();
		then(this.meters).should(never()).slow(anyString());
	}

	@Test
	void doesNotWarnAfterEndOfAttempt() {
		SlowListeners slowListeners = slowListeners(Duration.ofMillis(1));
		SlowListeners.Attempt ended = slowListeners.begin(execution());
		slowListeners.end(ended);
		slowListeners.begin(execution());
		Awaitility.await().untilAsserted(() -> {
			slowListeners.warn();
			then(this.meters).should().slow("customer_created");
		});
	}

}
