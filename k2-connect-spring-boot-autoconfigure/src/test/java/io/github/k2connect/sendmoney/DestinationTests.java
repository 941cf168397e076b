package io.github.k2connect.sendmoney;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.github.k2connect.InvalidK2RequestException;
import io.github.k2connect.Violation;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * Tests for the validation of destinations and their JSON.
 */
class DestinationTests {

	@ParameterizedTest
	@MethodSource("empty")
	void reportsAllMissingPropertiesAtOnce(ThrowingCallable empty, List<String> required) {
		assertThatExceptionOfType(InvalidK2RequestException.class).isThrownBy(empty)
			.satisfies((ex) -> assertThat(ex.violations()).extracting(Violation::message)
				.containsExactlyElementsOf(required.stream().map((name) -> name + " is required").toList()));
	}

	static Stream<Arguments> empty() {
		return Stream.of(
				refused(() -> Destination.mobileWallet().build(), "phoneNumber", "network", "amount", "description"),
				refused(() -> Destination.bankAccount().build(), "accountName", "accountNumber", "bankBranchRef",
						"amount", "description"),
				refused(() -> Destination.till().build(), "tillNumber", "amount", "description"),
				refused(() -> Destination.paybill().build(), "paybillNumber", "paybillAccountNumber", "amount",
						"description"),
				refused(() -> Destination.merchantWallet().build(), "reference", "amount"),
				refused(() -> Destination.merchantBankAccount().build(), "reference", "amount"));
	}

	private static Arguments refused(ThrowingCallable empty, String... required) {
		return arguments(empty, List.of(required));
	}

	@Test
	void reportsAllInvalidPropertiesWithoutTheirValues() {
		MobileWalletDestination.Builder builder = Destination.mobileWallet()
			.phoneNumber("0733987")
			.network(" ")
			.amount(new BigDecimal("-98765.43"))
			.description(" ");
		assertThatExceptionOfType(InvalidK2RequestException.class).isThrownBy(builder::build).satisfies((ex) -> {
			assertThat(ex.violations()).extracting(Violation::message)
				.containsExactly("phoneNumber must be a Kenyan phone number such as +254 and nine digits",
						"network is required", "amount must be positive", "description is required");
			assertThat(ex.getMessage()).doesNotContain("0733987", "98765");
		});
	}

	@Test
	void writesTypeOfEachDestination() {
		Map<String, Destination> destinations = Map.of("mobile_wallet",
				Destination.mobileWallet()
					.phoneNumber("0712000001")
					.network("Safaricom")
					.amount(1)
					.description("Refund")
					.build(),
				"bank_account",
				Destination.bankAccount()
					.accountName("Nyumba Bora")
					.accountNumber("0990012345")
					.bankBranchRef("branch-9")
					.amount(1)
					.description("Rent")
					.build(),
				"till", Destination.till().tillNumber("K112233").amount(1).description("Rent").build(), "paybill",
				Destination.paybill()
					.paybillNumber("400200")
					.paybillAccountNumber("12")
					.amount(1)
					.description("Rent")
					.build(),
				"merchant_wallet", Destination.merchantWallet().reference("mw-1").amount(1).build(),
				"merchant_bank_account", Destination.merchantBankAccount().reference("ba-1").amount(1).build());
		destinations.forEach((type, destination) -> assertThat(destination.toJson().toBytes()).asString()
			.contains("\"type\":\"" + type + "\""));
		assertThat(destinations.values().stream().map(Object::getClass))
			.contains(Destination.class.getPermittedSubclasses());
	}

	@Test
	void rejectsOtherTypeOfOwnAccount() {
		assertThatExceptionOfType(InvalidK2RequestException.class)
			.isThrownBy(
					() -> new MerchantAccountDestination("till", "mw-1", BigDecimal.ONE, null, null, null, Map.of()))
			.satisfies((ex) -> assertThat(ex.violations()).extracting(Violation::message)
				.containsExactly("type must be merchant_wallet or merchant_bank_account"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "+254712000001", "254712000001", "0712000001", "0712 000 001", "+254-712-000-001" })
	void writesPhoneNumberWithoutPlus(String phoneNumber) {
		MobileWalletDestination destination = Destination.mobileWallet()
			.phoneNumber(phoneNumber)
			.network("Safaricom")
			.amount(1)
			.description("Refund")
			.build();
		assertThat(destination.phoneNumber()).isEqualTo("254712000001");
	}

	@ParameterizedTest
	@ValueSource(strings = { "0", "-1", "0.001" })
	void rejectsInvalidAmount(BigDecimal amount) {
		TillDestination.Builder builder = Destination.till().tillNumber("K112233").description("Rent").amount(amount);
		assertThatExceptionOfType(InvalidK2RequestException.class).isThrownBy(builder::build)
			.satisfies((ex) -> assertThat(ex.violations()).extracting(Violation::message)
				.singleElement()
				.asString()
				.startsWith("amount "));
	}

	@Test
	void treatsBlankNicknameAndDescriptionOfOwnAccountAsMissing() {
		MerchantAccountDestination destination = Destination.merchantWallet()
			.reference("mw-1")
			.amount(1)
			.description(" ")
			.nickname("")
			.build();
		assertThat(destination.description()).isNull();
		assertThat(destination.nickname()).isNull();
		assertThat(destination.favourite()).isNull();
	}

}
