package io.github.k2connect.webhook;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.jspecify.annotations.Nullable;

import org.springframework.util.ClassUtils;

/**
 * What a listener returned before it was done.
 */
interface ListenerResult {

	/**
	 * Whether there are reactive types at all.
	 */
	boolean REACTIVE_STREAMS_PRESENT = ClassUtils.isPresent("org.reactivestreams.Publisher",
			ListenerResult.class.getClassLoader());

	/**
	 * Wait for the listener to be done.
	 * @return the values that it gave
	 */
	List<?> get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException;

	/**
	 * Tell the listener that nobody waits for it any more. One that runs on a thread of
	 * its own is not interrupted.
	 */
	default void abandon() {
	}

	/**
	 * Return the result to wait for.
	 * @param result what the listener returned
	 * @return the result, or {@code null} if there is nothing to wait for
	 */
	static @Nullable ListenerResult of(Object result) {
		if (result instanceof CompletionStage<?> stage) {
			CompletableFuture<@Nullable Object> future = new CompletableFuture<>();
			stage.whenComplete((value, failure) -> {
				if (failure != null) {
					future.completeExceptionally(failure);
				}
				else {
					future.complete(value);
				}
			});
			return of(future);
		}
		if (result instanceof Future<?> future) {
			return of(future);
		}
		return REACTIVE_STREAMS_PRESENT ? ReactiveListenerResult.of(result) : null;
	}

	private static ListenerResult of(Future<?> future) {
		return (timeout, unit) -> {
			Object value = future.get(timeout, unit);
			return (value != null) ? List.of(value) : List.of();
		};
	}

}
