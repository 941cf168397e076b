package io.github.k2connect.webhook.listener;

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
 * The asynchronous result of a listener.
 */
interface ListenerResult {

	/**
	 * Whether reactive types are on the class path.
	 */
	boolean REACTIVE_STREAMS_PRESENT = ClassUtils.isPresent("org.reactivestreams.Publisher",
			ListenerResult.class.getClassLoader());

	/**
	 * Wait for the listener.
	 * @return the values of the listener
	 */
	List<?> get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException;

	/**
	 * Cancel the wait for the listener. A listener with its own thread is not
	 * interrupted.
	 */
	default void abandon() {
	}

	/**
	 * Return the asynchronous result of a listener.
	 * @param result the value that the listener returned
	 * @return the result, or {@code null} if it is not asynchronous
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
