package io.github.k2connect.settlement;

import java.math.BigDecimal;
import java.net.URI;
import java.util.Map;

import io.github.k2connect.InvalidK2RequestException;
import io.github.k2connect.Violation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link SettlementTransferRequest}, which never transfers the whole balance by
 * accident.
 */
class SettlementTransferRequestTests {

	private static final String AMOUNT_IS_REQUIRED = "amount is required unless the transfer is blind";

	@Test
	void doesNotTreatEmptyRequestAsBlindTransfer() {
		assertViolations(SettlementTransferRequest.builder(), AMOUNT_IS_REQUIRED);
	}

	@Test
	void requiresAmountWithDestination() {
		assertViolations(
				SettlementTransferRequest.builder().destinationType("merchant_wallet").destinationReference("ref-1"),
				AMOUNT_IS_REQUIRED);
	}

	@Test
	void acceptsAmountWithoutDestination() {
		SettlementTransferRequest request = SettlementTransferRequest.builder().amount(900).build();
		assertThat(request.amount()).isEqualTo(new BigDecimal("900"));
		assertThat(request.destinationType()).isNull();
		assertThat(request.destinationReference()).isNull();
	}

	@Test
	void blindTransferHasNoAmountAndNoDestination() {
		assertThat(SettlementTransferRequest.blind().build())
			.isEqualTo(new SettlementTransferRequest(null, null, "KES", null, null, null, Map.of()));
	}

	@Test
	void rejectsBlindTransferWithAmount() {
		assertViolations(SettlementTransferRequest.blind().amount(900), "amount must be left out of a blind transfer");
	}

	@Test
	void rejectsBlindTransferWithDestination() {
		assertViolations(
				SettlementTransferRequest.blind().destinationType("merchant_wallet").destinationReference("ref-1"),
				"destinationType must be left out of a blind transfer",
				"destinationReference must be left out of a blind transfer", AMOUNT_IS_REQUIRED);
	}

	@ParameterizedTest
	@CsvSource(nullValues = "null",
			value = { "merchant_wallet, null, destinationReference is required with a destinationType",
					"merchant_wallet, ' ', destinationReference is required with a destinationType",
					"null, ref-1, destinationType is required with a destinationReference",
					"' ', ref-1, destinationType is required with a destinationReference" })
	void rejectsIncompleteDestination(String destinationType, String destinationReference, String violation) {
		assertViolations(SettlementTransferRequest.builder()
			.amount(900)
			.destinationType(destinationType)
			.destinationReference(destinationReference), violation);
	}

	@Test
	void reportsAllInvalidPropertiesWithoutTheirValues() {
		SettlementTransferRequest.Builder builder = SettlementTransferRequest.builder()
			.destinationReference("ref-98765")
			.currency("USD")
			.callbackUrl("ftp://secret.example");
		assertViolations(builder, "destinationType is required with a destinationReference", "currency must be KES",
				AMOUNT_IS_REQUIRED, "callbackUrl must be an absolute http or https URL");
		assertThatExceptionOfType(InvalidK2RequestException.class).isThrownBy(builder::build)
			.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain("98765", "USD", "secret.example"));
	}

	@ParameterizedTest
	@CsvSource({ "0, amount must be positive", "-900, amount must be positive",
			"900.001, amount must have at most 2 decimals" })
	void rejectsInvalidAmount(BigDecimal amount, String violation) {
		assertViolations(SettlementTransferRequest.builder().amount(amount), violation);
	}

	@Test
	void recordRequiresAmountWithDestination() {
		assertThatExceptionOfType(InvalidK2RequestException.class)
			.isThrownBy(() -> new SettlementTransferRequest("merchant_wallet", "ref-1", "KES", null,
					URI.create("https://duka.example/k2/webhooks"), null, Map.of()))
			.satisfies((ex) -> assertThat(ex.violations()).extracting(Violation::message)
				.containsExactly(AMOUNT_IS_REQUIRED));
	}

	private static void assertViolations(SettlementTransferRequest.Builder builder, String... violations) {
		assertThatExceptionOfType(InvalidK2RequestException.class).isThrownBy(builder::build)
			.satisfies((ex) -> assertThat(ex.violations()).extracting(Violation::message)
				.containsExactlyInAnyOrder(violations));
	}

}
