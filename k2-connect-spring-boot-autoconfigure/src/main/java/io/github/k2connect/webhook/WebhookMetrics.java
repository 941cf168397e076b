package io.github.k2connect.webhook;

import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * Binder that registers the timers of all possible deliveries at startup. An alert then
 * sees the first delivery of a kind as a rise from zero.
 */
final class WebhookMetrics implements MeterBinder {

	private static final Set<Outcome> FAILURES = EnumSet.of(Outcome.FAILED, Outcome.UNAVAILABLE,
			Outcome.ACCOUNT_UNAVAILABLE, Outcome.PARKED);

	private static final Set<Outcome> UNVERIFIED = EnumSet.of(Outcome.BUSY, Outcome.FAILED,
			Outcome.ACCOUNT_UNAVAILABLE);

	private static final Set<Outcome> DIRECT = EnumSet.of(Outcome.PUBLISHED, Outcome.DUPLICATE, Outcome.BUSY,
			Outcome.FAILED, Outcome.UNAVAILABLE);

	private static final Set<Outcome> INBOX = EnumSet.of(Outcome.ACCEPTED, Outcome.DUPLICATE, Outcome.BUSY,
			Outcome.UNAVAILABLE);

	private static final Set<Outcome> HANDLING = EnumSet.of(Outcome.PUBLISHED, Outcome.DUPLICATE, Outcome.FAILED,
			Outcome.UNAVAILABLE, Outcome.PARKED);

	private final Collection<String> accounts;

	private final boolean inbox;

	/**
	 * Create the binder.
	 * @param accounts the names of the accounts in metrics
	 * @param inbox whether events are stored in the inbox and handled later
	 */
	WebhookMetrics(Collection<String> accounts, boolean inbox) {
		this.accounts = List.copyOf(accounts);
		this.inbox = inbox;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		this.accounts.forEach((account) -> bindTo(registry, account));
		if (this.inbox) {
			Stream.of(Outcome.UNAVAILABLE, Outcome.PARKED)
				.forEach((outcome) -> handling(registry, WebhookObservation.NONE, WebhookObservation.NONE, outcome));
		}
	}

	private void bindTo(MeterRegistry registry, String account) {
		Set<Outcome> outcomes = this.inbox ? INBOX : DIRECT;
		Set<Outcome> handling = this.inbox ? HANDLING : Set.of();
		Stream.concat(EventDecoder.kinds().stream(), Stream.of(WebhookObservation.UNKNOWN)).forEach((kind) -> {
			outcomes
				.forEach((outcome) -> delivery(registry, account, kind, of(kind, outcome), WebhookObservation.NONE));
			handling.forEach((outcome) -> handling(registry, account, kind, of(kind, outcome)));
		});
		for (Rejection rejection : Rejection.values()) {
			delivery(registry, account, WebhookObservation.NONE, Outcome.REJECTED, rejection.value());
		}
		UNVERIFIED.forEach(
				(outcome) -> delivery(registry, account, WebhookObservation.NONE, outcome, WebhookObservation.NONE));
	}

	private static Outcome of(String kind, Outcome outcome) {
		return (outcome == Outcome.PUBLISHED && kind.equals(WebhookObservation.UNKNOWN)) ? Outcome.UNRECOGNIZED
				: outcome;
	}

	private static void delivery(MeterRegistry registry, String account, String kind, Outcome outcome,
			String rejection) {
		timer(WebhookObservation.NAME, account, kind, outcome).tag(WebhookObservation.REJECTION, rejection)
			.register(registry);
	}

	private static void handling(MeterRegistry registry, String account, String kind, Outcome outcome) {
		timer(WebhookObservation.HANDLING, account, kind, outcome).register(registry);
	}

	private static Timer.Builder timer(String name, String account, String kind, Outcome outcome) {
		return Timer.builder(name)
			.tags(WebhookObservation.ACCOUNT, account, WebhookObservation.KIND, kind, WebhookObservation.OUTCOME,
					outcome.value(), "error", FAILURES.contains(outcome) ? DeliveryFailedException.class.getSimpleName()
							: WebhookObservation.NONE);
	}

}
