package io.github.k2connect.webhook;

import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

import io.github.k2connect.event.EventDecoder;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.apiguardian.api.API;

/**
 * Binder that registers the timers of all possible deliveries at startup. An alert then
 * sees the first delivery of a kind as a rise from zero.
 *
 * @hidden
 */
@API(status = API.Status.INTERNAL)
public final class WebhookMetrics implements MeterBinder {

	private final Collection<String> accounts;

	/**
	 * Create the binder.
	 * @param accounts the names of the accounts in metrics
	 */
	public WebhookMetrics(Collection<String> accounts) {
		this.accounts = List.copyOf(accounts);
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		this.accounts.forEach((account) -> bindTo(registry, account));
	}

	private static void bindTo(MeterRegistry registry, String account) {
		for (String kind : EventDecoder.kinds()) {
			Stream.of(Outcome.PUBLISHED, Outcome.DUPLICATE, Outcome.BUSY)
				.forEach((outcome) -> register(registry, account, kind, outcome));
			registerFailures(registry, account, kind);
		}
		Stream.of(Outcome.UNRECOGNIZED, Outcome.DUPLICATE, Outcome.BUSY)
			.forEach((outcome) -> register(registry, account, WebhookObservation.UNKNOWN, outcome));
		registerFailures(registry, account, WebhookObservation.UNKNOWN);
		Stream.of(Outcome.FAILED, Outcome.ACCOUNT_UNAVAILABLE)
			.forEach((outcome) -> registerFailure(registry, account, WebhookObservation.NONE, outcome));
		register(registry, account, WebhookObservation.NONE, Outcome.BUSY);
		for (Rejection rejection : Rejection.values()) {
			register(registry, account, WebhookObservation.NONE, Outcome.REJECTED, rejection.value(),
					WebhookObservation.NONE);
		}
	}

	private static void register(MeterRegistry registry, String account, String kind, Outcome outcome) {
		register(registry, account, kind, outcome, WebhookObservation.NONE, WebhookObservation.NONE);
	}

	private static void registerFailures(MeterRegistry registry, String account, String kind) {
		Stream.of(Outcome.FAILED, Outcome.UNAVAILABLE)
			.forEach((outcome) -> registerFailure(registry, account, kind, outcome));
	}

	private static void registerFailure(MeterRegistry registry, String account, String kind, Outcome outcome) {
		register(registry, account, kind, outcome, WebhookObservation.NONE,
				DeliveryFailedException.class.getSimpleName());
	}

	private static void register(MeterRegistry registry, String account, String kind, Outcome outcome, String rejection,
			String error) {
		Timer.builder(WebhookObservation.NAME)
			.tags(Tags.of(WebhookObservation.ACCOUNT, account, WebhookObservation.KIND, kind,
					WebhookObservation.OUTCOME, outcome.value(), WebhookObservation.REJECTION, rejection, "error",
					error))
			.register(registry);
	}

}
