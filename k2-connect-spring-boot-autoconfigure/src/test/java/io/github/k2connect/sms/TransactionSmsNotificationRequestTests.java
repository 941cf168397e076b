package io.github.k2connect.sms;

import io.github.k2connect.InvalidK2RequestException;
import io.github.k2connect.Violation;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link TransactionSmsNotificationRequest}.
 */
class TransactionSmsNotificationRequestTests {

	@Test
	void reportsAllMissingPropertiesAtOnce() {
		assertThatExceptionOfType(InvalidK2RequestException.class)
			.isThrownBy(() -> TransactionSmsNotificationRequest.builder().build())
			.satisfies((ex) -> assertThat(ex.violations()).extracting(Violation::message)
				.containsExactly("webhookEventReference is required", "message is required"));
	}

	@Test
	void reportsAllInvalidPropertiesWithoutTheirValues() {
		TransactionSmsNotificationRequest.Builder builder = TransactionSmsNotificationRequest.builder()
			.webhookEventReference("")
			.message(" ")
			.callbackUrl("mailto:asha@secret.example");
		assertThatExceptionOfType(InvalidK2RequestException.class).isThrownBy(builder::build).satisfies((ex) -> {
			assertThat(ex.violations()).extracting(Violation::message)
				.containsExactly("webhookEventReference is required", "message is required",
						"callbackUrl must be an absolute http or https URL");
			assertThat(ex.getMessage()).doesNotContain("secret.example");
		});
	}

	@Test
	void keepsMessageUnchanged() {
		String message = " Asante, Asha!\n\"Karibu\" tena \u2014 Duka ";
		TransactionSmsNotificationRequest request = TransactionSmsNotificationRequest.builder()
			.webhookEventReference("wh-1")
			.message(message)
			.build();
		assertThat(request.message()).isEqualTo(message);
	}

}
