package io.github.k2connect.sample.payment;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The code that begins the customer's M-PESA message, which is the reference of the
 * payment.
 */
final class MpesaCode {

	private static final Pattern SEPARATORS = Pattern.compile("[\\s\\u00A0.,-]");

	private static final Pattern CODE = Pattern.compile("[A-Z0-9]{8,12}");

	private MpesaCode() {
	}

	/**
	 * Read a code as a customer writes it: small letters, blanks and a full stop do not
	 * matter.
	 * @param text what the customer wrote
	 * @return the code, or empty if it cannot be one
	 */
	static Optional<String> parse(String text) {
		return Optional.of(normalize(text)).filter((code) -> CODE.matcher(code).matches());
	}

	/**
	 * Bring the reference of a payment into the form of codes.
	 * @param reference the reference, or {@code null}
	 * @return the reference, or {@code null} if there is none
	 */
	static @Nullable String ofReference(@Nullable String reference) {
		String normalized = (reference != null) ? normalize(reference) : "";
		return normalized.isEmpty() ? null : normalized;
	}

	private static String normalize(String text) {
		return SEPARATORS.matcher(text).replaceAll("").toUpperCase(Locale.ROOT);
	}

}
