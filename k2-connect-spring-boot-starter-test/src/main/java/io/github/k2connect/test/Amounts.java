package io.github.k2connect.test;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;

import tools.jackson.databind.JsonNode;

/**
 * Amounts of money as they come in requests and as Kopo Kopo writes them in results.
 */
final class Amounts {

	private static final Pattern NUMERIC = Pattern.compile("-?[0-9]{1,15}(\\.[0-9]{1,15})?");

	private Amounts() {
	}

	/**
	 * Read an amount that is a number or the text of one.
	 */
	static Optional<BigDecimal> read(JsonNode amount) {
		if (amount.isNumber()) {
			return Optional.of(amount.decimalValue());
		}
		return (amount.isString() && NUMERIC.matcher(amount.stringValue()).matches())
				? Optional.of(new BigDecimal(amount.stringValue())) : Optional.empty();
	}

	/**
	 * Return an amount as the number that results echo, with all its digits.
	 * @return the number, 0 when it cannot be read
	 */
	static BigDecimal number(JsonNode amount) {
		BigDecimal number = read(amount).orElse(BigDecimal.ZERO);
		return (number.scale() < 0) ? number.setScale(0) : number;
	}

	/**
	 * Write an amount with all its digits and at least one decimal, as in
	 * {@code "2200.0"}.
	 */
	static String write(BigDecimal amount) {
		return ((amount.scale() < 1) ? amount.setScale(1) : amount).toPlainString();
	}

}
