package io.github.k2connect.followup;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.github.k2connect.K2Meter;
import io.github.k2connect.K2Meter.Value;
import io.github.k2connect.ZeroTimers;
import io.github.k2connect.event.ResultType;
import io.github.k2connect.webhook.inbox.OwnEvents;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the timers of follow-ups that are registered at the start.
 */
class FollowUpTimersTests {

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	@BeforeEach
	void bind() {
		ZeroTimers
			.followUps(List.of("default", "kiosk"), Arrays.stream(ResultType.values()).map(ResultType::value).toList(),
					OwnEvents.UNRESOLVED_REQUEST)
			.bindTo(this.registry);
	}

	private Timer timer(String account, String kind, String outcome, String error) {
		return this.registry.get("k2.follow-up")
			.tags("k2.account", account, "k2.kind", kind, "k2.outcome", outcome, "error", error)
			.timer();
	}

	@Test
	void registersTimersOfAllAccountsTypesAndOutcomes() {
		assertThat(this.registry.get("k2.follow-up").timers())
			.hasSize(2 * ResultType.values().length * K2Meter.FOLLOW_UP.outcomes().size());
		assertThat(timer("default", "incoming_payment", "resolved", "none").count()).isZero();
		assertThat(timer("kiosk", "payment_link", "unresolved", "none").count()).isZero();
	}

	@Test
	void registersTimersOfHandlingOfUnresolvedRequests() {
		Set<Value> outcomes = new HashSet<>(K2Meter.HANDLING.outcomes());
		outcomes.remove(Value.UNRECOGNIZED);
		for (Value outcome : outcomes) {
			assertThat(this.registry.get("k2.webhook.handle")
				.tags("k2.account", "kiosk", "k2.kind", "unresolved_request", "k2.outcome", outcome.asString())
				.timer()
				.count()).isZero();
		}
	}

	@Test
	void failureHasError() {
		assertThat(timer("kiosk", "incoming_payment", "failed", "FollowUpFailedException").count()).isZero();
		assertThat(this.registry.find("k2.follow-up").tags("k2.outcome", "failed", "error", "none").timers()).isEmpty();
	}

}
