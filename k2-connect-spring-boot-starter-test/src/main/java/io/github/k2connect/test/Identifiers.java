package io.github.k2connect.test;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Identifiers as Kopo Kopo and M-PESA make them, a new one each time.
 */
final class Identifiers {

	private static final String REFERENCE_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

	private Identifiers() {
	}

	static String id() {
		return UUID.randomUUID().toString();
	}

	/**
	 * Create the reference of a transaction, in the form of an M-PESA receipt number.
	 */
	static String transactionReference() {
		StringBuilder reference = new StringBuilder("TK3");
		ThreadLocalRandom random = ThreadLocalRandom.current();
		while (reference.length() < 10) {
			reference.append(REFERENCE_ALPHABET.charAt(random.nextInt(REFERENCE_ALPHABET.length())));
		}
		return reference.toString();
	}

	/**
	 * Hash a phone number as Kopo Kopo does: {@code 254} and nine digits, without a plus.
	 */
	static String hashedPhoneNumber(String phoneNumber) {
		try {
			MessageDigest digest = MessageDigest.getInstance("SHA-256");
			return HexFormat.of()
				.formatHex(digest
					.digest(PhoneNumbers.digits(phoneNumber).orElse(phoneNumber).getBytes(StandardCharsets.UTF_8)));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-256", ex);
		}
	}

}
