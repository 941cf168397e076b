package io.github.k2connect.test;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Kenyan phone numbers as people write them, and as Kopo Kopo does.
 */
final class PhoneNumbers {

	private static final Pattern SEPARATORS = Pattern.compile("[ .()-]");

	private static final Pattern NUMBER = Pattern.compile("(?:\\+?254|0)?([17][0-9]{8})|\\+?254([0-9]{9})");

	private static final Pattern ALL_BUT_THE_ENDS = Pattern.compile("(?<=[0-9]{4})[0-9](?=[0-9]{3})");

	private PhoneNumbers() {
	}

	/**
	 * Read a number in any form that people write.
	 * @return {@code 254} and nine digits, empty when it is not a Kenyan phone number
	 */
	static Optional<String> digits(String phoneNumber) {
		Matcher matcher = NUMBER.matcher(SEPARATORS.matcher(phoneNumber).replaceAll(""));
		if (!matcher.matches()) {
			return Optional.empty();
		}
		return Optional.of("254" + ((matcher.group(1) != null) ? matcher.group(1) : matcher.group(2)));
	}

	/**
	 * Write a number with its plus.
	 * @return the number as it is when it is not a Kenyan phone number
	 */
	static String international(String phoneNumber) {
		return digits(phoneNumber).map((digits) -> "+" + digits).orElse(phoneNumber);
	}

	/**
	 * Replace the digits in the middle of a number by asterisks.
	 */
	static String masked(String phoneNumber) {
		return ALL_BUT_THE_ENDS.matcher(phoneNumber).replaceAll("*");
	}

}
