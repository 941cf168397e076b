package io.github.k2connect.reconciliation;

import java.util.Collection;
import java.util.Set;
import java.util.function.UnaryOperator;

import io.github.k2connect.K2Meter;
import io.github.k2connect.K2Meter.Tag;
import io.github.k2connect.ZeroTimers;
import io.github.k2connect.webhook.store.KnownPayments;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

import org.springframework.beans.factory.ObjectProvider;

/**
 * The counters of what no message told of. They and the timers of the handling exist from
 * the start, so that the first increase can raise an alert.
 */
final class MicrometerMissedMeter implements MissedMeter, MeterBinder {

	private final ObjectProvider<MeterRegistry> registries;

	private final Collection<String> accounts;

	private final UnaryOperator<String> observedName;

	/**
	 * Create the meter.
	 * @param registries the registries
	 * @param accounts the names of the accounts in the configuration
	 * @param observedName returns the name of an account in metrics
	 */
	MicrometerMissedMeter(ObjectProvider<MeterRegistry> registries, Collection<String> accounts,
			UnaryOperator<String> observedName) {
		this.registries = registries;
		this.accounts = accounts;
		this.observedName = observedName;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		for (String account : this.accounts) {
			for (String kind : KnownPayments.MISSED_KINDS) {
				counter(registry, account, kind);
			}
			ZeroTimers.ownEvents(Set.of(this.observedName.apply(account)), KnownPayments.MISSED_KINDS).bindTo(registry);
		}
	}

	@Override
	public void missed(String account, String kind, int count) {
		this.registries.ifUnique((registry) -> counter(registry, account, kind).increment(count));
	}

	private Counter counter(MeterRegistry registry, String account, String kind) {
		return Counter.builder(K2Meter.RECONCILIATION_MISSED.asString())
			.description(K2Meter.RECONCILIATION_MISSED.description())
			.tag(Tag.ACCOUNT.asString(), this.observedName.apply(account))
			.tag(Tag.KIND.asString(), kind)
			.register(registry);
	}

}
