package io.github.k2connect.settlement;

import io.github.k2connect.InvalidK2RequestException;
import io.github.k2connect.K2Location;
import io.github.k2connect.K2ResponseException;
import io.github.k2connect.Violation;
import io.github.k2connect.client.ApiVersion;
import io.github.k2connect.client.KopoKopoServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for the bank accounts and wallets of the merchant.
 */
class MerchantAccountTests {

	@RegisterExtension
	static final KopoKopoServer kopoKopo = new KopoKopoServer();

	private final SettlementTransferService service = new SettlementTransferService(kopoKopo.client());

	private final SettlementTransferService serviceOfVersion2 = new SettlementTransferService(
			kopoKopo.client(ApiVersion.V2));

	@Test
	void sendsBankAccountWithoutNickname() {
		K2Location location = kopoKopo.creates("/api/v1/merchant_bank_accounts");
		assertThat(this.service.createMerchantBankAccount(bankAccount().nickname("Akiba").build())).isEqualTo(location);
		kopoKopo.assertPosted("/api/v1/merchant_bank_accounts", """
				{
				  "account_name": "Duka la Asha",
				  "bank_branch_ref": "branch-9",
				  "account_number": "0990012345",
				  "settlement_method": "EFT"
				}""");
	}

	@Test
	void sendsBankAccountWithNicknameToVersion2() {
		K2Location location = kopoKopo.creates("/api/v2/merchant_bank_accounts");
		assertThat(this.serviceOfVersion2
			.createMerchantBankAccount(bankAccount().settlementMethod("RTS").nickname("Akiba").build()))
			.isEqualTo(location);
		kopoKopo.assertPosted("/api/v2/merchant_bank_accounts", """
				{
				  "account_name": "Duka la Asha",
				  "bank_branch_ref": "branch-9",
				  "account_number": "0990012345",
				  "settlement_method": "RTS",
				  "nickname": "Akiba"
				}""");
	}

	@Test
	void reportsAllMissingPropertiesOfBankAccountAtOnce() {
		assertThatExceptionOfType(InvalidK2RequestException.class)
			.isThrownBy(() -> MerchantBankAccountRequest.builder().build())
			.satisfies((ex) -> assertThat(ex.violations()).extracting(Violation::message)
				.containsExactlyInAnyOrder("accountName is required", "bankBranchRef is required",
						"accountNumber is required", "settlementMethod is required"));
	}

	@Test
	void rejectsOtherSettlementMethods() {
		assertThatExceptionOfType(InvalidK2RequestException.class)
			.isThrownBy(() -> bankAccount().accountName("").settlementMethod("PIGEON").build())
			.satisfies((ex) -> {
				assertThat(ex.violations()).extracting(Violation::message)
					.containsExactly("accountName is required", "settlementMethod must be EFT or RTS");
				assertThat(ex.getMessage()).doesNotContain("PIGEON");
			});
	}

	@Test
	void readsBankAccount() {
		K2Location location = kopoKopo.has("/api/v1/merchant_bank_accounts/ba-1", """
				{
				  "data": {
				    "id": "ba-1",
				    "type": "merchant_bank_account",
				    "attributes": {
				      "account_name": "Duka la Asha",
				      "account_number": 990012345,
				      "bank_branch_ref": "branch-9",
				      "settlement_method": "EFT",
				      "status": "Approved",
				      "account_reference": "Unavailable",
				      "color": {"of": "the bank"}
				    }
				  }
				}""");
		assertThat(this.service.getMerchantBankAccountStatus(location)).isEqualTo(new MerchantBankAccountStatus("ba-1",
				"merchant_bank_account", "990012345", "Duka la Asha", "branch-9", "EFT", "Approved", "Unavailable"));
	}

	@Test
	void requiresOnlyIdOfBankAccount() {
		kopoKopo.has("/api/v2/merchant_bank_accounts/ba-1", """
				{"data": {"id": "ba-1", "type": "merchant_bank_account", "attributes": null}}""");
		assertThat(this.serviceOfVersion2.getMerchantBankAccountStatus("ba-1")).isEqualTo(
				new MerchantBankAccountStatus("ba-1", "merchant_bank_account", null, null, null, null, null, null));
	}

	@Test
	void sendsWalletWithoutNickname() {
		K2Location location = kopoKopo.creates("/api/v1/merchant_wallets");
		assertThat(this.service
			.createMerchantWallet(wallet().firstName("Asha").lastName("Wairimu").nickname("Simu").build()))
			.isEqualTo(location);
		kopoKopo.assertPosted("/api/v1/merchant_wallets", """
				{
				  "first_name": "Asha",
				  "last_name": "Wairimu",
				  "phone_number": "+254712000001",
				  "network": "Safaricom"
				}""");
	}

	@Test
	void sendsWalletWithNicknameToVersion2() {
		K2Location location = kopoKopo.creates("/api/v2/merchant_wallets");
		assertThat(this.serviceOfVersion2.createMerchantWallet(wallet().nickname("Simu").build())).isEqualTo(location);
		kopoKopo.assertPosted("/api/v2/merchant_wallets", """
				{"phone_number": "+254712000001", "network": "Safaricom", "nickname": "Simu"}""");
	}

	@Test
	void omitsMissingPropertiesOfWallet() {
		kopoKopo.creates("/api/v1/merchant_wallets");
		this.service.createMerchantWallet(wallet().build());
		kopoKopo.assertPosted("/api/v1/merchant_wallets", """
				{"phone_number": "+254712000001", "network": "Safaricom"}""");
	}

	@Test
	void reportsAllInvalidPropertiesOfWalletWithoutTheirValues() {
		assertThatExceptionOfType(InvalidK2RequestException.class)
			.isThrownBy(() -> MerchantWalletRequest.builder().phoneNumber("0733987").build())
			.satisfies((ex) -> {
				assertThat(ex.violations()).extracting(Violation::message)
					.containsExactlyInAnyOrder("phoneNumber must be a Kenyan phone number such as +254 and nine digits",
							"network is required");
				assertThat(ex.getMessage()).doesNotContain("0733987");
			});
	}

	@Test
	void readsWallet() {
		K2Location location = kopoKopo.has("/api/v1/merchant_wallets/mw-1", """
				{
				  "data": {
				    "id": "mw-1",
				    "type": "merchant_wallet",
				    "attributes": {
				      "first_name": "Asha",
				      "last_name": null,
				      "phone_number": "+254712000001",
				      "network": "Safaricom",
				      "status": "Approved",
				      "account_reference": "c7f300c0-f1ef-4151-9bbe-005005aa3747"
				    }
				  }
				}""");
		assertThat(this.service.getMerchantWalletStatus(location))
			.isEqualTo(this.service.getMerchantWalletStatus("mw-1"))
			.isEqualTo(new MerchantWalletStatus("mw-1", "merchant_wallet", "Asha", null, "+254712000001", "Safaricom",
					"Approved", "c7f300c0-f1ef-4151-9bbe-005005aa3747"));
	}

	@Test
	void distinguishesWalletFromBankAccount() {
		K2Location wallet = kopoKopo.has("/api/v1/merchant_wallets/mw-1", """
				{"data": {"id": "mw-1", "type": "merchant_wallet", "attributes": {}}}""");
		K2Location bankAccount = kopoKopo.has("/api/v1/merchant_bank_accounts/ba-1", """
				{"data": {"id": "ba-1", "type": "merchant_bank_account", "attributes": {}}}""");
		assertThatExceptionOfType(K2ResponseException.class)
			.isThrownBy(() -> this.service.getMerchantBankAccountStatus(wallet))
			.withMessageContaining("'type' is not merchant_bank_account");
		assertThatExceptionOfType(K2ResponseException.class)
			.isThrownBy(() -> this.service.getMerchantWalletStatus(bankAccount))
			.withMessageContaining("'type' is not merchant_wallet");
	}

	private static MerchantBankAccountRequest.Builder bankAccount() {
		return MerchantBankAccountRequest.builder()
			.accountName("Duka la Asha")
			.bankBranchRef("branch-9")
			.accountNumber("0990012345")
			.settlementMethod("EFT");
	}

	private static MerchantWalletRequest.Builder wallet() {
		return MerchantWalletRequest.builder().phoneNumber("0712 000 001").network("Safaricom");
	}

}
