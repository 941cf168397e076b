package io.github.k2connect.webhook;

import java.util.function.Supplier;

import io.github.k2connect.event.K2Event;
import io.github.k2connect.event.K2ResultEvent;
import io.github.k2connect.event.K2WebhookEvent;
import io.github.k2connect.event.UnrecognizedK2Event;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;

/**
 * The observation {@code k2.webhook} of one delivery. Its keys have few values: the topic
 * or type as far as it is known, and the outcome.
 */
final class WebhookObservation {

	private static final String KIND = "k2.kind";

	private static final String OUTCOME = "k2.outcome";

	private final Observation observation;

	private boolean unrecognized;

	private WebhookObservation(Observation observation) {
		this.observation = observation;
	}

	static WebhookObservation start(ObservationRegistry registry) {
		return new WebhookObservation(Observation.createNotStarted("k2.webhook", registry)
			.contextualName("k2 webhook")
			.lowCardinalityKeyValue(KIND, "none")
			.lowCardinalityKeyValue(OUTCOME, "rejected")
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

	void received(K2Event event) {
		this.unrecognized = event instanceof UnrecognizedK2Event;
		this.observation.lowCardinalityKeyValue(KIND, kind(event));
	}

	void dispatched(boolean published) {
		String outcome = this.unrecognized ? "unrecognized" : "published";
		this.observation.lowCardinalityKeyValue(OUTCOME, published ? outcome : "duplicate");
	}

	void failed(Throwable failure) {
		this.observation.lowCardinalityKeyValue(OUTCOME, "failed").error(failure);
	}

	void stop() {
		this.observation.stop();
	}

	private static String kind(K2Event event) {
		if (event instanceof K2WebhookEvent webhook) {
			return webhook.topic();
		}
		return (event instanceof K2ResultEvent result) ? result.type() : "unknown";
	}

}
