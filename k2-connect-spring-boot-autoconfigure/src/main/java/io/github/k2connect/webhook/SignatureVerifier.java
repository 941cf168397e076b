package io.github.k2connect.webhook;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Verifier for the signature of messages: the HMAC-SHA256 of the body as received, keyed
 * with the API key, in hexadecimal digits.
 * <p>
 * A signature contains no time. A recorded message that is sent again is still valid.
 */
public final class SignatureVerifier {

	/**
	 * The header with the signature.
	 */
	public static final String HEADER = "X-KopoKopo-Signature";

	private static final String ALGORITHM = "HmacSHA256";

	private static final int HEX_DIGITS = 64;

	private final List<SecretKeySpec> keys;

	private final @Nullable ClientSecretHint clientSecretHint;

	/**
	 * Create a verifier.
	 * @param apiKey the current API key
	 * @param previousApiKeys keys that are still accepted while the API key is rotated
	 */
	public SignatureVerifier(String apiKey, Collection<String> previousApiKeys) {
		this(apiKey, previousApiKeys, null);
	}

	/**
	 * Create a verifier that logs a warning if messages are signed with the client secret
	 * by mistake. Such messages are rejected.
	 * @param apiKey the current API key
	 * @param previousApiKeys keys that are still accepted while the API key is rotated
	 * @param clientSecret the client secret, or {@code null} if there is none
	 */
	public SignatureVerifier(String apiKey, Collection<String> previousApiKeys, @Nullable String clientSecret) {
		this.clientSecretHint = (clientSecret != null) ? new ClientSecretHint(key(clientSecret)) : null;
		this.keys = Stream.concat(Stream.of(apiKey), previousApiKeys.stream()).map(SignatureVerifier::key).toList();
	}

	/**
	 * Return whether the signature matches the body with one of the keys. The comparison
	 * takes constant time.
	 * @param body the body as received
	 * @param signature the value of the header, or {@code null} if there was none
	 * @return {@code true} if the signature is valid
	 */
	public boolean isValid(byte[] body, @Nullable String signature) {
		byte[] expected = decode(signature);
		if (expected == null) {
			return false;
		}
		boolean valid = this.keys.stream().anyMatch((key) -> isSignature(expected, key, body));
		if (!valid && this.clientSecretHint != null) {
			this.clientSecretHint.refused(body, expected);
		}
		return valid;
	}

	static boolean isSignature(byte[] expected, SecretKeySpec key, byte[] body) {
		return MessageDigest.isEqual(expected, hmac(key, body));
	}

	/**
	 * Return whether the signature is well-formed.
	 * @param signature the value of the header, or {@code null} if there was none
	 * @return {@code true} if it has the right length and characters
	 */
	static boolean isWellFormed(@Nullable String signature) {
		return decode(signature) != null;
	}

	private static byte @Nullable [] decode(@Nullable String signature) {
		if (signature == null || signature.length() != HEX_DIGITS) {
			return null;
		}
		try {
			return HexFormat.of().parseHex(signature);
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

	private static SecretKeySpec key(String apiKey) {
		Assert.hasText(apiKey, "An API key must not be blank");
		return new SecretKeySpec(apiKey.getBytes(StandardCharsets.UTF_8), ALGORITHM);
	}

	private static byte[] hmac(SecretKeySpec key, byte[] body) {
		try {
			Mac mac = Mac.getInstance(ALGORITHM);
			mac.init(key);
			return mac.doFinal(body);
		}
		catch (NoSuchAlgorithmException | InvalidKeyException ex) {
			throw new IllegalStateException("Every Java platform has " + ALGORITHM, ex);
		}
	}

}
