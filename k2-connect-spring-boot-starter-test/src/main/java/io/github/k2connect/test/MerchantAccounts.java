package io.github.k2connect.test;

import java.util.Map;

import io.github.k2connect.client.ApiVersion;
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
			.required("settlement_method", PropertyCheck.settlementMethod());
		return description("merchant_bank_accounts", "merchant_bank_account", rules);
	}

	static ResourceDescription wallets() {
		BodyRules rules = BodyRules.body()
			.required("phone_number", PropertyCheck.phoneNumber())
			.requiredWhenStrict("network", PropertyCheck.text())
			.optional("first_name", PropertyCheck.textOrEmpty())
			.optional("last_name", PropertyCheck.textOrEmpty());
		return description("merchant_wallets", "merchant_wallet", rules);
	}

	private static ResourceDescription description(String path, String type, BodyRules rules) {
		return new ResourceDescription(path, type,
				Map.of(ApiVersion.V1, rules, ApiVersion.V2, rules.optional("nickname", PropertyCheck.textOrEmpty())),
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
