package io.github.k2connect.followup;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;

import io.github.k2connect.K2Meter;
import io.github.k2connect.event.ResultType;
import io.github.k2connect.webhook.inbox.OwnEventTimers;
import io.github.k2connect.webhook.inbox.OwnEvents;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * Binder that registers the timers of all possible follow-ups, and of the handling of
 * their events, at startup. An alert then sees the first one of a kind as a rise from
 * zero.
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
				.forEach((outcome) -> Timer.builder(K2Meter.FOLLOW_UP.asString())
					.tags(K2Meter.FOLLOW_UP.timerTags(account, kind, outcome))
					.register(registry))));
		OwnEventTimers.register(registry, this.accounts, OwnEvents.UNRESOLVED_REQUEST);
	}

}
