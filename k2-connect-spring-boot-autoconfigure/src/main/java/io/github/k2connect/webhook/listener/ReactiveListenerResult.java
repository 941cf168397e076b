package io.github.k2connect.webhook.listener;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

import org.springframework.core.ReactiveAdapter;
import org.springframework.core.ReactiveAdapterRegistry;

/**
 * The values of a reactive type.
 */
final class ReactiveListenerResult implements ListenerResult, Subscriber<Object> {

	private final List<Object> values = new ArrayList<>();

	private final CompletableFuture<List<Object>> complete = new CompletableFuture<>();

	private volatile @Nullable Subscription subscription;

	private ReactiveListenerResult() {
	}

	static @Nullable ListenerResult of(Object result) {
		ReactiveAdapter adapter = ReactiveAdapterRegistry.getSharedInstance().getAdapter(result.getClass());
		if (adapter == null) {
			return null;
		}
		ReactiveListenerResult values = new ReactiveListenerResult();
		adapter.toPublisher(result).subscribe(values);
		return values;
	}

	@Override
	public List<?> get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
		return this.complete.get(timeout, unit);
	}

	@Override
	public void abandon() {
		Subscription current = this.subscription;
		if (current != null) {
			current.cancel();
		}
	}

	@Override
	public void onSubscribe(Subscription subscription) {
		this.subscription = subscription;
		subscription.request(Long.MAX_VALUE);
	}

	@Override
	public void onNext(Object value) {
		this.values.add(value);
	}

	@Override
	public void onError(Throwable failure) {
		this.complete.completeExceptionally(failure);
	}

	@Override
	public void onComplete() {
		this.complete.complete(this.values);
	}

}
