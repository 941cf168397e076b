package io.github.k2connect.scheduling;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.Execution;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionContext;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mockito.ArgumentCaptor;

import org.springframework.context.SmartLifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link K2Task}.
 */
class K2TaskTests {

	private static final Instant NOW = Instant.parse("2026-03-11T05:00:00Z");

	private static final CompletionHandler<String> DONE = (complete, operations) -> {
	};

	private final SmartLifecycle lifecycle = TestExecutions.lifecycle(Duration.ofSeconds(1));

	private final K2Task.Executions executions = TestExecutions.withOneThread(this.lifecycle,
			Clock.fixed(NOW, ZoneOffset.UTC));

	private final AnyTask task = new AnyTask(this.executions);

	private CompletionHandler<String> execute() {
		return this.task.execute(new TaskInstance<>("any", "key", "data"), mock(ExecutionContext.class));
	}

	private static void assertPostponed(CompletionHandler<String> handler, Instant from, Instant to) {
		ExecutionOperations<String> operations = mock();
		Execution execution = new Execution(NOW, new TaskInstance<>("any", "key", "data"));
		handler.complete(ExecutionComplete.success(execution, NOW, NOW), operations);
		ArgumentCaptor<Instant> time = ArgumentCaptor.captor();
		then(operations).should().reschedule(any(), time.capture());
		assertThat(time.getValue()).isBetween(from, to);
	}

	@Test
	void runsBetweenStartAndStop() {
		assertPostponed(execute(), NOW.plusSeconds(1), NOW.plusSeconds(1));
		assertThat(this.task.runs).isZero();
		this.lifecycle.start();
		assertThat(execute()).isSameAs(DONE);
		assertThat(execute()).isSameAs(DONE);
		assertThat(this.task.runs).isEqualTo(2);
		this.lifecycle.stop();
		assertPostponed(execute(), NOW.plusSeconds(1), NOW.plusSeconds(1));
		assertThat(this.task.runs).isEqualTo(2);
	}

	@Test
	void postponesExecutionOverThreadLimit() {
		this.lifecycle.start();
		assertThat(TestExecutions.takeThread(this.executions)).isTrue();
		assertPostponed(execute(), NOW.plusSeconds(1), NOW.plusSeconds(30));
		assertThat(this.task.runs).isZero();
		TestExecutions.giveThreadBack(this.executions);
		assertThat(execute()).isSameAs(DONE);
	}

	@Test
	void doesNotHinderOthersAfterFailure() {
		this.lifecycle.start();
		this.task.failure = new IllegalStateException("failed");
		assertThatIllegalStateException().isThrownBy(this::execute);
		this.task.failure = null;
		assertThat(execute()).isSameAs(DONE);
		this.lifecycle.stop();
		this.lifecycle.start();
		assertThat(execute()).isSameAs(DONE);
	}

	@ParameterizedTest
	@CsvSource({ "1, 1s", "2, 2s", "3, 4s", "12, 2048s", "13, 3600s", "19, 3600s", "1000000, 3600s" })
	void doublesDelayUpToTheLongestWithRandomExtra(int attempts, String delay) {
		Duration shortest = Duration.parse("PT" + delay);
		Set<Duration> delays = Stream
			.generate(() -> this.task.doubled(Duration.ofSeconds(1), attempts, Duration.ofHours(1)))
			.limit(100)
			.collect(Collectors.toSet());
		assertThat(delays).hasSizeGreaterThan(1)
			.allSatisfy((each) -> assertThat(each).isBetween(shortest, shortest.multipliedBy(5).dividedBy(4)));
	}

	private static final class AnyTask extends K2Task {

		private int runs;

		private @Nullable RuntimeException failure;

		AnyTask(Executions executions) {
			super("any", executions);
		}

		@Override
		protected CompletionHandler<String> run(TaskInstance<String> instance, ExecutionContext context) {
			if (this.failure != null) {
				throw this.failure;
			}
			this.runs++;
			return DONE;
		}

		@Override
		public void onFailure(ExecutionComplete complete, ExecutionOperations<String> operations) {
		}

		@Override
		public void deadExecution(ExecutionComplete complete, ExecutionOperations<String> operations) {
		}

	}

}
