package io.github.k2connect.test;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import io.github.k2connect.event.StkFailureReason;
import io.github.k2connect.event.StkPushResult;
import io.github.k2connect.webhook.SignatureVerifier;
import io.github.k2connect.webhook.WebhookParser;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SimulatedPhoneNumber}.
 */
class SimulatedPhoneNumberTests extends SimulatorTestSupport {

	@Test
	void everyFailureReasonHasNumber() throws Exception {
		List<String> numbers = List.of(SimulatedPhoneNumber.INSUFFICIENT_BALANCE, SimulatedPhoneNumber.CANCELS,
				SimulatedPhoneNumber.WRONG_PIN, SimulatedPhoneNumber.UNREACHABLE, SimulatedPhoneNumber.EXPIRES,
				SimulatedPhoneNumber.BUSY, SimulatedPhoneNumber.FAILS);
		List<StkFailureReason> reasons = new ArrayList<>();
		for (String number : numbers) {
			this.caller.create("/api/v1/incoming_payments", Bodies.incomingPayment(number));
			RecordingApplication.Delivery delivery = this.application.next();
			StkPushResult result = (StkPushResult) new WebhookParser(
					new SignatureVerifier(this.simulator.apiKey(), List.of()))
				.parse(delivery.bytes(), delivery.signature());
			reasons.add(result.failureReason());
		}
		assertThat(reasons).containsExactly(StkFailureReason.INSUFFICIENT_BALANCE, StkFailureReason.CANCELLED,
				StkFailureReason.WRONG_PIN, StkFailureReason.UNREACHABLE, StkFailureReason.EXPIRED,
				StkFailureReason.BUSY, StkFailureReason.OTHER);
		assertThat(Set.copyOf(reasons)).isEqualTo(EnumSet.allOf(StkFailureReason.class));
	}

}
