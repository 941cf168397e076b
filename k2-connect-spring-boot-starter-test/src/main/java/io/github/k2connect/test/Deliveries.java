package io.github.k2connect.test;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

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

	private final ScheduledThreadPoolExecutor executor;

	private final AtomicInteger generation = new AtomicInteger();

	Deliveries(CallbackClient client) {
		this.client = client;
		this.executor = new ScheduledThreadPoolExecutor(THREADS, (task) -> {
			Thread thread = new Thread(task, "k2-simulator-delivery");
			thread.setDaemon(true);
			return thread;
		}, new ThreadPoolExecutor.DiscardPolicy());
		this.executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
	}

	/**
	 * Deliver messages in order and as soon as possible: each when the one before was
	 * accepted with status 200 or given up.
	 * @param messages the messages
	 */
	void deliver(List<Message> messages) {
		if (!messages.isEmpty()) {
			Delivery delivery = new Delivery(messages.get(0), messages.subList(1, messages.size()),
					this.generation.get());
			schedule(delivery.generation(), Duration.ZERO, () -> attempt(delivery, 0));
		}
	}

	/**
	 * Run a task later, unless everything has been cancelled or closed by then.
	 */
	void schedule(Duration delay, Runnable work) {
		schedule(this.generation.get(), delay, work);
	}

	/**
	 * Cancel all deliveries that have not started.
	 */
	void cancelAll() {
		this.generation.incrementAndGet();
	}

	private void schedule(int scheduledIn, Duration delay, Runnable work) {
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
				deliver(delivery.next());
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
			deliver(delivery.next());
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

	/**
	 * Message to the application.
	 *
	 * @param name what the message is, for the log
	 * @param url where to
	 * @param body the message
	 * @param signer the signer with the key of the account that it is for
	 */
	@SuppressWarnings("ArrayRecordComponent")
	record Message(String name, URI url, byte[] body, WebhookSigner signer) {

	}

}
