package io.github.k2connect.token;

import java.time.Duration;
import java.time.Instant;

/**
 * A token that Kopo Kopo issued. Its {@code toString()} does not show it.
 *
 * @param accessToken the token
 * @param tokenType {@code Bearer}
 * @param expiresIn how long it is valid from its creation
 * @param createdAt when it was created; when Kopo Kopo does not say, when it was received
 */
public record AccessToken(String accessToken, String tokenType, Duration expiresIn, Instant createdAt) {

	@Override
	public String toString() {
		return "AccessToken[accessToken=***, tokenType=" + this.tokenType + ", expiresIn=" + this.expiresIn
				+ ", createdAt=" + this.createdAt + "]";
	}

}
