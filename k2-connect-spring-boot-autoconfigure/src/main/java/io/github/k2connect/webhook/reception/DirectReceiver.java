package io.github.k2connect.webhook.reception;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.github.k2connect.webhook.store.EventIdentity;
import io.github.k2connect.webhook.store.EventInProgressException;

import org.springframework.util.Assert;
import org.springframework.util.ReflectionUtils;

/**
 * Receiver that handles an event before the response. It limits concurrent handling:
 * other events wait, in the order of their arrival, before they take a database
 * connection. A delivery of an event that is already being handled waits for it.
 */
final class DirectReceiver implements EventReceiver {

	private final EventDispatcher dispatcher;

	private final Semaphore permits;

	private final long maxWait;

	private final Map<EventIdentity, Handling> inProgress = new ConcurrentHashMap<>();

	/**
	 * Create a receiver.
	 * @param dispatcher the dispatcher of events
	 * @param maxConcurrentDeliveries the maximum number of events to handle at a time
	 * @param maxWait how long a delivery waits, from its arrival, until its event is
	 * handled
	 */
	DirectReceiver(EventDispatcher dispatcher, int maxConcurrentDeliveries, Duration maxWait) {
		Assert.isTrue(maxConcurrentDeliveries > 0, "maxConcurrentDeliveries must be positive");
		this.dispatcher = dispatcher;
		this.permits = new Semaphore(maxConcurrentDeliveries, true);
		this.maxWait = TimeUnit.NANOSECONDS.convert(maxWait);
	}

	@Override
	public Reception receive(ReceivedEvent received, Duration waited, Runnable beforeListeners) {
		long wait = this.maxWait - TimeUnit.NANOSECONDS.convert(waited);
		if (wait <= 0) {
			return Reception.BUSY;
		}
		Handling own = new Handling();
		Handling other = this.inProgress.putIfAbsent(received.identity(), own);
		try {
			return (other != null) ? other.await(wait, beforeListeners) : handle(own, received, wait, beforeListeners);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return Reception.BUSY;
		}
	}

	private Reception handle(Handling handling, ReceivedEvent received, long wait, Runnable beforeListeners)
			throws InterruptedException {
		Reception reception;
		try {
			reception = handle(received, wait, () -> {
				handling.reachedListeners = true;
				beforeListeners.run();
			});
		}
		catch (Throwable ex) {
			this.inProgress.remove(received.identity());
			handling.outcome.completeExceptionally(ex);
			throw ex;
		}
		this.inProgress.remove(received.identity());
		handling.outcome.complete(reception);
		return reception;
	}

	private Reception handle(ReceivedEvent received, long wait, Runnable beforeListeners) throws InterruptedException {
		if (!this.permits.tryAcquire(wait, TimeUnit.NANOSECONDS)) {
			return Reception.BUSY;
		}
		try {
			return this.dispatcher.dispatch(received, beforeListeners) ? Reception.PUBLISHED : Reception.DUPLICATE;
		}
		catch (EventInProgressException ex) {
			return Reception.BUSY;
		}
		finally {
			this.permits.release();
		}
	}

	/**
	 * An event that is being handled, or waits for its turn.
	 */
	private static final class Handling {

		private final CompletableFuture<Reception> outcome = new CompletableFuture<>();

		private volatile boolean reachedListeners;

		/**
		 * Wait for the delivery that already handles this event.
		 */
		Reception await(long nanos, Runnable beforeListeners) throws InterruptedException {
			try {
				Reception reception = this.outcome.get(nanos, TimeUnit.NANOSECONDS);
				return (reception != Reception.PUBLISHED) ? reception : Reception.DUPLICATE;
			}
			catch (TimeoutException ex) {
				return Reception.BUSY;
			}
			catch (ExecutionException ex) {
				if (this.reachedListeners) {
					beforeListeners.run();
				}
				ReflectionUtils.rethrowRuntimeException(ex.getCause());
				throw new AssertionError(ex);
			}
		}

	}

}
