package io.github.k2connect.webhook.reception;

import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import io.github.k2connect.K2Meter;
import io.github.k2connect.K2Meter.Value;
import io.github.k2connect.event.K2Event;
import io.github.k2connect.webhook.reception.EventReceiver.Reception;
import io.github.k2connect.webhook.store.K2EventStore;
import io.micrometer.observation.ObservationRegistry;
import org.apiguardian.api.API;

import org.springframework.context.ApplicationEventPublisher;

/**
 * Publishes an event to the application's listeners, once.
 *
 * @hidden
 */
@API(status = API.Status.INTERNAL)
public final class EventDispatcher {

	private final ApplicationEventPublisher publisher;

	private final K2EventStore store;

	private final UnaryOperator<K2EventStore> transactional;

	private final HandledEventListener listener;

	private final UnaryOperator<String> observedName;

	private final ObservationRegistry observations;

	/**
	 * Create a dispatcher without observations.
	 * @param publisher publishes an event to the listeners, and waits for them
	 * @param store remembers which events were handled
	 */
	public EventDispatcher(ApplicationEventPublisher publisher, K2EventStore store) {
		this(publisher, store, UnaryOperator.identity(), (event) -> {
		}, UnaryOperator.identity(), ObservationRegistry.NOOP);
	}

	/**
	 * Create a dispatcher.
	 * @param publisher publishes an event to the listeners, and waits for them
	 * @param store remembers which events were handled
	 * @param transactional returns the same store, with the transaction of the listeners
	 * @param listener notified after each handling, duplicates included
	 * @param observedName returns the name of an account in metrics
	 * @param observations the registry for the observations of attempts
	 */
	public EventDispatcher(ApplicationEventPublisher publisher, K2EventStore store,
			UnaryOperator<K2EventStore> transactional, HandledEventListener listener,
			UnaryOperator<String> observedName, ObservationRegistry observations) {
		this.publisher = publisher;
		this.store = transactional.apply(store);
		this.transactional = transactional;
		this.listener = listener;
		this.observedName = observedName;
		this.observations = observations;
	}

	/**
	 * Publish the event unless it was published before. Returns when all listeners are
	 * done, and throws what one of them throws; it is published again then.
	 * @param received the event
	 * @param beforeListeners is run before the first listener is called
	 * @return whether it was published now
	 */
	public boolean dispatch(Publication received, Runnable beforeListeners) {
		return dispatch(received, beforeListeners, this.store);
	}

	private boolean dispatch(Publication received, Runnable beforeListeners, K2EventStore store) {
		return LoggingContext.with(received.event(), () -> {
			boolean published = store.handleOnce(received.identity(), () -> {
				beforeListeners.run();
				this.publisher.publishEvent(received.event());
			});
			this.listener.handled(received.event());
			return published;
		});
	}

	/**
	 * Attempt to handle a stored event, in an observation: publish it unless it was
	 * published before. Throws what a listener or the supplier throws.
	 * @param stored reads and decodes the event
	 * @param trace the trace in which the event was stored
	 * @param last whether this is the last attempt
	 * @param store remembers that the event was handled
	 * @return whether it was published now
	 */
	public boolean handle(Supplier<Publication> stored, TraceCarrier trace, boolean last, K2EventStore store) {
		WebhookObservation observation = new WebhookObservation(
				K2Meter.HANDLING.observation(this.observations, trace::receiver), Value.NONE.asString(), last);
		return observation.observe(() -> {
			Publication received = stored.get();
			observation.account(this.observedName.apply(received.identity().account()));
			observation.received(received);
			boolean published = dispatch(received, observation::reachedListeners, this.transactional.apply(store));
			observation.ended(published ? Reception.PUBLISHED : Reception.DUPLICATE);
			return published;
		});
	}

	/**
	 * Listener for events that the application's listeners have handled.
	 */
	@FunctionalInterface
	public interface HandledEventListener {

		/**
		 * Called after an event was handled, by this delivery or an earlier one. Never
		 * throws.
		 * @param event the event
		 */
		void handled(K2Event event);

	}

}
