package io.github.k2connect.scheduling;

import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionContext;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link K2Task}.
 */
class K2TaskTests {

	private final AnyTask task = new AnyTask();

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

		AnyTask() {
			super("any", TestExecutions.always(Clock.systemUTC()));
		}

		@Override
		protected CompletionHandler<String> run(TaskInstance<String> instance, ExecutionContext context) {
			throw new AssertionError();
		}

		@Override
		public void onFailure(ExecutionComplete complete, ExecutionOperations<String> operations) {
		}

		@Override
		public void deadExecution(ExecutionComplete complete, ExecutionOperations<String> operations) {
		}

	}

}
