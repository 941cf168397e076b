package io.github.k2connect.webhook;

import java.util.stream.Stream;

import io.github.k2connect.event.EventDecoder;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.apiguardian.api.API;

/**
 * Registers the timers of all deliveries that there may be, so that an alert sees the
 * first one of its kind as a rise from zero.
 *
 * @hidden
 */
@API(status = API.Status.INTERNAL)
public final class WebhookMetrics implements MeterBinder {

	@Override
	public void bindTo(MeterRegistry registry) {
		for (String kind : EventDecoder.kinds()) {
			Stream.of(Outcome.PUBLISHED, Outcome.DUPLICATE).forEach((outcome) -> register(registry, kind, outcome));
			registerFailures(registry, kind);
		}
		Stream.of(Outcome.UNRECOGNIZED, Outcome.DUPLICATE)
			.forEach((outcome) -> register(registry, WebhookObservation.UNKNOWN, outcome));
		registerFailures(registry, WebhookObservation.UNKNOWN);
		for (Rejection rejection : Rejection.values()) {
			register(registry, WebhookObservation.NONE, Outcome.REJECTED, rejection.value(), WebhookObservation.NONE);
		}
	}

	private static void register(MeterRegistry registry, String kind, Outcome outcome) {
		register(registry, kind, outcome, WebhookObservation.NONE, WebhookObservation.NONE);
	}

	private static void registerFailures(MeterRegistry registry, String kind) {
		Stream.of(Outcome.FAILED, Outcome.UNAVAILABLE)
			.forEach((outcome) -> register(registry, kind, outcome, WebhookObservation.NONE,
					DeliveryFailedException.class.getSimpleName()));
	}

	private static void register(MeterRegistry registry, String kind, Outcome outcome, String rejection, String error) {
		Timer.builder(WebhookObservation.NAME)
			.tags(Tags.of(WebhookObservation.KIND, kind, WebhookObservation.OUTCOME, outcome.value(),
					WebhookObservation.REJECTION, rejection, "error", error))
			.register(registry);
	}

}
