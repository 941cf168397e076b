package io.github.k2connect.webhook.listener;

import java.lang.reflect.Method;
import java.lang.reflect.UndeclaredThrowableException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

import io.github.k2connect.event.K2Event;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEvent;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.context.event.ApplicationListenerMethodAdapter;

/**
 * Adapter for a listener method. If the event is one of k2-connect, it waits for the
 * asynchronous result of the method.
 */
final class K2EventListenerAdapter extends ApplicationListenerMethodAdapter {

	private final Duration timeout;

	private final boolean onlyK2Events;

	K2EventListenerAdapter(String beanName, Class<?> type, Method method, Duration timeout) {
		super(beanName, type, method);
		this.timeout = timeout;
		this.onlyK2Events = ListenedTypes.of(method).areK2Events();
	}

	/**
	 * Return {@code false} if the method accepts only events of k2-connect. It then runs
	 * on the thread of the delivery, even if the multicaster has a task executor.
	 */
	@Override
	public boolean supportsAsyncExecution() {
		return !this.onlyK2Events;
	}

	@Override
	public void processEvent(ApplicationEvent event) {
		if (!(event instanceof PayloadApplicationEvent<?> payload && payload.getPayload() instanceof K2Event)) {
			super.processEvent(event);
			return;
		}
		try {
			process(event);
		}
		catch (Throwable ex) {
			Delivery.failed(payload.getPayload(), ex);
			throw ex;
		}
	}

	private void process(ApplicationEvent event) {
		if (shouldHandle(event)) {
			@Nullable Object @Nullable [] arguments = resolveArguments(event);
			Object result = (arguments != null) ? invoke(arguments) : null;
			if (result != null) {
				handle(result);
			}
		}
	}

	/**
	 * Invoke the listener. Spring Framework wraps errors and checked exceptions in an
	 * exception whose message contains the event, with the customer's name and phone
	 * number. That exception is unwrapped here.
	 */
	private @Nullable Object invoke(@Nullable Object[] arguments) {
		try {
			return doInvoke(arguments);
		}
		catch (UndeclaredThrowableException ex) {
			throw unchecked(ex.getUndeclaredThrowable());
		}
	}

	/**
	 * Publish the result of the listener as Spring Framework does, but on the thread of
	 * the delivery.
	 */
	private void handle(Object result) {
		ListenerResult pending = ListenerResult.of(result);
		if (pending != null) {
			await(pending).forEach(this::handle);
		}
		else if (result instanceof Object[] several) {
			Stream.of(several).filter(Objects::nonNull).forEach(this::handle);
		}
		else if (result instanceof Collection<?> several) {
			several.stream().filter(Objects::nonNull).forEach(this::handle);
		}
		else {
			handleResult(result);
		}
	}

	private List<?> await(ListenerResult pending) {
		try {
			return pending.get(Delivery.remaining(this.timeout).toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (ExecutionException ex) {
			throw unchecked((ex.getCause() != null) ? ex.getCause() : ex);
		}
		catch (TimeoutException ex) {
			pending.abandon();
			throw new IllegalStateException("Listener " + getListenerId()
					+ " did not finish in time: all listeners of a message together have " + this.timeout, ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while waiting for listener " + getListenerId(), ex);
		}
	}

	private RuntimeException unchecked(Throwable failure) {
		if (failure instanceof Error error) {
			throw error;
		}
		return (failure instanceof RuntimeException runtimeException) ? runtimeException
				: new UndeclaredThrowableException(failure, "Listener " + getListenerId() + " failed");
	}

}
