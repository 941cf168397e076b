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
 * Tells whether a message is from Kopo Kopo, by its signature: the HMAC-SHA256 of the
 * body as received, keyed with the API key, in hexadecimal digits.
 * <p>
 * A signature holds no time, so a message that was recorded can be sent again and is
 * still genuine.
 */
public final class SignatureVerifier {

	/**
	 * The header that holds the signature.
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
	 * Create a verifier that knows the client secret, which is easily taken for the key.
	 * A signature by it is refused, and the log says so.
	 * @param apiKey the current API key
	 * @param previousApiKeys keys that are still accepted while the API key is rotated
	 * @param clientSecret the client secret, or {@code null} if there is none
	 */
	public SignatureVerifier(String apiKey, Collection<String> previousApiKeys, @Nullable String clientSecret) {
		this.clientSecretHint = (clientSecret != null) ? new ClientSecretHint(key(clientSecret)) : null;
		this.keys = Stream.concat(Stream.of(apiKey), previousApiKeys.stream()).map(SignatureVerifier::key).toList();
	}

	/**
	 * Return whether the signature is that of the body with any of the keys. Takes the
	 * same time however much of the signature is right.
	 * @param body the body as received
	 * @param signature the value of the header, or {@code null} when there was none
	 * @return whether it is; a signature of another length or with other characters is
	 * just wrong
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
	 * Return whether a signature can be that of any body.
	 * @param signature the value of the header, or {@code null} when there was none
	 * @return whether it has the right length and characters
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
