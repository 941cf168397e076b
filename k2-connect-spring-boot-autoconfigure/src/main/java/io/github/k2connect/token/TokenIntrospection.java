package io.github.k2connect.token;

import java.time.Instant;

import io.github.k2connect.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * Information about a token, as returned to the OAuth application. If the token is not
 * active, all other properties are {@code null}.
 *
 * @param active whether the token is valid
 * @param scope the scopes of the token, or {@code null}
 * @param clientId the OAuth application that it was issued to, or {@code null}
 * @param tokenType {@code Bearer}, or {@code null}
 * @param expiresAt when it expires, or {@code null}
 * @param issuedAt when it was issued, or {@code null}
 */
public record TokenIntrospection(boolean active, @Nullable String scope, @Nullable String clientId,
		@Nullable String tokenType, @Nullable Instant expiresAt, @Nullable Instant issuedAt) {

	static TokenIntrospection from(JsonObject json) {
		return new TokenIntrospection(Boolean.TRUE.equals(json.flag("active")), json.text("scope"),
				json.text("client_id"), json.text("token_type"), json.instant("exp"), json.instant("iat"));
	}

}
