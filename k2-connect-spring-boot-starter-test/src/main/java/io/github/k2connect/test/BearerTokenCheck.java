package io.github.k2connect.test;

import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;

/**
 * Check of access tokens: a call without a valid token is unauthorized.
 */
final class BearerTokenCheck {

	private static final String SCHEME = "Bearer ";

	private final SimulatedAccounts accounts;

	BearerTokenCheck(SimulatedAccounts accounts) {
		this.accounts = accounts;
	}

	/**
	 * Guard a response that belongs to the API for some paths only.
	 */
	Function<Request, ResponseDefinition> guardApi(Function<Request, ResponseDefinition> response) {
		return (request) -> (request.getUrl().startsWith("/api/") ? guard((guarded, account) -> response.apply(guarded))
				: response)
			.apply(request);
	}

	/**
	 * Guard a response, which gets the account of the token.
	 */
	Function<Request, ResponseDefinition> guard(BiFunction<Request, SimulatedAccount, ResponseDefinition> response) {
		return (request) -> {
			Optional<String> token = bearerToken(request);
			if (token.isEmpty()) {
				return Responses.unauthorized("The access token is missing");
			}
			return this.accounts.withToken(token.get())
				.map((account) -> response.apply(request, account))
				.orElseGet(() -> Responses.unauthorized("The access token is unknown, revoked or expired"));
		};
	}

	static Optional<String> bearerToken(Request request) {
		return Optional.ofNullable(request.getHeader("Authorization"))
			.filter((header) -> header.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
			.map((header) -> header.substring(SCHEME.length()).strip());
	}

}
