package io.github.k2connect.autoconfigure.actuate;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

import io.github.k2connect.account.K2Accounts;
import io.github.k2connect.webhook.inbox.K2Inbox;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Health indicator that is down while Kopo Kopo rejects the credentials of an account. It
 * never calls Kopo Kopo.
 */
final class K2HealthIndicator extends AbstractHealthIndicator {

	private final K2Accounts accounts;

	private final WorkMonitor work;

	private final K2HealthProperties properties;

	private final Clock clock;

	/**
	 * Create the indicator.
	 * @param accounts the accounts
	 * @param work the work in the database
	 * @param properties the settings
	 * @param clock the clock for the age of events
	 */
	K2HealthIndicator(K2Accounts accounts, WorkMonitor work, K2HealthProperties properties, Clock clock) {
		super("The health of k2-connect is unknown");
		this.accounts = accounts;
		this.work = work;
		this.properties = properties;
		this.clock = clock;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		builder.up();
		if (this.work.hasInbox() || this.work.hasFollowUps()) {
			this.work.recent()
				.ifPresentOrElse((work) -> report(builder, work),
						() -> builder.withDetail("database", "does not respond"));
		}
		Map<String, String> tokens = new LinkedHashMap<>();
		this.accounts.tokenStatuses()
			.forEach((account, status) -> tokens.put(account, status.refused() ? "refused" : "ok"));
		if (tokens.containsValue("refused")) {
			builder.down();
		}
		builder.withDetail("tokens", tokens);
	}

	private void report(Health.Builder builder, StoredWork work) {
		K2Inbox.State inbox = work.inbox();
		if (inbox != null) {
			builder.withDetail("inbox", details(inbox));
			if (this.properties.inboxAffectsStatus() && (inbox.parked() > 0 || isTooOld(inbox.oldestWaiting()))) {
				builder.outOfService();
			}
		}
		if (work.followUps() != null) {
			builder.withDetail("followUps", work.followUps());
		}
	}

	private static Map<String, Object> details(K2Inbox.State inbox) {
		Map<String, Object> details = new LinkedHashMap<>();
		details.put("waiting", inbox.waiting());
		if (inbox.oldestWaiting() != null) {
			details.put("oldestWaiting", inbox.oldestWaiting());
		}
		details.put("parked", inbox.parked());
		return details;
	}

	private boolean isTooOld(@Nullable Instant receivedAt) {
		return receivedAt != null
				&& Duration.between(receivedAt, this.clock.instant()).compareTo(this.properties.maxInboxAge()) > 0;
	}

}
