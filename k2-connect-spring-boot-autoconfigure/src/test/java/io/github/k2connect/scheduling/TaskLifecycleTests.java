package io.github.k2connect.scheduling;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link TaskLifecycle}.
 */
class TaskLifecycleTests {

	private final ExecutorService handling = Executors.newSingleThreadExecutor();

	private final ExecutorService stopping = Executors.newSingleThreadExecutor();

	@AfterEach
	void shutDown() {
		this.handling.shutdownNow();
		this.stopping.shutdownNow();
	}

	@Test
	void permitsHandlingBetweenStartAndStop() {
		TaskLifecycle lifecycle = new TaskLifecycle(Duration.ofSeconds(1));
		assertThat(lifecycle.isRunning()).isFalse();
		assertThat(lifecycle.begin()).isFalse();
		lifecycle.start();
		assertThat(lifecycle.isRunning()).isTrue();
		assertThat(lifecycle.begin()).isTrue();
		lifecycle.end();
		lifecycle.stop();
		assertThat(lifecycle.isRunning()).isFalse();
		assertThat(lifecycle.begin()).isFalse();
		lifecycle.start();
		assertThat(lifecycle.begin()).isTrue();
	}

	@Test
	@ExtendWith(OutputCaptureExtension.class)
	void waitsForEventsBeingHandled(CapturedOutput output) throws Exception {
		TaskLifecycle lifecycle = new TaskLifecycle(Duration.ofMinutes(1));
		lifecycle.start();
		assertThat(this.handling.submit(lifecycle::begin).get()).isTrue();
		Future<?> stop = this.stopping.submit(() -> lifecycle.stop());
		assertThat(stop).failsWithin(Duration.ofMillis(100));
		assertThat(lifecycle.begin()).isFalse();
		this.handling.submit(lifecycle::end).get();
		assertThat(stop).succeedsWithin(Duration.ofSeconds(30));
		assertThat(output).doesNotContain("still being handled");
	}

	@Test
	@ExtendWith(OutputCaptureExtension.class)
	void warnsOfEventsBeingHandledAfterMaxWait(CapturedOutput output) throws Exception {
		TaskLifecycle lifecycle = new TaskLifecycle(Duration.ofMillis(10));
		lifecycle.start();
		assertThat(this.handling.submit(lifecycle::begin).get()).isTrue();
		lifecycle.stop();
		assertThat(output).contains("Events are still being handled after PT0.01S");
	}

	@Test
	void stopsAtOnceWhenInterrupted() throws Exception {
		TaskLifecycle lifecycle = new TaskLifecycle(Duration.ofMinutes(1));
		lifecycle.start();
		assertThat(this.handling.submit(lifecycle::begin).get()).isTrue();
		Future<Boolean> interrupted = this.stopping.submit(() -> {
			Thread.currentThread().interrupt();
			lifecycle.stop();
			return Thread.interrupted();
		});
		assertThat(interrupted).succeedsWithin(Duration.ofSeconds(30)).isEqualTo(true);
	}

}
