package io.github.k2connect.event;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Outcome}: the meaning of the statuses of Kopo Kopo.
 */
class OutcomeTests {

	@ParameterizedTest
	@ValueSource(strings = { "Success", "Processed", "Transferred", "Approved", "Active", "Paid", "Complete", "SUCCESS",
			" success " })
	void isSuccessfulForSuccessfulStatus(String status) {
		assertOutcome(payment(status), Outcome.SUCCESSFUL);
	}

	@ParameterizedTest
	@ValueSource(strings = { "Failed", "Cancelled", "Rejected", "Reversed", "Expired", "failed" })
	void isFailedForFailedStatus(String status) {
		assertOutcome(payment(status), Outcome.FAILED);
	}

	@ParameterizedTest
	@NullSource
	@ValueSource(strings = { "", "Pending", "Received", "Scheduled", "Sleeping", "Unsuccessful", "Not Failed" })
	void isPendingForAnyOtherStatus(@Nullable String status) {
		assertOutcome(payment(status), Outcome.PENDING);
	}

	@ParameterizedTest
	@CsvSource(nullValues = "null", textBlock = """
			Received,  null,        PENDING
			Scheduled, null,        PENDING
			null,      null,        PENDING
			Processed, null,        PENDING
			Processed, Transferred, SUCCESSFUL
			Processed, Cancelled,   FAILED
			Processed, Pending,     PENDING
			Processed, Sleeping,    PENDING
			Scheduled, Transferred, PENDING
			Failed,    null,        FAILED
			Rejected,  Transferred, FAILED
			""")
	void processedReversalHasOutcomeOfBulkPayment(@Nullable String status, @Nullable String bulkStatus,
			Outcome outcome) {
		assertOutcome((K2ResultEvent) Sample.decode("""
				{"data": {"id": "rev-1", "type": "reversal", "attributes":
				 {"status": %s, "reversal_bulk_payment": {"status": %s}}}}
				""".formatted(quoted(status), quoted(bulkStatus))), outcome);
	}

	@ParameterizedTest
	@CsvSource(value = { "Processed, PENDING", "Failed, FAILED", "Received, PENDING" })
	void reversalWithoutBulkPaymentIsNeverSuccessful(String status, Outcome outcome) {
		ReversalResult reversal = (ReversalResult) Sample.decode("""
				{"data": {"id": "rev-1", "type": "reversals", "attributes":
				 {"status": "%s", "reversal_bulk_payment": null}}}
				""".formatted(status));
		assertThat(reversal.bulkPayment()).isNull();
		assertOutcome(reversal, outcome);
	}

	@ParameterizedTest
	@CsvSource(nullValues = "null", textBlock = """
			Processed, payment_link_status, Active,    PENDING
			Success,   payment_link_status, Active,    PENDING
			Active,    payment_link_status, Active,    PENDING
			Processed, payment_link_status, Paid,      SUCCESSFUL
			Processed, status,              Paid,      SUCCESSFUL
			null,      status,              Paid,      SUCCESSFUL
			Failed,    status,              Paid,      SUCCESSFUL
			Processed, payment_link_status, Cancelled, FAILED
			Processed, payment_link_status, Expired,   FAILED
			Paid,      status,              Reversed,  FAILED
			Cancelled, payment_link_status, Active,    FAILED
			Paid,      payment_link_status, Active,    SUCCESSFUL
			Processed, payment_link_status, Sleeping,  PENDING
			Paid,      payment_link_status, null,      SUCCESSFUL
			Processed, payment_link_status, null,      PENDING
			null,      payment_link_status, null,      PENDING
			""")
	void paymentLinkHasOutcomeOfLinkOnceThatIsFinal(@Nullable String status, String linkProperty,
			@Nullable String linkStatus, Outcome outcome) {
		assertOutcome((K2ResultEvent) Sample
			.decode("""
					{"data": {"id": "pl-1", "type": "payment_link", "attributes": {"status": %s, "payment_link": {"%s": %s}}}}
					"""
				.formatted(quoted(status), linkProperty, quoted(linkStatus))), outcome);
	}

	@ParameterizedTest
	@CsvSource(nullValues = "null", value = { "Processed, PENDING", "Success, PENDING", "Failed, FAILED",
			"Expired, FAILED", "Paid, SUCCESSFUL", "null, PENDING" })
	void unfinishedPaymentLinkHasOutcomeOfRequest(@Nullable String status, Outcome outcome) {
		PaymentLinkResult link = (PaymentLinkResult) Sample.decode("""
				{"data": {"id": "pl-1", "type": "payment_link", "attributes": {"status": %s}}}
				""".formatted(quoted(status)));
		assertThat(link.paymentLink()).isNull();
		assertOutcome(link, outcome);
	}

	private static K2ResultEvent payment(@Nullable String status) {
		return (K2ResultEvent) Sample.decode("""
				{"data": {"id": "pay-1", "type": "payment", "attributes": {"status": %s}}}
				""".formatted(quoted(status)));
	}

	private static String quoted(@Nullable String text) {
		return (text != null) ? "\"" + text + "\"" : "null";
	}

	private static void assertOutcome(K2ResultEvent result, Outcome outcome) {
		assertThat(result.outcome()).isEqualTo(outcome);
		assertThat(result.isSuccessful()).isEqualTo(outcome == Outcome.SUCCESSFUL);
		assertThat(result.isPending()).isEqualTo(outcome == Outcome.PENDING);
		assertThat(result.isFailed()).isEqualTo(outcome == Outcome.FAILED);
	}

}
