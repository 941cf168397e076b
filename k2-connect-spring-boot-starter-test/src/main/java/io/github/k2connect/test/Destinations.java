package io.github.k2connect.test;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import io.github.k2connect.client.ApiVersion;
import tools.jackson.databind.JsonNode;

/**
 * Types of destinations outside the merchant's own accounts, and the properties that each
 * requires.
 */
final class Destinations {

	static final String MOBILE_WALLET = "mobile_wallet";

	static final String BANK_ACCOUNT = "bank_account";

	static final String TILL = "till";

	static final String PAYBILL = "paybill";

	private static final String SETTLEMENT_METHOD = "settlement_method";

	private static final Map<String, BodyRules> RECIPIENT_RULES = Map.of(MOBILE_WALLET,
			BodyRules.body()
				.required("first_name", PropertyCheck.text())
				.required("last_name", PropertyCheck.text())
				.required("phone_number", PropertyCheck.phoneNumber())
				.requiredWhenStrict("network", PropertyCheck.text())
				.optional("email", PropertyCheck.textOrEmpty()),
			BANK_ACCOUNT,
			BodyRules.body()
				.required("account_name", PropertyCheck.text())
				.required("account_number", PropertyCheck.text())
				.required("bank_branch_ref", PropertyCheck.text()),
			TILL, texts("till_name", "till_number"), PAYBILL,
			texts("paybill_name", "paybill_number", "paybill_account_number"));

	private Destinations() {
	}

	static PropertyCheck type() {
		return PropertyCheck.oneOf(RECIPIENT_RULES.keySet());
	}

	/**
	 * Return the rules for the description of a recipient of some type.
	 */
	static BodyRules recipientRules(JsonNode type, ApiVersion version) {
		BodyRules rules = RECIPIENT_RULES.getOrDefault(type.asString(""), BodyRules.body());
		if (BANK_ACCOUNT.equals(type.asString(""))) {
			rules = (version == ApiVersion.V1) ? rules.required(SETTLEMENT_METHOD, PropertyCheck.settlementMethod())
					: rules.requiredWhenStrict(SETTLEMENT_METHOD, PropertyCheck.settlementMethod());
		}
		return (version == ApiVersion.V1) ? rules : rules.optional("nickname", PropertyCheck.textOrEmpty());
	}

	/**
	 * Write a type as results do: {@code bank_account} is a {@code Bank Account}.
	 */
	static String label(String type) {
		return Arrays.stream(type.split("_", -1))
			.map((word) -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
			.collect(Collectors.joining(" "));
	}

	private static BodyRules texts(String... properties) {
		BodyRules rules = BodyRules.body();
		for (String property : properties) {
			rules = rules.required(property, PropertyCheck.text());
		}
		return rules;
	}

}
