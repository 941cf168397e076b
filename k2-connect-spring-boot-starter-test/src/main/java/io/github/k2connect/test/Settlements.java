package io.github.k2connect.test;

import java.util.List;
import java.util.Set;

import tools.jackson.databind.node.ObjectNode;

/**
 * Settlement to the merchant's own accounts, and its webhook.
 */
final class Settlements {

	static final String BANK_ACCOUNT = "merchant_bank_account";

	static final String WALLET = "merchant_wallet";

	static final Set<String> DESTINATION_TYPES = Set.of(BANK_ACCOUNT, WALLET);

	/**
	 * The amount of a transfer without amount.
	 */
	static final String WHOLE_BALANCE = "49452.0";

	private Settlements() {
	}

	/**
	 * Create the webhooks for a disbursement to an account of the merchant.
	 * @return the webhook, none when the disbursement failed
	 */
	static List<SimulatedWebhook> completed(ObjectNode disbursement, String destinationType, Ledger ledger) {
		if (TransferBatches.isFailed(disbursement)) {
			return List.of();
		}
		ObjectNode account = ledger.account(disbursement.path("destination_reference").asString())
			.orElseGet(() -> sampleAccount(disbursement, destinationType));
		return List.of(SimulatedWebhook.settlementTransferCompleted(label(destinationType), account)
			.with("amount", disbursement.path("amount"))
			.with("origination_time", disbursement.path("origination_time"))
			.with("disbursements", List
				.of(disbursement.deepCopy().retain("amount", "status", "origination_time", "transaction_reference"))));
	}

	/**
	 * Write the type of an account as settlements do: {@code merchant_bank_account} is a
	 * {@code Bank Account}.
	 */
	static String label(String destinationType) {
		return WALLET.equals(destinationType) ? "Mobile Wallet" : "Bank Account";
	}

	private static ObjectNode sampleAccount(ObjectNode disbursement, String destinationType) {
		ObjectNode account = WALLET.equals(destinationType) ? SampleResources.mobileWallet()
				: SampleResources.bankAccount();
		return account.set("reference", disbursement.path("destination_reference"));
	}

}
