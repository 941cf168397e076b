package io.github.k2connect.webhook;

import java.util.function.Supplier;

import io.github.k2connect.event.UnrecognizedK2Event;
import io.github.k2connect.webhook.EventReceiver.Reception;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.apiguardian.api.API;

import org.springframework.http.HttpStatus;

/**
 * The observation {@code k2.webhook} of one delivery, or {@code k2.webhook.handle} of one
 * attempt to handle an event that was written down. Its keys have few values: the account
 * if it is in the configuration, the topic or type as far as it is known, the outcome
 * once there is one, and why a message was rejected.
 *
 * @hidden
 */
@API(status = API.Status.INTERNAL)
public final class WebhookObservation {

	static final String NAME = "k2.webhook";

	static final String HANDLING = "k2.webhook.handle";

	static final String ACCOUNT = "k2.account";

	static final String KIND = "k2.kind";

	static final String OUTCOME = "k2.outcome";

	static final String REJECTION = "k2.rejection";

	static final String NONE = "none";

	static final String UNKNOWN = "unknown";

	private final Observation observation;

	private boolean unrecognized;

	private boolean reachedListeners;

	private WebhookObservation(Observation observation) {
		this.observation = observation;
	}

	static WebhookObservation start(ObservationRegistry registry, String account) {
		return new WebhookObservation(observation(NAME, "k2 webhook", registry).lowCardinalityKeyValue(ACCOUNT, account)
			.lowCardinalityKeyValue(REJECTION, NONE)
			.start());
	}

	/**
	 * Start to observe an attempt to handle an event that was written down.
	 * @param registry where it is observed
	 * @return the observation
	 */
	public static WebhookObservation startHandling(ObservationRegistry registry) {
		return new WebhookObservation(observation(HANDLING, "k2 webhook handle", registry).start());
	}

	private static Observation observation(String name, String contextualName, ObservationRegistry registry) {
		return Observation.createNotStarted(name, registry)
			.contextualName(contextualName)
			.lowCardinalityKeyValue(ACCOUNT, NONE)
			.lowCardinalityKeyValue(KIND, NONE)
			.lowCardinalityKeyValue(OUTCOME, NONE);
	}

	/**
	 * Note whose event it is.
	 * @param account the name of the account in metrics, one of few
	 */
	public void account(String account) {
		this.observation.lowCardinalityKeyValue(ACCOUNT, account);
	}

	/**
	 * Observe the delivery or the attempt, and stop.
	 * @param <T> the type of its outcome
	 * @param observed what is observed
	 * @return its outcome
	 */
	public <T> T observe(Supplier<T> observed) {
		try {
			return this.observation.scoped(observed);
		}
		finally {
			stop();
		}
	}

	HttpStatus rejected(Rejection rejection) {
		outcome(Outcome.REJECTED).lowCardinalityKeyValue(REJECTION, rejection.value());
		return rejection.status();
	}

	/**
	 * Note which event it is.
	 * @param received the event
	 */
	public void received(ReceivedEvent received) {
		this.unrecognized = received.event() instanceof UnrecognizedK2Event;
		this.observation.lowCardinalityKeyValue(KIND, received.kind());
	}

	/**
	 * Note that the listeners are called.
	 */
	public void reachedListeners() {
		this.reachedListeners = true;
	}

	/**
	 * Note what became of the event.
	 * @param reception what became of it
	 */
	public void ended(Reception reception) {
		outcome(switch (reception) {
			case PUBLISHED -> this.unrecognized ? Outcome.UNRECOGNIZED : Outcome.PUBLISHED;
			case DUPLICATE -> Outcome.DUPLICATE;
			case ACCEPTED -> Outcome.ACCEPTED;
			case BUSY -> Outcome.BUSY;
		});
	}

	/**
	 * Note that a delivery or an attempt failed. The error is always of the same class,
	 * so that the metric of an outcome is one series.
	 * @param failure why
	 * @return whether it was at the listeners then
	 */
	public boolean failed(Throwable failure) {
		outcome(this.reachedListeners ? Outcome.FAILED : Outcome.UNAVAILABLE)
			.error(new DeliveryFailedException(failure));
		return this.reachedListeners;
	}

	/**
	 * Note that the last attempt failed.
	 * @param failure why
	 */
	public void parked(Throwable failure) {
		outcome(Outcome.PARKED).error(new DeliveryFailedException(failure));
	}

	void stop() {
		this.observation.stop();
	}

	private Observation outcome(Outcome outcome) {
		return this.observation.lowCardinalityKeyValue(OUTCOME, outcome.value());
	}

}
