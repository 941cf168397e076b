package io.github.k2connect.pay;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.github.k2connect.InvalidK2RequestException;
import io.github.k2connect.Violation;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link PaymentRequest}.
 */
class PaymentRequestTests {

	@Test
	void reportsAllMissingPropertiesAtOnce() {
		assertThatExceptionOfType(InvalidK2RequestException.class).isThrownBy(() -> PaymentRequest.builder().build())
			.satisfies((ex) -> assertThat(ex.violations()).extracting(Violation::message)
				.containsExactlyInAnyOrder("destinationType is required", "destinationReference is required",
						"amount is required", "description is required"));
	}

	@Test
	void reportsAllInvalidPropertiesWithoutTheirValues() {
		PaymentRequest.Builder builder = PaymentRequest.builder()
			.destinationType(" ")
			.destinationReference(" ")
			.description("")
			.currency("USD")
			.amount(new BigDecimal("98765.432"))
			.tags(List.of("siri", " "))
			.callbackUrl("secret.example/results")
			.metadata(Map.of("a", "1", "b", "2", "c", "3", "d", "4", "e", "5", "f", "wairimu"));
		assertThatExceptionOfType(InvalidK2RequestException.class).isThrownBy(builder::build).satisfies((ex) -> {
			assertThat(ex.violations()).extracting(Violation::message)
				.containsExactlyInAnyOrder("destinationType is required", "destinationReference is required",
						"description is required", "currency must be KES", "amount must have at most 2 decimals",
						"tags must not contain blank entries", "callbackUrl must be an absolute http or https URL",
						"metadata must have at most 5 entries");
			assertThat(ex.getMessage()).doesNotContain("USD", "98765", "siri", "secret.example", "wairimu");
		});
	}

	@Test
	void copiesTags() {
		List<String> tags = new ArrayList<>(List.of("march"));
		PaymentRequest.Builder builder = PaymentRequest.builder()
			.destinationType("till")
			.destinationReference("ref-1")
			.amount(50)
			.description("Unga")
			.tags(tags);
		tags.add("april");
		assertThat(builder.build().tags()).containsExactly("march");
	}

	@Test
	void acceptsNullAsNoTags() {
		assertThat(PaymentRequest.builder()
			.destinationType("till")
			.destinationReference("ref-1")
			.amount(50)
			.description("Unga")
			.tags(List.of("march"))
			.tags(null)
			.build()
			.tags()).isEmpty();
	}

}
