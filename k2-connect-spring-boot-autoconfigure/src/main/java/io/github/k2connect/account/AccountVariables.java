package io.github.k2connect.account;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.github.k2connect.InvalidK2ConfigurationException;
import io.github.k2connect.webhook.WebhookProperties;
import org.jspecify.annotations.Nullable;

import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.util.StringUtils;

/**
 * Verifies the environment variables for named accounts. In a variable an underscore
 * separates the parts of a property's name, so that Spring Boot ignores a variable whose
 * account has a hyphen in its name.
 */
final class AccountVariables {

	static final List<String> PROPERTIES = List.of("client-id", "client-secret", "api-key", "previous-api-keys",
			"base-url", "api-version", "callback-url", "subscriptions", "reconciliation-tills");

	private static final String PREFIX = "K2_ACCOUNTS_";

	/**
	 * The properties by the ways to write them in a variable.
	 */
	private static final Map<String, String> FORMS = new HashMap<>();
	static {
		PROPERTIES.forEach((property) -> {
			FORMS.put(underscored(property), property);
			FORMS.put(withoutHyphens(property), property);
		});
	}

	private static final Pattern VARIABLE = Pattern
		.compile(PREFIX + "([A-Z0-9_]+?)_(" + String.join("|", FORMS.keySet()) + ")(?:_\\d.*)?");

	private final Map<String, K2Properties.Account> accounts;

	private final Set<String> used = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

	AccountVariables(K2Properties properties) {
		this.accounts = properties.accounts();
		Stream.of(properties.clientId(), properties.clientSecret(), properties.apiKey())
			.filter(Objects::nonNull)
			.forEach(this.used::add);
		this.used.addAll(properties.previousApiKeys());
		this.accounts.values().stream().flatMap(AccountVariables::values).forEach(this.used::add);
	}

	/**
	 * Verify that each variable is used: as a property of an account, or because another
	 * property refers to it.
	 * @param environment the environment of the application
	 * @throws InvalidK2ConfigurationException if a variable has no effect
	 */
	void verify(ConfigurableEnvironment environment) {
		environment.getPropertySources()
			.stream()
			.filter(SystemEnvironmentPropertySource.class::isInstance)
			.map(SystemEnvironmentPropertySource.class::cast)
			.forEach((source) -> source.getSource()
				.forEach((variable, value) -> verify(variable, String.valueOf(value))));
	}

	private void verify(String variable, String value) {
		Matcher matcher = VARIABLE.matcher(variable.toUpperCase(Locale.ROOT));
		if (!matcher.matches() || !StringUtils.hasText(value) || isUsed(value)) {
			return;
		}
		String name = matcher.group(1);
		String property = matcher.group(2);
		if (this.accounts.keySet().stream().noneMatch((account) -> isVariable(account, name, property))) {
			throw ignored(variable, name.replace('_', '-').toLowerCase(Locale.ROOT),
					FORMS.getOrDefault(property, property));
		}
	}

	private boolean isUsed(String value) {
		return this.used.contains(value.trim()) || Stream.of(StringUtils.commaDelimitedListToStringArray(value))
			.map(String::trim)
			.allMatch(this.used::contains);
	}

	/**
	 * Return whether Spring Boot reads the variable as a property of the account. Hyphens
	 * are left out or, in the whole variable, written as underscores.
	 */
	private static boolean isVariable(String account, String name, String property) {
		return (property.indexOf('_') != -1) ? name.equals(underscored(account)) : name.equals(withoutHyphens(account));
	}

	private InvalidK2ConfigurationException ignored(String variable, String account, String property) {
		return new InvalidK2ConfigurationException(
				"The environment variable " + variable + " has no effect: Spring Boot reads it as "
						+ understood(variable) + ", since it takes each underscore for a dot.",
				this.accounts.containsKey(account)
						? "For the account '" + account + "' name it " + PREFIX + underscored(account) + "_"
								+ underscored(property) + "."
						: "An environment variable cannot add an account with a hyphen in its name. For the account '"
								+ account + "' set k2.accounts." + account + "." + property + "=${" + variable
								+ "} in the application's properties, or use SPRING_APPLICATION_JSON.");
	}

	private static String understood(String variable) {
		return variable.toLowerCase(Locale.ROOT).replace('_', '.');
	}

	private static String underscored(String name) {
		return name.replace('-', '_').toUpperCase(Locale.ROOT);
	}

	private static String withoutHyphens(String name) {
		return name.replace("-", "").toUpperCase(Locale.ROOT);
	}

	private static Stream<String> values(K2Properties.Account account) {
		Stream<@Nullable Object> values = Stream.of(account.clientId(), account.clientSecret(), account.apiKey(),
				account.baseUrl(), account.apiVersion(), account.callbackUrl());
		return Stream
			.of(account.previousApiKeys().stream(), values.filter(Objects::nonNull).map(String::valueOf),
					account.subscriptions().stream().flatMap(AccountVariables::values),
					account.reconciliationTills().stream())
			.flatMap(Function.identity());
	}

	private static Stream<String> values(WebhookProperties.Subscription subscription) {
		Stream<@Nullable Object> values = Stream.of(subscription.eventType(), subscription.scope(),
				subscription.scopeReference(), subscription.url());
		return values.filter(Objects::nonNull).map(String::valueOf);
	}

}
