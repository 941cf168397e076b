package io.github.k2connect.simulation;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import static org.mockito.Mockito.mock;

/**
 * Executor that runs everything on the thread of the caller, so that the seed alone
 * decides the order. What is delayed runs when the world says so.
 */
final class SameThreadExecutor extends ScheduledThreadPoolExecutor {

	private static final ScheduledFuture<?> SCHEDULED = mock();

	private final Queue<Runnable> delayed = new ArrayDeque<>();

	SameThreadExecutor() {
		super(1);
	}

	@Override
	public void execute(Runnable command) {
		command.run();
	}

	@Override
	public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
		this.delayed.add(command);
		return SCHEDULED;
	}

	void runDelayed() {
		for (int i = this.delayed.size(); i > 0; i--) {
			this.delayed.remove().run();
		}
	}

}
