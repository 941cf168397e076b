package io.github.k2connect.test;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

import tools.jackson.databind.JsonNode;

/**
 * Rules for the properties of a JSON object: the body of a request, or a part of one.
 * Properties without a rule are accepted unless the check is strict. Immutable: each rule
 * returns a new set.
 */
final class BodyRules implements PropertyCheck {

	/**
	 * Rules of an amount with its currency.
	 */
	static final BodyRules MONEY = body().required("currency", PropertyCheck.currency())
		.required("value", PropertyCheck.amount());

	/**
	 * Rules of the links of a request whose result is posted.
	 */
	static final BodyRules CALLBACK = body().required("callback_url", PropertyCheck.absoluteUrl());

	private final List<Rule> rules;

	private BodyRules(List<Rule> rules) {
		this.rules = rules;
	}

	static BodyRules body() {
		return new BodyRules(List.of());
	}

	BodyRules required(String property, PropertyCheck check) {
		return with(property, (name, value, strictness) -> isAbsent(value) ? List.of(name + " is missing")
				: check.violations(name, value, strictness));
	}

	BodyRules optional(String property, PropertyCheck check) {
		return with(property,
				(name, value, strictness) -> isAbsent(value) ? List.of() : check.violations(name, value, strictness));
	}

	/**
	 * Require a property that the documentation requires and the SDKs leave out.
	 */
	BodyRules requiredWhenStrict(String property, PropertyCheck check) {
		return with(property, (name, value, strictness) -> {
			if (!isAbsent(value)) {
				return check.violations(name, value, strictness);
			}
			return (strictness == Strictness.STRICT) ? List.of(name + " is missing") : List.of();
		});
	}

	/**
	 * Add rules that depend on the object.
	 */
	BodyRules dependingOn(Function<JsonNode, BodyRules> rules) {
		return with(new Rule((object) -> rules.apply(object).propertiesOf(object),
				(name, object, strictness) -> rules.apply(object).violationsOfRules(name, object, strictness)));
	}

	/**
	 * Add all rules of another set.
	 */
	BodyRules including(BodyRules others) {
		return dependingOn((object) -> others);
	}

	/**
	 * Add a rule for the object as a whole.
	 */
	BodyRules with(PropertyCheck check) {
		return with(new Rule((object) -> Set.of(), check));
	}

	private BodyRules with(String property, PropertyCheck check) {
		return with(new Rule((object) -> Set.of(property), (name, object, strictness) -> check
			.violations(qualify(name, property), object.path(property), strictness)));
	}

	private BodyRules with(Rule rule) {
		List<Rule> more = new ArrayList<>(this.rules);
		more.add(rule);
		return new BodyRules(more);
	}

	List<String> violations(JsonNode body, Strictness strictness) {
		return violations("", body, strictness);
	}

	@Override
	public List<String> violations(String name, JsonNode value, Strictness strictness) {
		if (!value.isObject()) {
			return List.of(name + " must be an object");
		}
		List<String> violations = new ArrayList<>(violationsOfRules(name, value, strictness));
		if (strictness == Strictness.STRICT) {
			Set<String> documented = propertiesOf(value);
			value.propertyNames()
				.stream()
				.filter((property) -> !documented.contains(property))
				.forEach((property) -> violations.add(qualify(name, property) + " is not documented"));
		}
		return violations;
	}

	private List<String> violationsOfRules(String name, JsonNode object, Strictness strictness) {
		return this.rules.stream()
			.flatMap((rule) -> rule.check().violations(name, object, strictness).stream())
			.toList();
	}

	private Set<String> propertiesOf(JsonNode object) {
		Set<String> properties = new HashSet<>();
		this.rules.forEach((rule) -> properties.addAll(rule.properties().apply(object)));
		return properties;
	}

	private static boolean isAbsent(JsonNode value) {
		return value.isMissingNode() || value.isNull();
	}

	private static String qualify(String name, String property) {
		return name.isEmpty() ? property : name + "." + property;
	}

	/**
	 * Rule of an object.
	 *
	 * @param properties the properties of an object that the rule names
	 * @param check the check of the object
	 */
	private record Rule(Function<JsonNode, Set<String>> properties, PropertyCheck check) {

	}

}
