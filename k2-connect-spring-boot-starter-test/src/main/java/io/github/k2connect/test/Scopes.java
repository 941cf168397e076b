package io.github.k2connect.test;

import java.util.Locale;
import java.util.Set;

import org.jspecify.annotations.Nullable;

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
			.required("scope", PropertyCheck.oneOfInAnyCase(Set.of(TILL, COMPANY)))
			.optional("scope_reference", PropertyCheck.textOrEmpty())
			.dependingOn((body) -> TILL.equalsIgnoreCase(body.path("scope").asString(""))
					? BodyRules.body().required("scope_reference", PropertyCheck.text()) : BodyRules.body());
	}

	/**
	 * Return the number of the till that a request is limited to.
	 * @return empty when the scope is the company
	 */
	static String tillNumber(ResourceRequest request) {
		return TILL.equals(scope(request)) ? request.text("/scope_reference", "") : "";
	}

	/**
	 * Return the scope of a request, in lower case.
	 */
	static String scope(ResourceRequest request) {
		return request.text("/scope", "").toLowerCase(Locale.ROOT);
	}

	/**
	 * Return what a request names in its scope.
	 * @return the reference, {@code null} when the request names none
	 */
	static @Nullable String reference(ResourceRequest request) {
		String reference = request.text("/scope_reference", "");
		return reference.isEmpty() ? null : reference;
	}

}
