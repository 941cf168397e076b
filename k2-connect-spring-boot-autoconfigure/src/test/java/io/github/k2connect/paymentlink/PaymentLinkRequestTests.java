package io.github.k2connect.paymentlink;

import java.math.BigDecimal;
import java.util.Map;

import io.github.k2connect.InvalidK2RequestException;
import io.github.k2connect.Violation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link PaymentLinkRequest}.
 */
class PaymentLinkRequestTests {

	@Test
	void reportsAllMissingPropertiesAtOnce() {
		assertThatExceptionOfType(InvalidK2RequestException.class)
			.isThrownBy(() -> PaymentLinkRequest.builder().build())
			.satisfies((ex) -> assertThat(ex.violations()).extracting(Violation::message)
				.containsExactly("tillNumber is required", "amount is required"));
	}

	@Test
	void reportsAllInvalidPropertiesWithoutTheirValues() {
		PaymentLinkRequest.Builder builder = PaymentLinkRequest.builder()
			.tillNumber(" ")
			.currency("USD")
			.amount(new BigDecimal("98765.432"))
			.callbackUrl("ftp://secret.example")
			.metadata(Map.of("a", "1", "b", "2", "c", "3", "d", "4", "e", "5", "f", "wairimu"));
		assertThatExceptionOfType(InvalidK2RequestException.class).isThrownBy(builder::build).satisfies((ex) -> {
			assertThat(ex.violations()).extracting(Violation::message)
				.containsExactly("tillNumber is required", "currency must be KES",
						"amount must have at most 2 decimals", "callbackUrl must be an absolute http or https URL",
						"metadata must have at most 5 entries");
			assertThat(ex.getMessage()).doesNotContain("USD", "98765", "secret.example", "wairimu");
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " " })
	void treatsBlankReferenceAndNoteAsMissing(String blank) {
		PaymentLinkRequest request = PaymentLinkRequest.builder()
			.tillNumber("K112233")
			.amount(1)
			.paymentReference(blank)
			.note(blank)
			.build();
		assertThat(request.paymentReference()).isNull();
		assertThat(request.note()).isNull();
		assertThat(request.currency()).isEqualTo("KES");
	}

}
