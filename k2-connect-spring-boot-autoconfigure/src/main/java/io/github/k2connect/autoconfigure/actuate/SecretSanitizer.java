package io.github.k2connect.autoconfigure.actuate;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.github.k2connect.account.K2Properties;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.util.StringUtils;

/**
 * Masks the secrets of k2-connect in the endpoints {@code env} and {@code configprops}:
 * its own properties and environment variables, and every other value that holds one of
 * their values, such as a command line.
 */
final class SecretSanitizer implements SanitizingFunction {

	private static final Pattern SECRET = Pattern.compile("k2.*(clientsecret|apikey).*");

	private static final Pattern SEPARATOR = Pattern.compile("[^a-z0-9]");

	/**
	 * A shorter secret may be a part of any text.
	 */
	private static final int MIN_LENGTH = 8;

	private final Supplier<@Nullable K2Properties> properties;

	/**
	 * Create the sanitizer.
	 * @param properties supplies the properties, or {@code null} if k2-connect is
	 * disabled
	 */
	SecretSanitizer(Supplier<@Nullable K2Properties> properties) {
		this.properties = properties;
	}

	@Override
	public SanitizableData apply(SanitizableData data) {
		return (isSecret(data.getKey()) || containsSecret(data.getValue())) ? data.withSanitizedValue() : data;
	}

	private static boolean isSecret(String key) {
		return SECRET.matcher(SEPARATOR.matcher(key.toLowerCase(Locale.ROOT)).replaceAll("")).matches();
	}

	private boolean containsSecret(@Nullable Object value) {
		String text = (value instanceof CharSequence || value instanceof Iterable<?> || value instanceof Number)
				? value.toString() : "";
		return !text.isEmpty() && secrets().stream().anyMatch((secret) -> contains(text, secret));
	}

	private static boolean contains(String text, String secret) {
		return (secret.length() < MIN_LENGTH) ? text.equals(secret) : text.contains(secret);
	}

	private Set<String> secrets() {
		K2Properties properties = this.properties.get();
		if (properties == null) {
			return Set.of();
		}
		Set<String> secrets = new HashSet<>(properties.previousApiKeys());
		add(secrets, properties.clientSecret(), properties.apiKey());
		for (K2Properties.Account account : properties.accounts().values()) {
			secrets.addAll(account.previousApiKeys());
			add(secrets, account.clientSecret(), account.apiKey());
		}
		return secrets;
	}

	private static void add(Set<String> secrets, @Nullable String clientSecret, @Nullable String apiKey) {
		Stream.of(clientSecret, apiKey).filter(StringUtils::hasText).forEach(secrets::add);
	}

}
