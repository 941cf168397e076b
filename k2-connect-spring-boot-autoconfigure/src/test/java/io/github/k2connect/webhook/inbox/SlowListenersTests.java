package io.github.k2connect.webhook.inbox;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

import com.github.kagkarlsson.scheduler.event.SchedulerListener.SchedulerEventType;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import io.github.k2connect.webhook.EventReceiver.ReceivedEvent;
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
		return new SlowListeners(new InboxProperties(Duration.ofSeconds(1), Duration.ofSeconds(1), 20, null, warnAfter),
				this.meters);
	}

	private static TaskInstance<String> instance() {
		ReceivedEvent event = ReceivedEvent
			.decode("{\"id\":\"1\",\"topic\":\"customer_created\"}".getBytes(StandardCharsets.UTF_8), "default");
		return new TaskInstance<>(InboxTask.NAME, "key", StoredEvent.of(event, Instant.EPOCH).write());
	}

	private static void check(SlowListeners slowListeners) {
		slowListeners.onSchedulerEvent(SchedulerEventType.RAN_UPDATE_HEARTBEATS);
	}

	@Test
	void warnsOnceOfAttemptThatTakesLong(CapturedOutput output) {
		SlowListeners slowListeners = slowListeners(Duration.ofMillis(1));
		slowListeners.begin(instance());
		Awaitility.await().untilAsserted(() -> {
			check(slowListeners);
			then(this.meters).should().slow("customer_created");
		});
		check(slowListeners);
		then(this.meters).shouldHaveNoMoreInteractions();
		assertThat(output)
			.containsOnlyOnce("The listeners of event \"1\" (key) have been running for more than PT0.001S")
			.contains("They occupy thread " + Thread.currentThread().getName())
			.contains(SlowListenersTests.class.getName() + ".warnsOnceOfAttemptThatTakesLong");
	}

	@Test
	void doesNotWarnBeforeTime() {
		SlowListeners slowListeners = slowListeners(Duration.ofHours(1));
		slowListeners.begin(instance());
		check(slowListeners);
		then(this.meters).should(never()).slow(anyString());
	}

	@Test
	void doesNotWarnAfterEndOfAttempt() {
		SlowListeners slowListeners = slowListeners(Duration.ofMillis(1));
		SlowListeners.Attempt ended = slowListeners.begin(instance());
		slowListeners.end(ended);
		slowListeners.begin(instance());
		Awaitility.await().untilAsserted(() -> {
			check(slowListeners);
			then(this.meters).should().slow("customer_created");
		});
	}

}
