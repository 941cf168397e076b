package io.github.k2connect.webhook;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import org.springframework.util.Assert;

/**
 * A key for HMAC-SHA256. It is set up once, and copied for each message.
 */
final class SigningKey {

	private static final String ALGORITHM = "HmacSHA256";

	private final SecretKeySpec key;

	private final Mac mac;

	SigningKey(String key) {
		Assert.hasText(key, "An API key must not be blank");
		this.key = new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), ALGORITHM);
		this.mac = newMac();
	}

	/**
	 * Return whether this is the signature of the body. The comparison takes constant
	 * time.
	 */
	boolean isSignature(byte[] signature, byte[] body) {
		return MessageDigest.isEqual(signature, copy().doFinal(body));
	}

	/**
	 * Return a copy of the Mac. Not every provider supports that.
	 */
	private Mac copy() {
		try {
			return (Mac) this.mac.clone();
		}
		catch (CloneNotSupportedException ex) {
			return newMac();
		}
	}

	/**
	 * Return a Mac that has processed the key, so that its copies need not do it.
	 */
	private Mac newMac() {
		try {
			Mac mac = Mac.getInstance(ALGORITHM);
			mac.init(this.key);
			mac.update(new byte[0]);
			return mac;
		}
		catch (NoSuchAlgorithmException | InvalidKeyException ex) {
			throw new IllegalStateException("Every Java platform has " + ALGORITHM, ex);
		}
	}

}
