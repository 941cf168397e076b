package io.github.k2connect.webhook;

import java.util.Locale;
import java.util.function.Supplier;

import io.github.k2connect.event.UnrecognizedK2Event;
import io.github.k2connect.webhook.EventReceiver.Reception;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.apiguardian.api.API;

/**
 * The observation {@code k2.webhook} of one delivery, or {@code k2.webhook.handle} of one
 * attempt to handle an event that was written down. Its keys have few values: the topic
 * or type as far as it is known, and the outcome.
 *
 * @hidden
 */
@API(status = API.Status.INTERNAL)
public final class WebhookObservation {

	private static final String KIND = "k2.kind";

	private static final String OUTCOME = "k2.outcome";

	private final Observation observation;

	private boolean unrecognized;

	private WebhookObservation(Observation observation) {
		this.observation = observation;
	}

	static WebhookObservation start(ObservationRegistry registry) {
		return start("k2.webhook", "k2 webhook", "rejected", registry);
	}

	/**
	 * Start to observe an attempt to handle an event that was written down. It counts as
	 * failed until something else is known.
	 * @param registry where it is observed
	 * @return the observation
	 */
	public static WebhookObservation startHandling(ObservationRegistry registry) {
		return start("k2.webhook.handle", "k2 webhook handle", "failed", registry);
	}

	private static WebhookObservation start(String name, String contextualName, String outcome,
			ObservationRegistry registry) {
		return new WebhookObservation(Observation.createNotStarted(name, registry)
			.contextualName(contextualName)
			.lowCardinalityKeyValue(KIND, "none")
			.lowCardinalityKeyValue(OUTCOME, outcome)
			.start());
	}

	/**
	 * Observe the delivery or attempt, and stop.
	 * @param <T> the type of its outcome
	 * @param delivery what is observed
	 * @return its outcome
	 */
	public <T> T observe(Supplier<T> delivery) {
		try {
			return this.observation.scoped(delivery);
		}
		finally {
			stop();
		}
	}

	/**
	 * Say which event it is.
	 * @param received the event
	 */
	public void received(ReceivedEvent received) {
		this.unrecognized = received.event() instanceof UnrecognizedK2Event;
		this.observation.lowCardinalityKeyValue(KIND, received.kind());
	}

	/**
	 * Say what became of it.
	 * @param reception what became of the event
	 */
	public void ended(Reception reception) {
		String outcome = (reception == Reception.PUBLISHED && this.unrecognized) ? "unrecognized"
				: reception.name().toLowerCase(Locale.ROOT);
		this.observation.lowCardinalityKeyValue(OUTCOME, outcome);
	}

	/**
	 * Say that it failed.
	 * @param failure why
	 */
	public void failed(Throwable failure) {
		this.observation.lowCardinalityKeyValue(OUTCOME, "failed").error(failure);
	}

	/**
	 * Say that it failed for the last time, and that the event is parked.
	 * @param failure why
	 */
	public void parked(Throwable failure) {
		this.observation.lowCardinalityKeyValue(OUTCOME, "parked").error(failure);
	}

	void stop() {
		this.observation.stop();
	}

}
