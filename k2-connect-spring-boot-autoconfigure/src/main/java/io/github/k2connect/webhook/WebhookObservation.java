package io.github.k2connect.webhook;

import java.util.function.Supplier;

import io.github.k2connect.event.K2Event;
import io.github.k2connect.event.K2ResultEvent;
import io.github.k2connect.event.K2WebhookEvent;
import io.github.k2connect.event.UnrecognizedK2Event;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;

import org.springframework.http.HttpStatus;

/**
 * The observation {@code k2.webhook} of one delivery. Its keys have few values: the
 * account if it is in the configuration, the topic or type as far as it is known, the
 * outcome once there is one, and why a message was rejected.
 */
final class WebhookObservation {

	static final String NAME = "k2.webhook";

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
		return new WebhookObservation(Observation.createNotStarted(NAME, registry)
			.contextualName("k2 webhook")
			.lowCardinalityKeyValue(ACCOUNT, account)
			.lowCardinalityKeyValue(KIND, NONE)
			.lowCardinalityKeyValue(OUTCOME, NONE)
			.lowCardinalityKeyValue(REJECTION, NONE)
			.start());
	}

	<T> T observe(Supplier<T> delivery) {
		try {
			return this.observation.scoped(delivery);
		}
		finally {
			stop();
		}
	}

	HttpStatus rejected(Rejection rejection) {
		outcome(Outcome.REJECTED).lowCardinalityKeyValue(REJECTION, rejection.value());
		return rejection.status();
	}

	void received(K2Event event) {
		this.unrecognized = event instanceof UnrecognizedK2Event;
		this.observation.lowCardinalityKeyValue(KIND, kind(event));
	}

	void reachedListeners() {
		this.reachedListeners = true;
	}

	void dispatched(boolean published) {
		Outcome outcome = this.unrecognized ? Outcome.UNRECOGNIZED : Outcome.PUBLISHED;
		outcome(published ? outcome : Outcome.DUPLICATE);
	}

	/**
	 * Note that a delivery failed. The error is always of the same class, so that the
	 * metric of an outcome is one series.
	 * @return whether it was at the listeners then
	 */
	boolean failed(Throwable failure) {
		outcome(this.reachedListeners ? Outcome.FAILED : Outcome.UNAVAILABLE)
			.error(new DeliveryFailedException(failure));
		return this.reachedListeners;
	}

	void stop() {
		this.observation.stop();
	}

	private Observation outcome(Outcome outcome) {
		return this.observation.lowCardinalityKeyValue(OUTCOME, outcome.value());
	}

	private static String kind(K2Event event) {
		if (event instanceof K2WebhookEvent webhook) {
			return webhook.topic();
		}
		return (event instanceof K2ResultEvent result) ? result.type() : UNKNOWN;
	}

}
