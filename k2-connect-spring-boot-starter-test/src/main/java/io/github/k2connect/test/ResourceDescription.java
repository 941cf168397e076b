package io.github.k2connect.test;

import java.util.Map;

import io.github.k2connect.client.ApiVersion;

/**
 * Description of one kind of resource: its path, the rules for its request, and its
 * outcome.
 *
 * @param path the last part of its collection's path, such as {@code incoming_payments}
 * @param type its type in responses and results, such as {@code incoming_payment}
 * @param rules the versions in which it exists, each with the rules of its request
 * @param outcome the outcome of a request
 */
record ResourceDescription(String path, String type, Map<ApiVersion, BodyRules> rules, SimulatedOutcome outcome) {

	ResourceDescription {
		rules = Map.copyOf(rules);
	}

	BodyRules rulesIn(ApiVersion version) {
		return this.rules.getOrDefault(version, BodyRules.body());
	}

	static Map<ApiVersion, BodyRules> inV1(BodyRules rules) {
		return Map.of(ApiVersion.V1, rules);
	}

	static Map<ApiVersion, BodyRules> inV2(BodyRules rules) {
		return Map.of(ApiVersion.V2, rules);
	}

	static Map<ApiVersion, BodyRules> inBoth(BodyRules rules) {
		return Map.of(ApiVersion.V1, rules, ApiVersion.V2, rules);
	}

}
