package io.github.k2connect.sample.payment;

import java.util.List;

import io.github.k2connect.sample.order.FailureReason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link FailureReasons}.
 */
class FailureReasonsTests {

	@ParameterizedTest
	@CsvSource({ "The balance is insufficient for the transaction, INSUFFICIENT_BALANCE",
			"INSUFFICIENT FUNDS, INSUFFICIENT_BALANCE", "Request cancelled by user, CANCELLED",
			"Request Canceled by the subscriber, CANCELLED", "DS timeout user cannot be reached, NO_ANSWER",
			"The request timed out, NO_ANSWER", "No response from user, NO_ANSWER",
			"The initiator information is invalid, DECLINED" })
	void aSentenceOfMpesaIsRead(String error, FailureReason reason) {
		assertThat(FailureReasons.of(List.of(error))).isEqualTo(reason);
	}

	@Test
	void aFailureWithoutASentenceIsADecline() {
		assertThat(FailureReasons.of(List.of())).isEqualTo(FailureReason.DECLINED);
	}

	@Test
	void severalSentencesAreReadTogether() {
		assertThat(FailureReasons.of(List.of("Rejected", "Cancelled by user"))).isEqualTo(FailureReason.CANCELLED);
	}

}
