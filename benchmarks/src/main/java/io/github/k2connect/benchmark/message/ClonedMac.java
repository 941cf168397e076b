package io.github.k2connect.benchmark.message;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The least that verifying a signature takes: an HMAC whose key is set up, cloned for
 * each message so that threads can share it.
 */
public final class ClonedMac {

	private static final String ALGORITHM = "HmacSHA256";

	private final Mac mac;

	/**
	 * Create a new instance.
	 * @param apiKey the key
	 */
	public ClonedMac(String apiKey) {
		try {
			this.mac = Mac.getInstance(ALGORITHM);
			this.mac.init(new SecretKeySpec(apiKey.getBytes(StandardCharsets.UTF_8), ALGORITHM));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Return whether a signature is valid.
	 * @param body the signed bytes
	 * @param signature the signature in hexadecimal digits
	 * @return {@code true} if it is
	 * @throws IllegalArgumentException if the signature has other characters
	 */
	public boolean isValid(byte[] body, String signature) {
		try {
			byte[] expected = ((Mac) this.mac.clone()).doFinal(body);
			return MessageDigest.isEqual(expected, HexFormat.of().parseHex(signature));
		}
		catch (CloneNotSupportedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
