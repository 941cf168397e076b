package io.github.k2connect.test;

import tools.jackson.databind.node.ObjectNode;

/**
 * The merchant's own accounts for settlement: bank accounts and mobile wallets. No result
 * is posted.
 */
final class MerchantAccounts implements SimulatedOutcome {

	private MerchantAccounts() {
	}

	static ResourceDescription bankAccounts() {
		BodyRules rules = BodyRules.body()
			.required("account_name", PropertyCheck.text())
			.required("account_number", PropertyCheck.text())
			.required("bank_branch_ref", PropertyCheck.text())
			.required("settlement_method", PropertyCheck.settlementMethod())
			.optional("nickname", PropertyCheck.text());
		return new ResourceDescription("merchant_bank_accounts", "merchant_bank_account",
				ResourceDescription.inBoth(rules), new MerchantAccounts());
	}

	static ResourceDescription wallets() {
		BodyRules rules = BodyRules.body()
			.required("phone_number", PropertyCheck.phoneNumber())
			.required("network", PropertyCheck.text())
			.optional("first_name", PropertyCheck.text())
			.optional("last_name", PropertyCheck.text())
			.optional("nickname", PropertyCheck.text());
		return new ResourceDescription("merchant_wallets", "merchant_wallet", ResourceDescription.inBoth(rules),
				new MerchantAccounts());
	}

	@Override
	public ObjectNode pending(ResourceRequest request) {
		return attributes(request, "Pending", "Unavailable");
	}

	@Override
	public Completion complete(ResourceRequest request, Ledger ledger) {
		String reference = Identifiers.id();
		ledger.opened(reference, Json.object().put("reference", reference).setAll(request.body()));
		return Completion.of(attributes(request, "Approved", reference));
	}

	private static ObjectNode attributes(ResourceRequest request, String status, String reference) {
		return request.body().deepCopy().put("status", status).put("account_reference", reference);
	}

}
