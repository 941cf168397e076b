package io.github.k2connect.test;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import tools.jackson.databind.node.ObjectNode;

/**
 * The OAuth calls: issuing, revoking, introspecting and describing access tokens.
 */
final class OAuthEndpoints {

	private static final String SCOPE = "kopokopo";

	private final String clientId;

	private final String clientSecret;

	private final IssuedTokens tokens;

	OAuthEndpoints(String clientId, String clientSecret, IssuedTokens tokens) {
		this.clientId = clientId;
		this.clientSecret = clientSecret;
		this.tokens = tokens;
	}

	List<Endpoint> endpoints() {
		return List.of(Endpoint.post("/oauth/token", this::countAndIssue),
				Endpoint.post("/oauth/revoke", authenticated(this::revoke)),
				Endpoint.post("/oauth/introspect", authenticated(this::introspect)),
				Endpoint.get("/oauth/token/info", this::info));
	}

	private ResponseDefinition countAndIssue(Request request) {
		this.tokens.countRequest();
		return authenticated(this::issue).apply(request);
	}

	private Function<Request, ResponseDefinition> authenticated(Function<OAuthFields, ResponseDefinition> answer) {
		return (request) -> {
			OAuthFields fields = OAuthFields.of(request);
			return (this.clientId.equals(fields.get("client_id"))
					&& this.clientSecret.equals(fields.get("client_secret"))) ? answer.apply(fields)
							: Answers.oauthError("invalid_client", "The client credentials are missing or wrong");
		};
	}

	private ResponseDefinition issue(OAuthFields fields) {
		if (!"client_credentials".equals(fields.get("grant_type"))) {
			return Answers.oauthError("unsupported_grant_type", "The grant type must be client_credentials");
		}
		return Answers.ok(Json.object()
			.put("access_token", this.tokens.issue())
			.put("token_type", "Bearer")
			.put("expires_in", this.tokens.lifetime().toSeconds())
			.put("created_at", NairobiTime.format(Instant.now())));
	}

	private ResponseDefinition revoke(OAuthFields fields) {
		this.tokens.revoke(fields.get("token"));
		return Answers.ok(Json.object());
	}

	private ResponseDefinition introspect(OAuthFields fields) {
		return Answers.ok(this.tokens.validity(fields.get("token"))
			.map((validity) -> Json.object()
				.put("active", true)
				.put("scope", SCOPE)
				.put("client_id", this.clientId)
				.put("token_type", "Bearer")
				.put("exp", NairobiTime.format(validity.expiresAt()))
				.put("iat", NairobiTime.format(validity.issuedAt())))
			.orElseGet(() -> Json.object().put("active", false)));
	}

	private ResponseDefinition info(Request request) {
		Optional<IssuedTokens.Validity> validity = BearerTokenCheck.bearerToken(request).flatMap(this.tokens::validity);
		if (validity.isEmpty()) {
			return Answers.oauthError("invalid_token", "The access token is missing, unknown, revoked or expired");
		}
		ObjectNode info = Json.object().putNull("resource_owner_id");
		info.putArray("scope").add(SCOPE);
		info.put("expires_in", validity.get().remaining().toSeconds());
		info.putObject("application").put("uid", this.clientId);
		return Answers.ok(info.put("created_at", validity.get().issuedAt().getEpochSecond()));
	}

}
