package io.github.k2connect.webhook;

import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

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

	private static final int HEX_DIGITS = 64;

	private final List<SigningKey> keys;

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
		this.clientSecretHint = (clientSecret != null) ? new ClientSecretHint(new SigningKey(clientSecret)) : null;
		this.keys = Stream.concat(Stream.of(apiKey), previousApiKeys.stream()).map(SigningKey::new).toList();
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
		for (SigningKey key : this.keys) {
			if (key.isSignature(expected, body)) {
				return true;
			}
		}
		if (this.clientSecretHint != null) {
			this.clientSecretHint.refused(body, expected);
		}
		return false;
	}

	/**
	 * Return whether the signature is well-formed.
	 * @param signature the value of the header, or {@code null} if there was none
	 * @return {@code true} if it has the right length and characters
	 * @hidden
	 */
	@API(status = API.Status.INTERNAL)
	public static boolean isWellFormed(@Nullable String signature) {
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

}
