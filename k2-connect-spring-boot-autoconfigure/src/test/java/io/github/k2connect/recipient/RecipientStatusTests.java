package io.github.k2connect.recipient;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

import io.github.k2connect.json.JsonObject;
import io.github.k2connect.json.JsonObject.UnreadableJsonException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * Tests for {@link RecipientStatus}.
 */
class RecipientStatusTests {

	@ParameterizedTest
	@MethodSource
	void readsDetailsOfEachType(String attributes, RecipientDetails details) {
		RecipientStatus status = status("""
				{"status": "Approved", "recipient_reference": "Unavailable", %s}""".formatted(attributes));
		assertThat(status.id()).isEqualTo("pr-1");
		assertThat(status.type()).isEqualTo("pay_recipient");
		assertThat(status.status()).isEqualTo("Approved");
		assertThat(status.recipientReference()).isEqualTo("Unavailable");
		assertThat(status.recipient()).isEqualTo(details);
	}

	static Stream<Arguments> readsDetailsOfEachType() {
		return Stream.of(
				arguments("""
						"recipient_type": "Mobile Wallet", "first_name": "Asha", "last_name": "Wairimu",
						"phone_number": "+254712000001", "email": "asha@example.com", "network": "Safaricom\"""",
						new RecipientDetails.MobileWallet("Asha", "Wairimu", "+254712000001", "asha@example.com",
								"Safaricom")),
				arguments("""
						"recipient_type": "Bank Account", "account_name": "Nyumba Bora",
						"account_number": "0990012345", "bank_branch_ref": "branch-9", "settlement_method": "EFT\"""",
						new RecipientDetails.BankAccount("Nyumba Bora", "0990012345", "branch-9", "EFT")),
				arguments("""
						"recipient_type": "Till", "till_name": "Unga Store", "till_number": "890017\"""",
						new RecipientDetails.Till("890017", "Unga Store")),
				arguments("""
						"recipient_type": "Paybill", "paybill_name": "Umeme", "paybill_number": "888880",
						"paybill_account_number": "37001234\"""",
						new RecipientDetails.Paybill("Umeme", "888880", "37001234")),
				arguments("""
						"recipient_type": "Kopo Kopo Merchant", "alias_name": "Duka la Asha", "till_number": 890017""",
						new RecipientDetails.KopoKopoMerchant("Duka la Asha", "890017")),
				arguments("""
						"recipient_type": "kopo_kopo_merchant", "alias_name": null""",
						new RecipientDetails.KopoKopoMerchant(null, null)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "paybill", "PAYBILL", " Paybill " })
	void readsTypeInAnyCase(String type) {
		RecipientStatus status = status("""
				{"recipient_type": "%s", "paybill_number": 888880}""".formatted(type));
		assertThat(status.recipientType()).isEqualTo(type);
		assertThat(status.recipient()).isEqualTo(new RecipientDetails.Paybill(null, "888880", null));
	}

	@Test
	void readsTypeWithUnderscores() {
		assertThat(status("""
				{"recipient_type": "mobile_wallet", "first_name": null, "network": ""}""").recipient())
			.isEqualTo(new RecipientDetails.MobileWallet(null, null, null, null, ""));
	}

	@Test
	void readsUnknownTypeAsOther() {
		assertThat(status("""
				{"recipient_type": "Satellite Phone", "dish": {"size": 3}}""").recipient())
			.isEqualTo(new RecipientDetails.Other("Satellite Phone", null));
	}

	@Test
	void requiresOnlyIdAndType() {
		RecipientStatus minimal = new RecipientStatus("pr-1", "pay_recipient", null, null, null,
				new RecipientDetails.Other(null, null));
		assertThat(status("null")).isEqualTo(minimal);
		assertThat(status("{}")).isEqualTo(minimal);
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}", "{\"data\": null}", "{\"data\": {\"type\": \"pay_recipient\"}}",
			"{\"data\": {\"id\": \"\", \"type\": \"pay_recipient\"}}" })
	void rejectsRecipientWithoutId(String json) {
		assertThatExceptionOfType(UnreadableJsonException.class).isThrownBy(() -> RecipientStatus.from(parse(json)))
			.withMessage("'id' is missing");
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"data\": {\"id\": \"pr-1\"}}", "{\"data\": {\"id\": \"pr-1\", \"type\": null}}",
			"{\"data\": {\"id\": \"pr-1\", \"type\": \"payment\"}}" })
	void rejectsResourceOfAnotherType(String json) {
		assertThatExceptionOfType(UnreadableJsonException.class).isThrownBy(() -> RecipientStatus.from(parse(json)))
			.withMessage("'type' is not pay_recipient or external_recipient");
	}

	private static RecipientStatus status(String attributes) {
		return RecipientStatus.from(parse("""
				{"data": {"id": "pr-1", "type": "pay_recipient", "attributes": %s}}""".formatted(attributes)));
	}

	private static JsonObject parse(String json) {
		return JsonObject.parse(json.getBytes(StandardCharsets.UTF_8));
	}

}
