package io.github.k2connect.token;

import java.time.Duration;
import java.time.Instant;

import io.github.k2connect.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * Information about a token, as returned to the bearer of the token.
 *
 * @param scope the scopes of the token, joined with blanks, or {@code null}
 * @param expiresIn the remaining validity, or {@code null}
 * @param resourceOwnerId the user it was issued for, usually {@code null}
 * @param applicationId the OAuth application that it was issued to, or {@code null}
 * @param tokenType {@code Bearer}, or {@code null}
 * @param createdAt when it was created, or {@code null}
 */
public record TokenInfo(@Nullable String scope, @Nullable Duration expiresIn, @Nullable String resourceOwnerId,
		@Nullable String applicationId, @Nullable String tokenType, @Nullable Instant createdAt) {

	static TokenInfo from(JsonObject json) {
		String scope = String.join(" ", json.texts("scope"));
		return new TokenInfo(scope.isEmpty() ? null : scope, json.seconds("expires_in"), json.text("resource_owner_id"),
				json.object("application").text("uid"), json.text("token_type"), json.instant("created_at"));
	}

}
