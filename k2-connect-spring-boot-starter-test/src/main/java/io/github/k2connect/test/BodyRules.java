package io.github.k2connect.test;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import tools.jackson.databind.JsonNode;

/**
 * Rules for the properties of a JSON object: the body of a request, or a part of one.
 * Properties that no rule names are let through. Immutable: each rule gives another set.
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

	private final List<PropertyCheck> rules;

	private BodyRules(List<PropertyCheck> rules) {
		this.rules = rules;
	}

	static BodyRules body() {
		return new BodyRules(List.of());
	}

	BodyRules required(String property, PropertyCheck check) {
		return with((name, object) -> isAbsent(object.path(property)) ? List.of(qualify(name, property) + " is missing")
				: check.violations(qualify(name, property), object.path(property)));
	}

	BodyRules optional(String property, PropertyCheck check) {
		return with((name, object) -> isAbsent(object.path(property)) ? List.of()
				: check.violations(qualify(name, property), object.path(property)));
	}

	/**
	 * Add rules that depend on what the object holds.
	 */
	BodyRules dependingOn(Function<JsonNode, BodyRules> rules) {
		return with((name, object) -> rules.apply(object).violations(name, object));
	}

	BodyRules with(PropertyCheck rule) {
		List<PropertyCheck> more = new ArrayList<>(this.rules);
		more.add(rule);
		return new BodyRules(more);
	}

	List<String> violations(JsonNode body) {
		return violations("", body);
	}

	@Override
	public List<String> violations(String name, JsonNode value) {
		if (!value.isObject()) {
			return List.of(name + " must be an object");
		}
		return this.rules.stream().flatMap((rule) -> rule.violations(name, value).stream()).toList();
	}

	private static boolean isAbsent(JsonNode value) {
		return value.isMissingNode() || value.isNull();
	}

	private static String qualify(String name, String property) {
		return name.isEmpty() ? property : name + "." + property;
	}

}
