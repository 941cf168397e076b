package io.github.k2connect.event;

import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link StkFailureReason}.
 */
class StkFailureReasonTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			The balance is insufficient for the transaction.              | INSUFFICIENT_BALANCE
			INSUFFICIENT FUNDS                                            | INSUFFICIENT_BALANCE
			Request cancelled by user                                     | CANCELLED
			Request Canceled by the subscriber                            | CANCELLED
			The customer did not authorize the transaction                | CANCELLED
			The initiator information is invalid.                         | WRONG_PIN
			Wrong PIN                                                     | WRONG_PIN
			Invalid PIN entered                                           | WRONG_PIN
			DS timeout user cannot be reached                             | UNREACHABLE
			The phone could not be reached                                | UNREACHABLE
			No response from user                                         | EXPIRED
			DS timeout.                                                   | EXPIRED
			The request timed out                                         | EXPIRED
			Request time out                                              | EXPIRED
			Transaction expired                                           | EXPIRED
			The customer took too long                                    | EXPIRED
			Unable to lock subscriber, a transaction is already in process for the current subscriber | BUSY
			A transaction is already in process                           | BUSY
			Duplicate transaction detected                                | BUSY
			System busy. The service request is rejected.                 | BUSY
			Some new sentence                                             | OTHER
			The account balance cannot be shown                           | OTHER
			''                                                            | OTHER
			""")
	void findsReasonInMpesaError(String error, StkFailureReason reason) {
		assertThat(failed(error).failureReason()).isEqualTo(reason);
		assertThat(failed(error.toUpperCase(Locale.ROOT)).failureReason()).isEqualTo(reason);
	}

	@Test
	void ignoresLanguageOfMachine() {
		Locale before = Locale.getDefault();
		try {
			Locale.setDefault(Locale.forLanguageTag("tr"));
			assertThat(failed("INSUFFICIENT FUNDS").failureReason()).isEqualTo(StkFailureReason.INSUFFICIENT_BALANCE);
		}
		finally {
			Locale.setDefault(before);
		}
	}

	@Test
	void returnsFirstKnownErrorOfSeveral() {
		assertThat(failed("Rejected", "Wrong PIN", "Request cancelled by user").failureReason())
			.isEqualTo(StkFailureReason.WRONG_PIN);
	}

	@Test
	void returnsOtherForUnknownError() {
		assertThat(failed().failureReason()).isEqualTo(StkFailureReason.OTHER);
		assertThat(failed("Rejected", "Declined").failureReason()).isEqualTo(StkFailureReason.OTHER);
	}

	@ParameterizedTest
	@NullSource
	@ValueSource(strings = { "Success", "Pending", "Something new" })
	void returnsNullUnlessFailed(String status) {
		assertThat(result(status, "Wrong PIN").failureReason()).isNull();
	}

	private static StkPushResult failed(String... errors) {
		return result("Failed", errors);
	}

	private static StkPushResult result(String status, String... errors) {
		ResultEnvelope envelope = new ResultEnvelope("ip-1", K2Event.DEFAULT_ACCOUNT, "incoming_payment", status, null,
				null);
		return new StkPushResult(envelope, null, null, null, List.of(errors), Map.of());
	}

}
