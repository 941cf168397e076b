package io.github.k2connect.token;

import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;

/**
 * An access token of Kopo Kopo. Its {@code toString()} does not show the token.
 *
 * @param accessToken the token
 * @param tokenType {@code Bearer}
 * @param expiresIn how long the token is valid from its creation; 5 minutes if the
 * response has no such property
 * @param createdAt when the token was created; the time of the response if it has no such
 * property, or one that cannot be read
 */
public record AccessToken(String accessToken, String tokenType, Duration expiresIn, Instant createdAt) {

	private static final Pattern BEARER = Pattern.compile("[!-~]+");

	/**
	 * Return whether the text is valid as a token in a header.
	 */
	static boolean isBearer(String text) {
		return BEARER.matcher(text).matches();
	}

	@Override
	public String toString() {
		return "AccessToken[accessToken=***, tokenType=" + this.tokenType + ", expiresIn=" + this.expiresIn
				+ ", createdAt=" + this.createdAt + "]";
	}

}
