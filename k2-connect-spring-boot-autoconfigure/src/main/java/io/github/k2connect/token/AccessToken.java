package io.github.k2connect.token;

import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;

/**
 * A token that Kopo Kopo issued. Its {@code toString()} does not show it.
 *
 * @param accessToken the token
 * @param tokenType {@code Bearer}
 * @param expiresIn how long it is valid from its creation; 5 minutes when Kopo Kopo does
 * not say
 * @param createdAt when it was created; when Kopo Kopo does not say, when it was received
 */
public record AccessToken(String accessToken, String tokenType, Duration expiresIn, Instant createdAt) {

	private static final Pattern BEARER = Pattern.compile("[!-~]+");

	/**
	 * Return whether a header can hold the text as a token.
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
