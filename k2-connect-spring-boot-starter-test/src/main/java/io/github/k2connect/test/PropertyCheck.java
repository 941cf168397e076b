package io.github.k2connect.test;

import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import tools.jackson.databind.JsonNode;

/**
 * Check of the value of one property of a request.
 */
@FunctionalInterface
interface PropertyCheck {

	/**
	 * Check a value that is present and not null.
	 * @param name the property's name, to begin each violation with
	 * @param value the value
	 * @param strictness how strictly to check
	 * @return the violations, without the value
	 */
	List<String> violations(String name, JsonNode value, Strictness strictness);

	/**
	 * Check a text that is not blank. A whole number is accepted too.
	 */
	static PropertyCheck text() {
		return satisfying((value) -> value.isString() && !value.stringValue().isBlank(), JsonNode::isIntegralNumber,
				"must be a text");
	}

	/**
	 * Check a text that a client may send empty instead of leaving it out.
	 */
	static PropertyCheck textOrEmpty() {
		return satisfying((value) -> value.isString() && !value.stringValue().isBlank(),
				(value) -> value.isIntegralNumber() || (value.isString() && value.stringValue().isEmpty()),
				"must be a text");
	}

	static PropertyCheck oneOf(Set<String> values) {
		return satisfying((value) -> value.isString() && values.contains(value.stringValue()), (value) -> false,
				isNotOneOf(values));
	}

	/**
	 * Check a text that is one of some in lower case, which a client may write in another
	 * case.
	 */
	static PropertyCheck oneOfInAnyCase(Set<String> values) {
		return satisfying((value) -> value.isString() && values.contains(value.stringValue()),
				(value) -> value.isString() && values.contains(value.stringValue().toLowerCase(Locale.ROOT)),
				isNotOneOf(values));
	}

	static PropertyCheck anything() {
		return (name, value, strictness) -> List.of();
	}

	static PropertyCheck settlementMethod() {
		return oneOf(Set.of("EFT", "RTS"));
	}

	/**
	 * Check each element of an array by the rules that suit it.
	 */
	static PropertyCheck each(Function<JsonNode, BodyRules> rules) {
		return satisfying(JsonNode::isArray, "must be an array")
			.and((name, array, strictness) -> IntStream.range(0, array.size())
				.mapToObj((index) -> rules.apply(array.get(index))
					.violations(name + "[" + index + "]", array.get(index), strictness))
				.flatMap(List::stream)
				.toList());
	}

	static PropertyCheck flag() {
		return satisfying(JsonNode::isBoolean, "must be true or false");
	}

	/**
	 * Check an array of texts, or one text.
	 */
	static PropertyCheck texts() {
		return satisfying((value) -> value.isArray() && value.values().stream().allMatch(JsonNode::isString),
				JsonNode::isString, "must be an array of texts");
	}

	/**
	 * Check a phone number that is documented with its plus.
	 */
	static PropertyCheck phoneNumber() {
		return phoneNumber("\\+254[0-9]{9}", "must be +254 followed by nine digits");
	}

	/**
	 * Check a phone number that is documented without a plus.
	 */
	static PropertyCheck phoneNumberWithoutPlus() {
		return phoneNumber("254[0-9]{9}", "must be 254 followed by nine digits");
	}

	private static PropertyCheck phoneNumber(String documentedForm, String requirement) {
		Pattern pattern = Pattern.compile(documentedForm);
		return satisfying((value) -> value.isString() && pattern.matcher(value.stringValue()).matches(),
				(value) -> (value.isString() || value.isIntegralNumber())
						&& PhoneNumbers.digits(value.asString()).isPresent(),
				requirement);
	}

	static PropertyCheck currency() {
		return oneOf(Set.of("KES"));
	}

	/**
	 * Check an amount, a number or the text of one.
	 */
	static PropertyCheck amount() {
		return (name, value, strictness) -> {
			Optional<BigDecimal> amount = Amounts.read(value);
			if (amount.isEmpty()) {
				return List.of(name + " must be a number");
			}
			if (amount.get().signum() <= 0) {
				return List.of(name + " must be greater than 0");
			}
			if ((long) amount.get().precision() - amount.get().scale() > 15) {
				return List.of(name + " must have at most 15 digits before the point");
			}
			return (amount.get().stripTrailingZeros().scale() > 2) ? List.of(name + " must have at most two decimals")
					: List.of();
		};
	}

	static PropertyCheck time() {
		return satisfying(PropertyCheck::isTime, "must be an ISO 8601 time with its offset");
	}

	/**
	 * Return whether a value is the text of a time with its offset.
	 */
	static boolean isTime(JsonNode value) {
		try {
			return value.isString() && OffsetDateTime.parse(value.stringValue()).getOffset() != null;
		}
		catch (DateTimeException ex) {
			return false;
		}
	}

	static PropertyCheck absoluteUrl() {
		return satisfying((value) -> {
			try {
				return value.isString() && CallbackUrls.isAbsolute(new URI(value.stringValue()));
			}
			catch (URISyntaxException ex) {
				return false;
			}
		}, "must be an absolute http or https URL");
	}

	/**
	 * Check metadata: texts or other plain values.
	 */
	static PropertyCheck metadata() {
		return satisfying(JsonNode::isObject, "must be an object")
			.and(satisfying((value) -> value.size() <= 5, "must have at most five entries"))
			.and(satisfying((value) -> value.values().stream().allMatch(JsonNode::isString),
					(value) -> value.values().stream().noneMatch(JsonNode::isContainer), "must have texts as values"));
	}

	static PropertyCheck satisfying(Predicate<JsonNode> predicate, String requirement) {
		return satisfying(predicate, (value) -> false, requirement);
	}

	/**
	 * Check with the documented condition and, if not strict, the tolerated condition.
	 */
	static PropertyCheck satisfying(Predicate<JsonNode> documented, Predicate<JsonNode> tolerated, String requirement) {
		return (name, value, strictness) -> {
			boolean accepted = documented.test(value) || (strictness == Strictness.LENIENT && tolerated.test(value));
			return accepted ? List.of() : List.of(name + " " + requirement);
		};
	}

	private static String isNotOneOf(Set<String> values) {
		return "is not one of " + String.join(", ", values.stream().sorted().toList());
	}

	/**
	 * Run the next check if this check has no violations.
	 */
	default PropertyCheck and(PropertyCheck next) {
		return (name, value, strictness) -> {
			List<String> violations = violations(name, value, strictness);
			return violations.isEmpty() ? next.violations(name, value, strictness) : violations;
		};
	}

}
