package io.github.k2connect.webhook.store;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.github.k2connect.Ticker;
import org.apiguardian.api.API;

import org.springframework.util.Assert;

/**
 * Event store in the memory of this instance. The events are lost on a restart, and are
 * not shared with other instances.
 *
 * @hidden
 */
@API(status = API.Status.INTERNAL)
public final class InMemoryEventStore implements K2EventStore {

	private final Set<String> handled;

	private final Map<String, CompletableFuture<Boolean>> inProgress = new ConcurrentHashMap<>();

	private final Duration maxWait;

	/**
	 * Create a store.
	 * @param maxEntries the maximum number of events; the oldest are removed first
	 * @param maxWait how long a delivery waits for another delivery of the same event
	 */
	public InMemoryEventStore(int maxEntries, Duration maxWait) {
		Assert.isTrue(maxEntries > 0, "maxEntries must be positive");
		Assert.isTrue(maxWait.compareTo(Duration.ZERO) > 0, "maxWait must be positive");
		this.maxWait = maxWait;
		this.handled = Collections.synchronizedSet(Collections.newSetFromMap(new LinkedHashMap<>() {

			@Override
			protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
				return size() > maxEntries;
			}

		}));
	}

	@Override
	public boolean handleOnce(EventIdentity identity, Runnable handling) {
		String key = identity.key();
		CompletableFuture<Boolean> own = new CompletableFuture<>();
		long start = Ticker.SYSTEM.tick();
		CompletableFuture<Boolean> other = this.inProgress.putIfAbsent(key, own);
		while (other != null) {
			if (outcome(other, Ticker.SYSTEM.left(this.maxWait, start))) {
				return false;
			}
			other = this.inProgress.putIfAbsent(key, own);
		}
		boolean succeeded = this.handled.contains(key);
		try {
			if (succeeded) {
				return false;
			}
			handling.run();
			this.handled.add(key);
			succeeded = true;
			return true;
		}
		finally {
			this.inProgress.remove(key);
			own.complete(succeeded);
		}
	}

	private static boolean outcome(CompletableFuture<Boolean> delivery, Duration wait) {
		try {
			return delivery.get(wait.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (TimeoutException | ExecutionException ex) {
			throw new EventInProgressException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new EventInProgressException(ex);
		}
	}

}
