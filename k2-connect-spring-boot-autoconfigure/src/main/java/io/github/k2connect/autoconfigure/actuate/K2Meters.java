package io.github.k2connect.autoconfigure.actuate;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

import io.github.k2connect.K2Meter;
import io.github.k2connect.K2Meter.Tag;
import io.github.k2connect.ZeroTimers;
import io.github.k2connect.account.K2Accounts;
import io.github.k2connect.token.TokenStatus;
import io.github.k2connect.webhook.inbox.K2Inbox;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.jspecify.annotations.Nullable;

/**
 * Binder for the gauges of k2-connect. It also registers the timers of requests for
 * tokens, so that alerts see 0 before the first one.
 */
final class K2Meters implements MeterBinder {

	private final K2Accounts accounts;

	private final WorkMonitor work;

	private final Clock clock;

	K2Meters(K2Accounts accounts, WorkMonitor work, Clock clock) {
		this.accounts = accounts;
		this.work = work;
		this.clock = clock;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		if (this.work.hasInbox()) {
			gauge(K2Meter.INBOX_WAITING, inbox(K2Inbox.State::waiting)).register(registry);
			gauge(K2Meter.INBOX_PARKED, inbox(K2Inbox.State::parked)).register(registry);
			gauge(K2Meter.INBOX_OLDEST_AGE, inbox((state) -> age(state.oldestWaiting()))).baseUnit("seconds")
				.register(registry);
		}
		if (this.work.hasFollowUps()) {
			gauge(K2Meter.FOLLOW_UP_WAITING, () -> this.work.recent().map(StoredWork::followUps).orElse(null))
				.register(registry);
		}
		if (this.work.hasKeys()) {
			gauge(K2Meter.IDEMPOTENCY_KEYS_UNRESOLVED,
					() -> this.work.recent().map(StoredWork::keysInDoubt).orElse(null))
				.register(registry);
		}
		Set<String> accounts = this.accounts.tokenStatuses().keySet();
		accounts.forEach((account) -> bindToken(registry, account));
		ZeroTimers.tokenRequests(accounts).bindTo(registry);
	}

	private void bindToken(MeterRegistry registry, String account) {
		gauge(K2Meter.TOKEN_REMAINING, () -> remaining(account)).tag(Tag.ACCOUNT.asString(), account)
			.baseUnit("seconds")
			.register(registry);
	}

	private static Gauge.Builder<Supplier<@Nullable Number>> gauge(K2Meter meter, Supplier<@Nullable Number> value) {
		return Gauge.builder(meter.asString(), value, K2Meters::valueOf)
			.description(meter.description())
			.strongReference(true);
	}

	private static double valueOf(Supplier<@Nullable Number> value) {
		Number number = value.get();
		return (number != null) ? number.doubleValue() : Double.NaN;
	}

	private Supplier<@Nullable Number> inbox(Function<K2Inbox.State, Number> value) {
		return () -> this.work.recent().map(StoredWork::inbox).map(value).orElse(null);
	}

	private double age(@Nullable Instant oldest) {
		return (oldest != null) ? Math.max(0, seconds(Duration.between(oldest, this.clock.instant()))) : 0;
	}

	private @Nullable Number remaining(String account) {
		TokenStatus status = this.accounts.tokenStatuses().get(account);
		return (status != null && status.expiresAt() != null)
				? seconds(Duration.between(this.clock.instant(), status.expiresAt())) : null;
	}

	private static double seconds(Duration duration) {
		return duration.toMillis() / 1000.0;
	}

}
