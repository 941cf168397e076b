package io.github.k2connect.followup;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;

import io.github.k2connect.K2Meter;
import io.github.k2connect.K2Meter.Tag;
import io.github.k2connect.K2Meter.Value;
import io.github.k2connect.event.ResultType;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * Binder that registers the timers of all possible follow-ups at startup. An alert then
 * sees the first one of a kind as a rise from zero.
 */
final class FollowUpMetrics implements MeterBinder {

	private final Collection<String> accounts;

	/**
	 * Create the binder.
	 * @param accounts the names of the accounts in metrics
	 */
	FollowUpMetrics(Collection<String> accounts) {
		this.accounts = List.copyOf(accounts);
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		this.accounts.forEach((account) -> Arrays.stream(ResultType.values())
			.map(ResultType::value)
			.forEach((kind) -> K2Meter.FOLLOW_UP.outcomes()
				.forEach((outcome) -> register(registry, account, kind, outcome))));
	}

	private static void register(MeterRegistry registry, String account, String kind, Value outcome) {
		Timer.builder(K2Meter.FOLLOW_UP.asString())
			.tag(Tag.ACCOUNT.asString(), account)
			.tag(Tag.KIND.asString(), kind)
			.tag(Tag.OUTCOME.asString(), outcome.asString())
			.tag("error",
					(outcome == Value.FAILED) ? FollowUpFailedException.class.getSimpleName() : Value.NONE.asString())
			.register(registry);
	}

}
