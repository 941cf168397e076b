package io.github.k2connect.test;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Deliveries to the application. They run in the background and are repeated, up to a
 * limit, until the application responds with status 200.
 */
final class Deliveries implements AutoCloseable {

	static final int MAX_REDELIVERIES = 5;

	private static final Duration FIRST_BACKOFF = Duration.ofMillis(100);

	private static final int THREADS = 8;

	private static final Log logger = LogFactory.getLog(K2Simulator.class);

	private final CallbackClient client;

	private final Faults faults;

	private final ScheduledThreadPoolExecutor executor;

	private final AtomicInteger generation = new AtomicInteger();

	Deliveries(CallbackClient client, Faults faults) {
		this.client = client;
		this.faults = faults;
		this.executor = new ScheduledThreadPoolExecutor(THREADS, (task) -> {
			Thread thread = new Thread(task, "k2-simulator-delivery");
			thread.setDaemon(true);
			return thread;
		}, new ThreadPoolExecutor.DiscardPolicy());
		this.executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
	}

	/**
	 * Return the current generation. What is cancelled ends a generation and begins the
	 * next one.
	 */
	int generation() {
		return this.generation.get();
	}

	/**
	 * Deliver messages in order and as soon as possible: each when the one before was
	 * accepted with status 200 or given up.
	 * @param ofGeneration the generation that the messages belong to
	 * @param messages the messages
	 */
	void deliver(int ofGeneration, List<Message> messages) {
		BooleanSupplier current = () -> ofGeneration == this.generation.get();
		deliverNext(ofGeneration,
				messages.stream().flatMap((message) -> this.faults.apply(message, current).stream()).toList());
	}

	private void deliverNext(int ofGeneration, List<Message> messages) {
		if (!messages.isEmpty()) {
			Delivery delivery = new Delivery(messages.get(0), messages.subList(1, messages.size()), ofGeneration);
			schedule(ofGeneration, delivery.message().delay(), () -> attempt(delivery, 0));
		}
	}

	/**
	 * Cancel all deliveries that have not started.
	 */
	void cancelAll() {
		this.generation.incrementAndGet();
	}

	/**
	 * Run a task later, unless its generation has been cancelled or closed by then.
	 */
	void schedule(int scheduledIn, Duration delay, Runnable work) {
		ScheduledFuture<?> unused = this.executor.schedule(() -> {
			if (scheduledIn == this.generation.get()) {
				run(scheduledIn, work);
			}
		}, delay.toNanos(), TimeUnit.NANOSECONDS);
	}

	private void run(int scheduledIn, Runnable work) {
		try {
			work.run();
		}
		catch (RuntimeException ex) {
			if (scheduledIn == this.generation.get()) {
				logger.error("Simulated result could not be made or delivered", ex);
			}
		}
	}

	private void attempt(Delivery delivery, int redeliveries) {
		String outcome;
		try {
			int status = this.client.post(delivery.message());
			if (status == 200) {
				deliverNext(delivery.generation(), delivery.next());
				return;
			}
			outcome = " got status " + status;
		}
		catch (IOException ex) {
			outcome = " could not be delivered (" + ex.getClass().getSimpleName() + ")";
		}
		if (redeliveries < MAX_REDELIVERIES) {
			schedule(delivery.generation(), FIRST_BACKOFF.multipliedBy(1L << redeliveries),
					() -> attempt(delivery, redeliveries + 1));
		}
		else {
			logger.warn(
					delivery.message().name() + outcome + " and was given up after " + redeliveries + " redeliveries");
			deliverNext(delivery.generation(), delivery.next());
		}
	}

	/**
	 * Wait a moment for deliveries that have started, then interrupt them.
	 */
	@Override
	public void close() {
		cancelAll();
		this.executor.shutdown();
		boolean terminated = awaitTermination();
		this.client.close();
		if (!terminated && !awaitTermination()) {
			logger.warn("A delivery could not be stopped");
		}
	}

	private boolean awaitTermination() {
		try {
			return this.executor.awaitTermination(2, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	private record Delivery(Message message, List<Message> next, int generation) {

	}

}
