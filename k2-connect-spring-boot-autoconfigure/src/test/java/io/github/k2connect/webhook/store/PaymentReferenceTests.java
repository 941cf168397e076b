package io.github.k2connect.webhook.store;

import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PaymentReference}.
 */
class PaymentReferenceTests {

	@Test
	void ignoresCaseAndSpacesAround() {
		assertThat(KnownPayments.normalize(" sk1ab \n")).isEqualTo("SK1AB");
		assertThat(PaymentReference.column("default", " sk1ab ")).isEqualTo("SK1AB");
	}

	@Test
	void keepsAccountsApart() {
		assertThat(Stream.of(PaymentReference.column("default", "SK1"), PaymentReference.column("shop", "SK1"),
				PaymentReference.column("default", "shop:SK1"), PaymentReference.column("default", "SHOP:SK1 ")))
			.startsWith("SK1", "shop:SK1")
			.satisfies((columns) -> assertThat(columns.stream().distinct()).hasSize(3));
	}

	@Test
	void fitsIntoColumn() {
		assertThat(PaymentReference.column("a".repeat(40), "\u00e9".repeat(10_000))).hasSizeLessThanOrEqualTo(110)
			.matches("\\p{ASCII}+");
		assertThat(PaymentReference.column("default", "S\u0000K")).matches("#[0-9a-f]{64}");
	}

	@Test
	void distinguishesNoReferenceFromNoPayment() {
		assertThat(PaymentReference.column("shop", "  ")).isEmpty();
		assertThat(PaymentReference.column("shop", null)).isNull();
	}

}
