package io.github.k2connect.reconciliation;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

import io.github.k2connect.json.JsonBody;
import io.github.k2connect.json.JsonObject;

/**
 * A poll that was started.
 *
 * @param period the period that is polled
 * @param location the URL of the poll
 * @param startedAt when it was started
 * @param delay the delay before the next status request
 */
record Poll(Period period, URI location, Instant startedAt, Duration delay) {

	private static final Duration FIRST_DELAY = Duration.ofSeconds(1);

	private static final Duration LONGEST_DELAY = Duration.ofSeconds(10);

	static Poll started(Period period, URI location, Instant now) {
		return new Poll(period, location, now, FIRST_DELAY);
	}

	Poll asked() {
		Duration next = this.delay.multipliedBy(3).dividedBy(2);
		return new Poll(this.period, this.location, this.startedAt,
				(next.compareTo(LONGEST_DELAY) < 0) ? next : LONGEST_DELAY);
	}

	JsonBody toJson() {
		return new JsonBody().put("period", this.period.toJson())
			.putText("location", this.location)
			.putText("startedAt", this.startedAt)
			.putText("delay", this.delay);
	}

	static Poll read(JsonObject json) {
		return new Poll(Period.read(json.object("period")), Objects.requireNonNull(json.uri("location")),
				Objects.requireNonNull(json.instant("startedAt")), Duration.parse(json.requiredText("delay")));
	}

}
