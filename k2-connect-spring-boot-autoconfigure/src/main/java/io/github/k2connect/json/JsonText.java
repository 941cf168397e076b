package io.github.k2connect.json;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;

import org.jspecify.annotations.Nullable;

/**
 * Conversion of a JSON value to text, and of its text to other types. A text that is not
 * of a type leads to {@code null}, or to a {@link DateTimeException}, an
 * {@link ArithmeticException} or an {@link IllegalArgumentException}.
 */
final class JsonText {

	/**
	 * The maximum number of digits of a number.
	 */
	static final int MAX_DIGITS = 1000;

	private static final char LAST_ASCII = 0x7F;

	private static final Duration LONGEST = Duration.ofDays(36_525);

	private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

	private JsonText() {
	}

	/**
	 * Return a string, or the text of a number or boolean. For any other value, and for a
	 * number with too large an exponent, return {@code null}.
	 */
	static @Nullable String of(Object value) {
		if (value instanceof String text) {
			return text;
		}
		if (value instanceof BigDecimal number && isPlain(number)) {
			return number.toPlainString();
		}
		if (value instanceof Integer || value instanceof Long || value instanceof BigInteger
				|| value instanceof Boolean) {
			return value.toString();
		}
		return null;
	}

	static @Nullable BigDecimal amount(String text) {
		BigDecimal amount = (text.length() <= MAX_DIGITS) ? number(text) : null;
		return (amount != null && isPlain(amount)) ? amount : null;
	}

	static @Nullable Duration seconds(String text) {
		BigDecimal seconds = amount(text);
		Duration duration = (seconds != null) ? Duration.ofSeconds(seconds.longValueExact()) : null;
		return (duration != null && duration.abs().compareTo(LONGEST) <= 0) ? duration : null;
	}

	static OffsetDateTime time(String text) {
		return IsoTime.parse(text.trim());
	}

	static @Nullable Instant instant(String text) {
		Instant instant = text.contains("-") ? time(text).toInstant()
				: Instant.ofEpochSecond(number(text).longValueExact());
		return (instant.isBefore(LATEST) && instant.isAfter(Instant.EPOCH.minus(LONGEST))) ? instant : null;
	}

	static @Nullable Boolean flag(String text) {
		return switch (text.trim()) {
			case "true" -> Boolean.TRUE;
			case "false" -> Boolean.FALSE;
			default -> null;
		};
	}

	static URI uri(String text) {
		return URI.create(text.trim());
	}

	/**
	 * Return the number in a text. Unlike {@link BigDecimal}, reject digits of other
	 * scripts.
	 */
	private static BigDecimal number(String text) {
		for (int i = 0; i < text.length(); i++) {
			if (text.charAt(i) > LAST_ASCII) {
				throw new NumberFormatException("Not ASCII");
			}
		}
		return new BigDecimal(text.trim());
	}

	/**
	 * Return whether the number can be written without exponent: 1E+999999999 would take
	 * gigabytes.
	 */
	private static boolean isPlain(BigDecimal number) {
		return Math.abs((long) number.scale()) <= MAX_DIGITS;
	}

}
