package io.github.k2connect.test;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/**
 * Latest access tokens that were issued, and their validity.
 */
final class IssuedTokens {

	private static final SecureRandom RANDOM = new SecureRandom();

	private final Latest<String, Validity> tokens = new Latest<>();

	private final Duration lifetime;

	IssuedTokens(Duration lifetime) {
		this.lifetime = lifetime;
	}

	String issue() {
		byte[] random = new byte[32];
		RANDOM.nextBytes(random);
		String token = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
		Instant now = Instant.now();
		this.tokens.put(token, new Validity(now, now.plus(this.lifetime)), token.length());
		return token;
	}

	/**
	 * Find the validity of a token.
	 * @return empty when the token is unknown, revoked or expired
	 */
	Optional<Validity> validity(String token) {
		return Optional.ofNullable(this.tokens.get(token))
			.filter((validity) -> Instant.now().isBefore(validity.expiresAt()));
	}

	void revoke(String token) {
		this.tokens.remove(token);
	}

	void revokeAll() {
		this.tokens.clear();
	}

	Duration lifetime() {
		return this.lifetime;
	}

	/**
	 * Validity of a token.
	 *
	 * @param issuedAt when the token was issued
	 * @param expiresAt the first moment at which it is no longer valid
	 */
	record Validity(Instant issuedAt, Instant expiresAt) {

		Duration remaining() {
			return Duration.between(Instant.now(), this.expiresAt);
		}

	}

}
