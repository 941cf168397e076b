package io.github.k2connect.webhook.endpoint;

import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import io.github.k2connect.K2Meter;
import io.github.k2connect.K2Meter.Tag;
import io.github.k2connect.K2Meter.Value;
import io.github.k2connect.webhook.reception.ReceivedEvent;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * Binder that registers the timers of all possible deliveries at startup. An alert then
 * sees the first delivery of a kind as a rise from zero.
 */
final class WebhookMetrics implements MeterBinder {

	private static final String NONE = Value.NONE.asString();

	private static final String UNKNOWN = Value.UNKNOWN.asString();

	private static final Set<Value> UNVERIFIED = EnumSet.of(Value.BUSY, Value.FAILED, Value.ACCOUNT_UNAVAILABLE);

	private static final Set<Value> DIRECT = EnumSet.of(Value.PUBLISHED, Value.UNRECOGNIZED, Value.DUPLICATE,
			Value.BUSY, Value.FAILED, Value.UNAVAILABLE);

	private static final Set<Value> INBOX = EnumSet.of(Value.ACCEPTED, Value.DUPLICATE, Value.BUSY, Value.UNAVAILABLE);

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
			Stream.of(Value.UNAVAILABLE, Value.PARKED).forEach((outcome) -> handling(registry, NONE, NONE, outcome));
		}
	}

	private void bindTo(MeterRegistry registry, String account) {
		Set<Value> outcomes = this.inbox ? INBOX : DIRECT;
		Set<Value> handling = this.inbox ? K2Meter.HANDLING.outcomes() : Set.of();
		ReceivedEvent.kinds().forEach((kind) -> {
			Value never = kind.equals(UNKNOWN) ? Value.PUBLISHED : Value.UNRECOGNIZED;
			outcomes.stream()
				.filter((outcome) -> outcome != never)
				.forEach((outcome) -> delivery(registry, account, kind, outcome, Value.NONE));
			handling.stream()
				.filter((outcome) -> outcome != never)
				.forEach((outcome) -> handling(registry, account, kind, outcome));
		});
		for (Rejection rejection : Rejection.values()) {
			delivery(registry, account, NONE, Value.REJECTED, rejection.value());
		}
		UNVERIFIED.forEach((outcome) -> delivery(registry, account, NONE, outcome, Value.NONE));
	}

	private static void delivery(MeterRegistry registry, String account, String kind, Value outcome, Value rejection) {
		timer(K2Meter.DELIVERY, account, kind, outcome).tag(Tag.REJECTION.asString(), rejection.asString())
			.register(registry);
	}

	private static void handling(MeterRegistry registry, String account, String kind, Value outcome) {
		timer(K2Meter.HANDLING, account, kind, outcome).register(registry);
	}

	private static Timer.Builder timer(K2Meter meter, String account, String kind, Value outcome) {
		return Timer.builder(meter.asString()).tags(meter.timerTags(account, kind, outcome));
	}

}
