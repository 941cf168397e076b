package io.github.k2connect.webhook.endpoint;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

import reactor.core.scheduler.Schedulers;

import org.springframework.http.HttpStatus;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * The threads of the endpoint on the reactive stack. Messages are verified on some and
 * handled on others, so that no message waits behind a listener for its signature to be
 * verified, and forged messages keep no thread from the listeners. The time in both
 * queues is limited.
 */
final class MessageThreads {

	/**
	 * The number of threads that verify messages. It is larger than the number of
	 * messages that may wait for a slow source of accounts, so that other messages are
	 * still verified.
	 */
	static final int VERIFICATION_SIZE = Math.max(Schedulers.DEFAULT_BOUNDED_ELASTIC_SIZE, 100);

	private static final int HANDLING_SIZE = Schedulers.DEFAULT_BOUNDED_ELASTIC_SIZE;

	/**
	 * Anybody can send messages that are not verified yet, and each keeps its body in
	 * memory.
	 */
	private static final int MAX_UNVERIFIED = 1000;

	private final ThreadPoolExecutor verification = threads("k2-webhook-verify-", VERIFICATION_SIZE,
			new ArrayBlockingQueue<>(MAX_UNVERIFIED));

	private final ThreadPoolExecutor handling = threads("k2-webhook-", HANDLING_SIZE, new LinkedBlockingQueue<>());

	private final Duration maxWait;

	/**
	 * Create the threads.
	 * @param maxWait how long a message waits for a thread, from its arrival
	 */
	MessageThreads(Duration maxWait) {
		this.maxWait = maxWait;
	}

	private static ThreadPoolExecutor threads(String prefix, int size, BlockingQueue<Runnable> queue) {
		CustomizableThreadFactory factory = new CustomizableThreadFactory(prefix);
		factory.setDaemon(true);
		ThreadPoolExecutor threads = new ThreadPoolExecutor(size, size, 1, TimeUnit.MINUTES, queue, factory);
		threads.allowCoreThreadTimeOut(true);
		return threads;
	}

	/**
	 * Verify a message, and handle it if it is genuine.
	 * @param message the message
	 * @param verified runs after the verification
	 * @return the status of the response
	 */
	CompletableFuture<HttpStatus> receive(IncomingMessage message, Runnable verified) {
		return run(this.verification, message, message::verify, Optional::of)
			.whenComplete((rejection, ex) -> verified.run())
			.thenCompose((rejection) -> rejection.map(CompletableFuture::completedFuture)
				.orElseGet(() -> run(this.handling, message, message::handle, Function.identity())));
	}

	/**
	 * Run the task, or give the message up if it has waited for too long before it gets a
	 * thread. A task that has begun is not interrupted.
	 */
	private <T> CompletableFuture<T> run(ThreadPoolExecutor threads, IncomingMessage message, Supplier<T> task,
			Function<HttpStatus, T> givenUp) {
		CompletableFuture<Boolean> turn = new CompletableFuture<>();
		Runnable entry = () -> turn.complete(true);
		CompletableFuture<T> result = turn.thenApply((inTime) -> {
			if (inTime) {
				return task.get();
			}
			threads.remove(entry);
			return givenUp.apply(message.giveUp());
		});
		turn.completeOnTimeout(false, this.maxWait.minus(message.age()).toNanos(), TimeUnit.NANOSECONDS);
		try {
			threads.execute(entry);
		}
		catch (RejectedExecutionException ex) {
			turn.complete(false);
		}
		return result;
	}

	void shutdown() {
		this.verification.shutdownNow();
		this.handling.shutdownNow();
	}

}
