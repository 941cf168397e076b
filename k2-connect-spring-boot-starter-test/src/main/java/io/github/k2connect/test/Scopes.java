package io.github.k2connect.test;

import java.util.Set;

/**
 * Scope of a subscription or a poll: one till, which is then named, or the company.
 */
final class Scopes {

	static final String TILL = "till";

	static final String COMPANY = "company";

	private Scopes() {
	}

	static BodyRules rules() {
		return BodyRules.body()
			.required("scope", PropertyCheck.oneOf(Set.of(TILL, COMPANY)))
			.optional("scope_reference", PropertyCheck.text())
			.dependingOn((body) -> TILL.equals(body.path("scope").asString(""))
					? BodyRules.body().required("scope_reference", PropertyCheck.text()) : BodyRules.body());
	}

	/**
	 * Return the number of the till that a request is limited to.
	 * @return empty when the scope is the company
	 */
	static String tillNumber(ResourceRequest request) {
		return TILL.equals(request.text("/scope", "")) ? request.text("/scope_reference", "") : "";
	}

}
