package io.github.k2connect;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Kenyan phone number.
 *
 * @param subscriberNumber the nine digits after the country code 254
 */
public record PhoneNumber(String subscriberNumber) {

	private static final Pattern SEPARATORS = Pattern.compile("[\\s\\u00A0().-]");

	private static final Pattern SUBSCRIBER_NUMBER = Pattern.compile("[0-9]{9}");

	private static final Pattern NUMBER = Pattern.compile("(?:\\+?254|0?(?=[17]))([0-9]{9})");

	/**
	 * Create a new phone number.
	 * @param subscriberNumber the nine digits after the country code 254
	 * @throws IllegalArgumentException if the text does not have nine digits
	 */
	public PhoneNumber {
		if (!SUBSCRIBER_NUMBER.matcher(subscriberNumber).matches()) {
			throw new IllegalArgumentException("A subscriber number has nine digits");
		}
	}

	/**
	 * Parse a phone number as people write it: {@code +254712345678},
	 * {@code 254712345678}, {@code 0712345678} or {@code 712345678}. Blanks, hyphens,
	 * dots and parentheses are ignored. Without country code, the nine digits begin with
	 * 7 or 1.
	 * @param text the number as written
	 * @return the number, or empty if the text is not a Kenyan phone number
	 */
	public static Optional<PhoneNumber> parse(String text) {
		Matcher matcher = NUMBER.matcher(SEPARATORS.matcher(text).replaceAll(""));
		return matcher.matches() ? Optional.of(new PhoneNumber(matcher.group(1))) : Optional.empty();
	}

	/**
	 * Return the number with plus sign and country code.
	 * @return {@code +254} and nine digits
	 */
	public String international() {
		return "+254" + this.subscriberNumber;
	}

	/**
	 * Return the number with country code and no plus sign.
	 * @return {@code 254} and nine digits
	 */
	public String withoutPlus() {
		return "254" + this.subscriberNumber;
	}

	/**
	 * Return the hash that Kopo Kopo sends as {@code hashed_sender_phone}. Since 2026,
	 * M-PESA masks the phone numbers of payers but not this hash. To find the customer
	 * who paid, store the hash with each customer and search for the hash of the payment.
	 * @return the SHA-256 of {@link #withoutPlus()}, as 64 lower-case hexadecimal digits
	 */
	public String hash() {
		return Sha256.hex(withoutPlus().getBytes(StandardCharsets.US_ASCII));
	}

}
