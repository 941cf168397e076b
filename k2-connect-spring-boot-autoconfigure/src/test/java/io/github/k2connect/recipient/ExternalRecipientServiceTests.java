package io.github.k2connect.recipient;

import java.util.stream.Stream;

import io.github.k2connect.K2ApiException;
import io.github.k2connect.K2Location;
import io.github.k2connect.K2ResponseException;
import io.github.k2connect.client.ApiVersion;
import io.github.k2connect.client.KopoKopoServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * Tests for {@link ExternalRecipientService}.
 */
class ExternalRecipientServiceTests {

	private static final String PATH = "/api/v2/external_recipients";

	@RegisterExtension
	static final KopoKopoServer kopoKopo = new KopoKopoServer();

	private final ExternalRecipientService service = new ExternalRecipientService(kopoKopo.client());

	@ParameterizedTest
	@MethodSource
	void sendsAllProperties(Recipient recipient, String json) {
		K2Location location = kopoKopo.creates(PATH);
		assertThat(this.service.addExternalRecipient(recipient)).isEqualTo(location);
		kopoKopo.assertPosted(PATH, json);
	}

	static Stream<Arguments> sendsAllProperties() {
		return Stream.of(
				arguments(Recipient.mobileWallet()
					.firstName("Asha")
					.lastName("Wairimu")
					.phoneNumber("0712000001")
					.email("asha@example.com")
					.network("Safaricom")
					.nickname("Shamba")
					.build(), """
							{
							  "type": "mobile_wallet",
							  "external_recipient": {
							    "first_name": "Asha",
							    "last_name": "Wairimu",
							    "phone_number": "+254712000001",
							    "email": "asha@example.com",
							    "network": "Safaricom",
							    "nickname": "Shamba"
							  }
							}"""),
				arguments(Recipient.bankAccount()
					.accountName("Nyumba Bora")
					.accountNumber("0990012345")
					.bankBranchRef("branch-9")
					.settlementMethod("RTS")
					.nickname("Kodi")
					.build(), """
							{
							  "type": "bank_account",
							  "external_recipient": {
							    "account_name": "Nyumba Bora",
							    "account_number": "0990012345",
							    "bank_branch_ref": "branch-9",
							    "settlement_method": "RTS",
							    "nickname": "Kodi"
							  }
							}"""),
				arguments(Recipient.till().tillNumber("890017").tillName("Unga Store").nickname("Unga").build(), """
						{
						  "type": "till",
						  "external_recipient": {
						    "till_number": "890017",
						    "till_name": "Unga Store",
						    "nickname": "Unga"
						  }
						}"""),
				arguments(Recipient.paybill()
					.paybillName("Umeme")
					.paybillNumber("888880")
					.paybillAccountNumber("37001234")
					.nickname("Stima")
					.build(), """
							{
							  "type": "paybill",
							  "external_recipient": {
							    "paybill_name": "Umeme",
							    "paybill_number": "888880",
							    "paybill_account_number": "37001234",
							    "nickname": "Stima"
							  }
							}"""));
	}

	@Test
	void omitsMissingProperties() {
		kopoKopo.creates(PATH);
		this.service.addExternalRecipient(Recipient.mobileWallet()
			.firstName("Asha")
			.lastName("Wairimu")
			.phoneNumber("+254712000001")
			.network("Safaricom")
			.build());
		kopoKopo.assertPosted(PATH, """
				{
				  "type": "mobile_wallet",
				  "external_recipient": {
				    "first_name": "Asha",
				    "last_name": "Wairimu",
				    "phone_number": "+254712000001",
				    "network": "Safaricom"
				  }
				}""");
	}

	@ParameterizedTest
	@NullSource
	@ValueSource(strings = " ")
	void acceptsBankAccountWithoutSettlementMethod(@Nullable String settlementMethod) {
		kopoKopo.creates(PATH);
		this.service.addExternalRecipient(Recipient.bankAccount()
			.accountName("Nyumba Bora")
			.accountNumber("0990012345")
			.bankBranchRef("branch-9")
			.settlementMethod(settlementMethod)
			.build());
		kopoKopo.assertPosted(PATH, """
				{
				  "type": "bank_account",
				  "external_recipient": {
				    "account_name": "Nyumba Bora",
				    "account_number": "0990012345",
				    "bank_branch_ref": "branch-9"
				  }
				}""");
	}

	@ParameterizedTest
	@EnumSource(ApiVersion.class)
	void usesVersion2WhicheverIsConfigured(ApiVersion configured) {
		kopoKopo.creates(PATH, "/external_recipients/er-1");
		kopoKopo.has(PATH + "/er-1", """
				{"data": {"id": "er-1", "type": "external_recipient", "attributes": {}}}""");
		ExternalRecipientService configuredService = new ExternalRecipientService(kopoKopo.client(configured));
		K2Location location = configuredService.addExternalRecipient(till());
		assertThat(location).isEqualTo(new K2Location(kopoKopo.url(PATH + "/er-1")));
		assertThat(configuredService.getStatus("/external_recipients/er-1").id()).isEqualTo("er-1");
		assertThat(configuredService.getStatus("er-1").id()).isEqualTo("er-1");
	}

	@ParameterizedTest
	@ValueSource(strings = { "external_recipient", "pay_recipient" })
	void readsStatusOfBothTypes(String type) {
		K2Location location = kopoKopo.has(PATH + "/er-1", """
				{
				  "data": {
				    "id": "er-1",
				    "type": "%s",
				    "attributes": {
				      "recipient_type": "Till",
				      "status": "Approved",
				      "recipient_reference": "c7f300c0-f1ef-4151-9bbe-005005aa3747",
				      "till_name": "Unga Store",
				      "till_number": 890017
				    }
				  }
				}""".formatted(type));
		assertThat(this.service.getStatus(location)).isEqualTo(new RecipientStatus("er-1", type, "Till", "Approved",
				"c7f300c0-f1ef-4151-9bbe-005005aa3747", new RecipientDetails.Till("890017", "Unga Store")));
	}

	@Test
	void rejectsOtherResource() {
		K2Location location = kopoKopo.has("/api/v2/send_money/sm-1", """
				{"data": {"id": "sm-1", "type": "send_money", "attributes": {"status": "Transferred"}}}""");
		assertThatExceptionOfType(K2ResponseException.class).isThrownBy(() -> this.service.getStatus(location))
			.withMessageContaining("'type' is not pay_recipient or external_recipient");
	}

	@Test
	void reportsMissingPermission() {
		kopoKopo.answers(PATH, 403, "application/json",
				"{\"error_code\":\"403\",\"error_message\":\"Application is not approved\"}");
		assertThatExceptionOfType(K2ApiException.class).isThrownBy(() -> this.service.addExternalRecipient(till()))
			.satisfies((ex) -> {
				assertThat(ex.statusCode()).isEqualTo(403);
				assertThat(ex.errorMessage()).isEqualTo("Application is not approved");
			});
	}

	private static Recipient till() {
		return Recipient.till().tillNumber("890017").tillName("Unga Store").build();
	}

}
