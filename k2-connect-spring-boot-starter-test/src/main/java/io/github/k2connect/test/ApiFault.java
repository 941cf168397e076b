package io.github.k2connect.test;

import java.time.Duration;
import java.util.function.Function;
import java.util.function.Predicate;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;

/**
 * Fault of a request to the API.
 */
final class ApiFault extends SimulatedFault {

	private final Predicate<Request> concerned;

	private final Effect effect;

	private ApiFault(Kind kind, String name, Predicate<Request> concerned, Effect effect) {
		super(name, kind);
		this.concerned = concerned;
		this.effect = effect;
	}

	static ApiFault responding(String name, ResponseDefinition instead) {
		return new ApiFault(Kind.RESPONSE, name, (request) -> true, (request, response, accounts) -> instead);
	}

	static ApiFault delaying(Duration delay) {
		return new ApiFault(Kind.DELAY, "slow by " + delay.toMillis() + " ms", (request) -> true,
				(request, response, accounts) -> ResponseDefinitionBuilder.like(response.apply(request))
					.withFixedDelay(Math.toIntExact(delay.toMillis()))
					.build());
	}

	static ApiFault cuttingConnection() {
		return new ApiFault(Kind.RESPONSE, "connection cut", (request) -> true,
				(request, response, accounts) -> ResponseDefinitionBuilder.like(response.apply(request))
					.withFault(Fault.EMPTY_RESPONSE)
					.build());
	}

	static ApiFault revokingToken() {
		return new ApiFault(Kind.RESPONSE, "token revoked",
				(request) -> BearerTokenCheck.bearerToken(request).isPresent(), (request, response, accounts) -> {
					BearerTokenCheck.bearerToken(request).ifPresent(accounts::revokeToken);
					return response.apply(request);
				});
	}

	boolean concerns(Request request) {
		return this.concerned.test(request);
	}

	/**
	 * Respond to a request with this fault.
	 * @param request the request
	 * @param response the response without this fault, and the effect of the request
	 * @param accounts the accounts
	 */
	ResponseDefinition respond(Request request, Function<Request, ResponseDefinition> response,
			SimulatedAccounts accounts) {
		return this.effect.respond(request, response, accounts);
	}

	/**
	 * What the fault makes of a response.
	 */
	@FunctionalInterface
	private interface Effect {

		ResponseDefinition respond(Request request, Function<Request, ResponseDefinition> response,
				SimulatedAccounts accounts);

	}

}
