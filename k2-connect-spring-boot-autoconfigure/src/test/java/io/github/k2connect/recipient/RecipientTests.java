package io.github.k2connect.recipient;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.github.k2connect.InvalidK2RequestException;
import io.github.k2connect.Violation;
import io.github.k2connect.client.ApiVersion;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * Tests for the validation of recipients and their JSON.
 */
class RecipientTests {

	@ParameterizedTest
	@MethodSource
	void reportsAllMissingPropertiesAtOnce(ThrowingCallable build, List<String> properties) {
		assertThatExceptionOfType(InvalidK2RequestException.class).isThrownBy(build)
			.satisfies((ex) -> assertThat(ex.violations()).extracting(Violation::message)
				.containsExactlyInAnyOrderElementsOf(
						properties.stream().map((property) -> property + " is required").toList()));
	}

	static Stream<Arguments> reportsAllMissingPropertiesAtOnce() {
		return Stream.of(
				callArguments(() -> Recipient.mobileWallet().build(), "firstName", "lastName", "phoneNumber",
						"network"),
				callArguments(() -> Recipient.bankAccount().build(), "accountName", "accountNumber", "bankBranchRef"),
				callArguments(() -> Recipient.till().build(), "tillNumber", "tillName"), callArguments(
						() -> Recipient.paybill().build(), "paybillName", "paybillNumber", "paybillAccountNumber"));
	}

	@Test
	void reportsBlankTextAsMissing() {
		assertThatExceptionOfType(InvalidK2RequestException.class)
			.isThrownBy(() -> Recipient.till().tillNumber(" ").tillName("").build())
			.satisfies((ex) -> assertThat(ex.violations()).extracting(Violation::message)
				.containsExactly("tillNumber is required", "tillName is required"));
	}

	@Test
	void rejectsInvalidPhoneNumberWithoutShowingIt() {
		assertThatExceptionOfType(InvalidK2RequestException.class)
			.isThrownBy(() -> Recipient.mobileWallet()
				.firstName("Asha")
				.lastName("Wairimu")
				.phoneNumber("0733987")
				.network("Safaricom")
				.build())
			.satisfies((ex) -> {
				assertThat(ex.violations()).extracting(Violation::message)
					.singleElement()
					.asString()
					.startsWith("phoneNumber must be");
				assertThat(ex.getMessage()).doesNotContain("0733987");
			});
	}

	@Test
	void normalizesPhoneNumber() {
		MobileWalletRecipient recipient = Recipient.mobileWallet()
			.firstName("Asha")
			.lastName("Wairimu")
			.phoneNumber("0712-000 001")
			.network("Safaricom")
			.build();
		assertThat(recipient.phoneNumber()).isEqualTo("+254712000001");
	}

	@ParameterizedTest
	@EnumSource
	void writesTypeOfEachRecipient(ApiVersion version) {
		Map<String, Recipient> recipients = Map.of("mobile_wallet",
				Recipient.mobileWallet()
					.firstName("Asha")
					.lastName("Wairimu")
					.phoneNumber("0712000001")
					.network("Safaricom")
					.build(),
				"bank_account",
				Recipient.bankAccount()
					.accountName("Nyumba Bora")
					.accountNumber("0990012345")
					.bankBranchRef("branch-9")
					.settlementMethod("EFT")
					.build(),
				"till", Recipient.till().tillNumber("890017").tillName("Unga Store").build(), "paybill",
				Recipient.paybill().paybillName("Rent").paybillNumber("400200").paybillAccountNumber("12").build());
		recipients.forEach((type, recipient) -> assertThat(recipient.toJson(version).toBytes()).asString()
			.contains("\"type\":\"" + type + "\""));
		assertThat(recipients.values().stream().map(Object::getClass))
			.contains(Recipient.class.getPermittedSubclasses());
	}

	@Test
	void hasDestinationTypeOfPayment() {
		Recipient recipient = Recipient.till().tillNumber("890017").tillName("Unga Store").build();
		assertThat(recipient.type()).isEqualTo("till");
	}

	private static Arguments callArguments(ThrowingCallable build, String... properties) {
		return arguments(build, List.of(properties));
	}

}
