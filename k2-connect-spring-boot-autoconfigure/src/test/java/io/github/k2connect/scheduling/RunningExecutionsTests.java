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
 * Tests for {@link RunningExecutions}.
 */
class RunningExecutionsTests {

	private final ExecutorService handling = Executors.newSingleThreadExecutor();

	private final ExecutorService stopping = Executors.newSingleThreadExecutor();

	@AfterEach
	void shutDown() {
		this.handling.shutdownNow();
		this.stopping.shutdownNow();
	}

	@Test
	void permitsExecutionsUntilStop() {
		RunningExecutions executions = new RunningExecutions();
		assertThat(executions.begin()).isTrue();
		executions.end();
		executions.stop();
		executions.awaitEnd(Duration.ofSeconds(1));
		assertThat(executions.begin()).isFalse();
	}

	@Test
	@ExtendWith(OutputCaptureExtension.class)
	void waitsForEventsBeingHandled(CapturedOutput output) throws Exception {
		RunningExecutions executions = new RunningExecutions();
		assertThat(this.handling.submit(executions::begin).get()).isTrue();
		executions.stop();
		Future<?> stop = this.stopping.submit(() -> executions.awaitEnd(Duration.ofMinutes(1)));
		assertThat(stop).failsWithin(Duration.ofMillis(100));
		assertThat(executions.begin()).isFalse();
		this.handling.submit(executions::end).get();
		assertThat(stop).succeedsWithin(Duration.ofSeconds(30));
		assertThat(output).doesNotContain("still being handled");
	}

	@Test
	@ExtendWith(OutputCaptureExtension.class)
	void warnsOfEventsBeingHandledAfterMaxWait(CapturedOutput output) throws Exception {
		RunningExecutions executions = new RunningExecutions();
		assertThat(this.handling.submit(executions::begin).get()).isTrue();
		executions.awaitEnd(Duration.ofMillis(10));
		assertThat(output).contains("Events are still being handled after PT0.01S");
	}

	@Test
	void stopsAtOnceWhenInterrupted() throws Exception {
		RunningExecutions executions = new RunningExecutions();
		assertThat(this.handling.submit(executions::begin).get()).isTrue();
		Future<Boolean> interrupted = this.stopping.submit(() -> {
			Thread.currentThread().interrupt();
			executions.awaitEnd(Duration.ofMinutes(1));
			return Thread.interrupted();
		});
		assertThat(interrupted).succeedsWithin(Duration.ofSeconds(30)).isEqualTo(true);
	}

}
