package io.github.k2connect.test;

import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import tools.jackson.databind.JsonNode;

/**
 * What the value of one property of a request has to be.
 */
@FunctionalInterface
interface PropertyCheck {

	/**
	 * Check a value that is there and is not null.
	 * @param name the property's name, to begin each violation with
	 * @param value the value
	 * @return what is wrong with it, never the value itself
	 */
	List<String> violations(String name, JsonNode value);

	static PropertyCheck text() {
		return satisfying((value) -> value.isString() && !value.stringValue().isBlank(), "must be a text");
	}

	static PropertyCheck matching(String regex, String requirement) {
		Pattern pattern = Pattern.compile(regex);
		return satisfying((value) -> value.isString() && pattern.matcher(value.stringValue()).matches(), requirement);
	}

	static PropertyCheck oneOf(Set<String> values) {
		return satisfying((value) -> value.isString() && values.contains(value.stringValue()),
				"is not one of " + String.join(", ", values.stream().sorted().toList()));
	}

	static PropertyCheck anything() {
		return (name, value) -> List.of();
	}

	static PropertyCheck settlementMethod() {
		return oneOf(Set.of("EFT", "RTS"));
	}

	/**
	 * Check each element of an array, which is not empty, by the rules that suit it.
	 */
	static PropertyCheck each(Function<JsonNode, BodyRules> rules) {
		PropertyCheck notEmpty = satisfying((value) -> value.isArray() && !value.isEmpty(),
				"must be an array that is not empty");
		return notEmpty.and((name, array) -> IntStream.range(0, array.size())
			.mapToObj((index) -> rules.apply(array.get(index)).violations(name + "[" + index + "]", array.get(index)))
			.flatMap(List::stream)
			.toList());
	}

	static PropertyCheck flag() {
		return satisfying(JsonNode::isBoolean, "must be true or false");
	}

	static PropertyCheck texts() {
		return satisfying((value) -> value.isArray() && value.values().stream().allMatch(JsonNode::isString),
				"must be an array of texts");
	}

	/**
	 * Check a phone number that is written with its plus.
	 */
	static PropertyCheck phoneNumber() {
		return matching("\\+254[0-9]{9}", "must be +254 followed by nine digits");
	}

	/**
	 * Check a phone number that is written without a plus.
	 */
	static PropertyCheck phoneNumberWithoutPlus() {
		return matching("254[0-9]{9}", "must be 254 followed by nine digits");
	}

	static PropertyCheck currency() {
		return oneOf(Set.of("KES"));
	}

	/**
	 * Check an amount, a number or the text of one.
	 */
	static PropertyCheck amount() {
		return (name, value) -> {
			Optional<BigDecimal> amount = Amounts.read(value);
			if (amount.isEmpty()) {
				return List.of(name + " must be a number");
			}
			if (amount.get().signum() <= 0) {
				return List.of(name + " must be greater than 0");
			}
			if (amount.get().precision() - amount.get().scale() > 15) {
				return List.of(name + " must have at most 15 digits before the point");
			}
			return (amount.get().stripTrailingZeros().scale() > 2) ? List.of(name + " must have at most two decimals")
					: List.of();
		};
	}

	static PropertyCheck time() {
		return satisfying((value) -> {
			try {
				return value.isString() && OffsetDateTime.parse(value.stringValue()).getOffset() != null;
			}
			catch (DateTimeException ex) {
				return false;
			}
		}, "must be an ISO 8601 time with its offset");
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

	static PropertyCheck metadata() {
		return satisfying(JsonNode::isObject, "must be an object")
			.and(satisfying((value) -> value.size() <= 5, "must have at most five entries"))
			.and(satisfying((value) -> value.values().stream().allMatch(JsonNode::isString),
					"must have texts as values"));
	}

	static PropertyCheck satisfying(Predicate<JsonNode> predicate, String requirement) {
		return (name, value) -> predicate.test(value) ? List.of() : List.of(name + " " + requirement);
	}

	/**
	 * Check further what this check found nothing wrong with.
	 */
	default PropertyCheck and(PropertyCheck next) {
		return (name, value) -> {
			List<String> violations = violations(name, value);
			return violations.isEmpty() ? next.violations(name, value) : violations;
		};
	}

}
