package io.github.k2connect.account;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.k2connect.InvalidK2ConfigurationException;

import org.springframework.context.aot.AbstractAotProcessor;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.Environment;
import org.springframework.util.PlaceholderResolutionException;

/**
 * Variables that are not set although properties of k2-connect refer to them.
 */
final class MissingVariables {

	private static final String PREFIX = "k2.";

	private final Environment environment;

	/**
	 * The variables, each with the property that refers to it.
	 */
	private final Map<String, String> properties = new LinkedHashMap<>();

	private MissingVariables(Environment environment) {
		this.environment = environment;
	}

	/**
	 * Create the failure for a property, which reports all missing variables at once.
	 * @param environment the environment
	 * @param property a property that refers to a variable that is not set
	 * @return the failure
	 */
	static InvalidK2ConfigurationException failure(Environment environment, String property) {
		MissingVariables missing = new MissingVariables(environment);
		Stream.concat(Stream.of(property), missing.propertyNames()).forEach(missing::check);
		return missing.toFailure();
	}

	private Stream<String> propertyNames() {
		if (!(this.environment instanceof ConfigurableEnvironment configurable)) {
			return Stream.empty();
		}
		return configurable.getPropertySources()
			.stream()
			.filter(EnumerablePropertySource.class::isInstance)
			.flatMap((source) -> Arrays.stream(((EnumerablePropertySource<?>) source).getPropertyNames()))
			.filter((name) -> name.startsWith(PREFIX));
	}

	private void check(String property) {
		try {
			this.environment.getProperty(property);
		}
		catch (PlaceholderResolutionException ex) {
			this.properties.putIfAbsent(ex.getPlaceholder(), property);
		}
	}

	private InvalidK2ConfigurationException toFailure() {
		String problem = this.properties.entrySet()
			.stream()
			.map((missing) -> missing.getValue() + " refers to ${" + missing.getKey() + "}, which is not set.")
			.collect(Collectors.joining("\n"));
		String variables = String.join(", ", this.properties.keySet());
		return new InvalidK2ConfigurationException(problem, "Set " + variables
				+ ", in the environment for one, or change the value of " + String.join(", ", this.properties.values())
				+ "."
				+ (Boolean.getBoolean(AbstractAotProcessor.AOT_PROCESSING) ? " For the build any value will do." : ""));
	}

}
