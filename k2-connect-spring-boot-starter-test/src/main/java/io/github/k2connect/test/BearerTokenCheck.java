package io.github.k2connect.test;

import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;

/**
 * Guard of the API: a call is answered when it carries a good access token and is
 * unauthorized otherwise.
 */
final class BearerTokenCheck {

	private static final String SCHEME = "Bearer ";

	private final SimulatedAccounts accounts;

	BearerTokenCheck(SimulatedAccounts accounts) {
		this.accounts = accounts;
	}

	/**
	 * Guard an answer that is the API's for some paths only.
	 */
	Function<Request, ResponseDefinition> guardApi(Function<Request, ResponseDefinition> answer) {
		return (request) -> (request.getUrl().startsWith("/api/") ? guard((guarded, account) -> answer.apply(guarded))
				: answer)
			.apply(request);
	}

	/**
	 * Guard an answer, which is told the account whose token it was.
	 */
	Function<Request, ResponseDefinition> guard(BiFunction<Request, SimulatedAccount, ResponseDefinition> answer) {
		return (request) -> {
			Optional<String> token = bearerToken(request);
			if (token.isEmpty()) {
				return Answers.unauthorized("The access token is missing");
			}
			return this.accounts.withToken(token.get())
				.map((account) -> answer.apply(request, account))
				.orElseGet(() -> Answers.unauthorized("The access token is unknown, revoked or expired"));
		};
	}

	static Optional<String> bearerToken(Request request) {
		return Optional.ofNullable(request.getHeader("Authorization"))
			.filter((header) -> header.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
			.map((header) -> header.substring(SCHEME.length()).strip());
	}

}
