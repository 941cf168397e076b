package io.github.k2connect.webhook.inbox;

import java.util.Collection;

import io.github.k2connect.K2Meter;
import io.github.k2connect.K2Meter.Value;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import org.apiguardian.api.API;

/**
 * The timers of the handling of events that k2-connect creates itself, so that an alert
 * sees the first one of a kind as a rise from zero.
 *
 * @hidden
 */
@API(status = API.Status.INTERNAL)
public final class OwnEventTimers {

	private OwnEventTimers() {
	}

	/**
	 * Register the timers of a kind.
	 * @param registry the registry
	 * @param accounts the names of the accounts in metrics
	 * @param kind the kind of the events
	 */
	public static void register(MeterRegistry registry, Collection<String> accounts, String kind) {
		accounts.forEach((account) -> K2Meter.HANDLING.outcomes()
			.stream()
			.filter((outcome) -> outcome != Value.UNRECOGNIZED)
			.forEach((outcome) -> Timer.builder(K2Meter.HANDLING.asString())
				.tags(K2Meter.HANDLING.timerTags(account, kind, outcome))
				.register(registry)));
	}

}
