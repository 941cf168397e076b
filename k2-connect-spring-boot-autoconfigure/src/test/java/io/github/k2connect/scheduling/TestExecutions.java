package io.github.k2connect.scheduling;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

import org.springframework.context.SmartLifecycle;

/**
 * Conditions for the executions of tasks, without a scheduler.
 */
public final class TestExecutions {

	private TestExecutions() {
	}

	/**
	 * Create a lifecycle, which is not started.
	 */
	public static SmartLifecycle lifecycle(Duration maxWait) {
		return new TaskLifecycle(maxWait);
	}

	/**
	 * Create conditions that are always met.
	 */
	public static K2Task.Executions always(Clock clock) {
		SmartLifecycle lifecycle = lifecycle(Duration.ofSeconds(1));
		lifecycle.start();
		return of(lifecycle, clock);
	}

	/**
	 * Create conditions without a limit for threads.
	 */
	public static K2Task.Executions of(SmartLifecycle lifecycle, Clock clock) {
		return of(lifecycle, clock, () -> ThreadLocalRandom.current().nextLong());
	}

	/**
	 * Create conditions without a limit for threads.
	 */
	public static K2Task.Executions of(SmartLifecycle lifecycle, Clock clock, RandomGenerator random) {
		return new K2Task.Executions((TaskLifecycle) lifecycle, ThreadLimit.none(), clock, random);
	}

	/**
	 * Create conditions with one thread.
	 */
	public static K2Task.Executions withOneThread(SmartLifecycle lifecycle, Clock clock) {
		return new K2Task.Executions((TaskLifecycle) lifecycle, ThreadLimit.of(() -> 1), clock,
				() -> ThreadLocalRandom.current().nextLong());
	}

	/**
	 * Take a thread, as an execution does.
	 */
	public static boolean takeThread(K2Task.Executions executions) {
		return executions.threads().acquire();
	}

	/**
	 * Give a thread back, as an execution does.
	 */
	public static void giveThreadBack(K2Task.Executions executions) {
		executions.threads().release();
	}

}
