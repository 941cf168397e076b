package io.github.k2connect.webhook;

import java.util.function.Supplier;

import io.github.k2connect.event.UnrecognizedK2Event;
import io.github.k2connect.webhook.EventReceiver.ReceivedEvent;
import io.github.k2connect.webhook.EventReceiver.Reception;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.apiguardian.api.API;

import org.springframework.http.HttpStatus;

/**
 * The observation {@code k2.webhook} of a delivery, or {@code k2.webhook.handle} of an
 * attempt to handle a stored event. Its keys are the configured account, the known topic
 * or type, the outcome, and the reason of a rejection. Each has a limited number of
 * values.
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

	private boolean failed;

	private WebhookObservation(Observation observation) {
		this.observation = observation;
	}

	static WebhookObservation start(ObservationRegistry registry, String account) {
		return new WebhookObservation(observation(NAME, "k2 webhook", registry).lowCardinalityKeyValue(ACCOUNT, account)
			.lowCardinalityKeyValue(REJECTION, NONE)
			.start());
	}

	/**
	 * Start the observation of an attempt to handle a stored event.
	 * @param registry the observation registry
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
	 * Record the account.
	 * @param account the name of the account in metrics
	 */
	public void account(String account) {
		this.observation.lowCardinalityKeyValue(ACCOUNT, account);
	}

	/**
	 * Run the delivery or the attempt in this observation, and stop it. An exception that
	 * was not recorded before is recorded as a failure.
	 * @param <T> the type of the result
	 * @param observed the delivery or the attempt
	 * @return its result
	 */
	public <T> T observe(Supplier<T> observed) {
		try {
			return scoped(observed);
		}
		finally {
			stop();
		}
	}

	/**
	 * Run a part of the delivery in this observation.
	 */
	<T> T scoped(Supplier<T> part) {
		Observation.Scope scope = this.observation.openScope();
		try {
			return part.get();
		}
		catch (Throwable ex) {
			if (!this.failed) {
				failed(ex);
			}
			throw ex;
		}
		finally {
			scope.close();
		}
	}

	HttpStatus rejected(Rejection rejection) {
		outcome(Outcome.REJECTED).lowCardinalityKeyValue(REJECTION, rejection.value());
		return rejection.status();
	}

	/**
	 * Record the event.
	 * @param received the event
	 */
	public void received(ReceivedEvent received) {
		this.unrecognized = received.event() instanceof UnrecognizedK2Event;
		this.observation.lowCardinalityKeyValue(KIND, received.kind());
	}

	/**
	 * Record that the listeners are called.
	 */
	public void reachedListeners() {
		this.reachedListeners = true;
	}

	/**
	 * Record the outcome of the event.
	 * @param reception the outcome
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
	 * Record that a delivery or an attempt failed. The error always has the same class,
	 * so that each outcome has one time series.
	 * @param failure the failure
	 * @return whether the listeners had been called
	 */
	public boolean failed(Throwable failure) {
		failed(this.reachedListeners ? Outcome.FAILED : Outcome.UNAVAILABLE, failure);
		return this.reachedListeners;
	}

	/**
	 * Record a failure with its outcome.
	 */
	void failed(Outcome outcome, Throwable failure) {
		this.failed = true;
		outcome(outcome).error(new DeliveryFailedException(failure));
	}

	/**
	 * Record that the last attempt failed.
	 * @param failure the failure
	 */
	public void parked(Throwable failure) {
		failed(Outcome.PARKED, failure);
	}

	void stop() {
		this.observation.stop();
	}

	private Observation outcome(Outcome outcome) {
		return this.observation.lowCardinalityKeyValue(OUTCOME, outcome.value());
	}

}
