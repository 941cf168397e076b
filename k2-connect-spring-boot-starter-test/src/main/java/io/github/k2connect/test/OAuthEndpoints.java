package io.github.k2connect.test;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import tools.jackson.databind.node.ObjectNode;

/**
 * The OAuth calls: issuing, revoking, introspecting and describing access tokens.
 */
final class OAuthEndpoints {

	private static final String SCOPE = "kopokopo";

	private final SimulatedAccounts accounts;

	OAuthEndpoints(SimulatedAccounts accounts) {
		this.accounts = accounts;
	}

	List<Endpoint> endpoints() {
		return List.of(Endpoint.post("/oauth/token", this::countAndIssue),
				Endpoint.post("/oauth/revoke", authenticated(this::revoke)),
				Endpoint.post("/oauth/introspect", authenticated(this::introspect)),
				Endpoint.get("/oauth/token/info", this::info));
	}

	private ResponseDefinition countAndIssue(Request request) {
		this.accounts.countTokenRequest();
		return authenticated(this::issue).apply(request);
	}

	private Function<Request, ResponseDefinition> authenticated(
			BiFunction<OAuthFields, SimulatedAccount, ResponseDefinition> response) {
		return (request) -> {
			OAuthFields fields = OAuthFields.of(request);
			return this.accounts.authenticate(fields)
				.map((account) -> response.apply(fields, account))
				.orElseGet(() -> Responses.oauthError("invalid_client", "The client credentials are missing or wrong"));
		};
	}

	private ResponseDefinition issue(OAuthFields fields, SimulatedAccount account) {
		if (!"client_credentials".equals(fields.get("grant_type"))) {
			return Responses.oauthError("unsupported_grant_type", "The grant type must be client_credentials");
		}
		return Responses.ok(Json.object()
			.put("access_token", account.tokens().issue())
			.put("token_type", "Bearer")
			.put("expires_in", account.tokens().lifetime().toSeconds())
			.put("created_at", NairobiTime.format(Instant.now())));
	}

	private ResponseDefinition revoke(OAuthFields fields, SimulatedAccount account) {
		account.tokens().revoke(fields.get("token"));
		return Responses.ok(Json.object());
	}

	private ResponseDefinition introspect(OAuthFields fields, SimulatedAccount account) {
		return Responses.ok(account.tokens()
			.validity(fields.get("token"))
			.map((validity) -> Json.object()
				.put("active", true)
				.put("scope", SCOPE)
				.put("client_id", account.clientId())
				.put("token_type", "Bearer")
				.put("exp", NairobiTime.format(validity.expiresAt()))
				.put("iat", NairobiTime.format(validity.issuedAt())))
			.orElseGet(() -> Json.object().put("active", false)));
	}

	private ResponseDefinition info(Request request) {
		Optional<String> token = BearerTokenCheck.bearerToken(request);
		return token.flatMap(this.accounts::withToken)
			.flatMap((account) -> account.tokens()
				.validity(token.orElseThrow())
				.map((validity) -> info(account, validity)))
			.orElseGet(() -> Responses.oauthError("invalid_token",
					"The access token is missing, unknown, revoked or expired"));
	}

	private static ResponseDefinition info(SimulatedAccount account, IssuedTokens.Validity validity) {
		ObjectNode info = Json.object().putNull("resource_owner_id");
		info.putArray("scope").add(SCOPE);
		info.put("expires_in", validity.remaining().toSeconds());
		info.putObject("application").put("uid", account.clientId());
		return Responses.ok(info.put("created_at", validity.issuedAt().getEpochSecond()));
	}

}
