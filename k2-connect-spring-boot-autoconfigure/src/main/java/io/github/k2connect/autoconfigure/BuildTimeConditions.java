package io.github.k2connect.autoconfigure;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.k2connect.InvalidK2ConfigurationException;
import io.github.k2connect.account.K2AccountSource;
import io.github.k2connect.subscription.K2SubscriptionAutoConfiguration;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionBuilder;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.context.EnvironmentAware;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.context.aot.AbstractAotProcessor;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.util.Assert;
import org.springframework.util.StringUtils;

/**
 * The properties that decide which beans there are, with their state when the application
 * was processed ahead of time. An application does not start with another state: it would
 * lack the endpoint, or ignore the inbox.
 */
final class BuildTimeConditions implements BeanFactoryPostProcessor, EnvironmentAware {

	static final String ANY_VALUE = " For the build any value of a client id, a client secret or an API key will do.";

	private static final String SET = "set";

	private static final String NOT_SET = "not set";

	private static final String ENABLED = "k2.enabled";

	private static final List<String> CREDENTIALS = List.of("k2.client-id", "k2.client-secret", "k2.api-key");

	private static final List<String> PREFIXES = List.of("k2.accounts", "k2.reconciliation");

	private static final String SUBSCRIPTIONS = "k2.webhook.subscriptions or k2.accounts.<name>.subscriptions";

	private static final String STORE = "k2.store.type";

	private final Map<String, String> built;

	private @Nullable Environment environment;

	BuildTimeConditions(Map<String, String> built) {
		this.built = built;
	}

	@Override
	public void setEnvironment(Environment environment) {
		this.environment = environment;
	}

	@Override
	public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
		if (isProcessing()) {
			verifyConfigured(beans);
			return;
		}
		Assert.state(this.environment != null, "There is no environment");
		Map<String, String> current = of(this.environment);
		List<String> changed = current.entrySet()
			.stream()
			.filter((now) -> this.built.containsKey(now.getKey()))
			.filter((now) -> !now.getValue().equals(this.built.get(now.getKey())))
			.map((now) -> now.getKey() + " was " + this.built.get(now.getKey()) + " and is now " + now.getValue())
			.toList();
		if (!changed.isEmpty()) {
			throw new InvalidK2ConfigurationException(
					"Ahead-of-time processing decided which beans this application has, with other properties: "
							+ String.join(", ", changed) + ".",
					"Build the application again with the properties that it has at run time, or start it with those of"
							+ " the build." + ANY_VALUE);
		}
	}

	/**
	 * Without any credentials, the application would have no part of k2-connect.
	 */
	private void verifyConfigured(ConfigurableListableBeanFactory beans) {
		if (String.valueOf(true).equals(this.built.get(ENABLED)) && !this.built.containsValue(SET)
				&& beans.getBeanNamesForType(K2AccountSource.class, true, false).length == 0) {
			throw new InvalidK2ConfigurationException(
					"k2-connect is not configured, and ahead-of-time processing"
							+ " decides now which of its beans the application has.",
					"Set for the build what the application has at run time, for example with the environment variables"
							+ " K2_CLIENTID, K2_CLIENTSECRET and K2_APIKEY." + ANY_VALUE
							+ " To do without k2-connect set k2.enabled=false, for the build and at run time.");
		}
	}

	/**
	 * Return whether the application is being processed ahead of time.
	 */
	static boolean isProcessing() {
		return Boolean.getBoolean(AbstractAotProcessor.AOT_PROCESSING);
	}

	private static Map<String, String> of(Environment environment) {
		Map<String, String> states = new LinkedHashMap<>();
		boolean enabled = addFlag(states, environment, ENABLED, true);
		if (enabled) {
			CREDENTIALS.forEach(
					(name) -> states.put(name, StringUtils.hasText(environment.getProperty(name)) ? SET : NOT_SET));
			PREFIXES.forEach((name) -> states.put(name, isPrefix(environment, name) ? SET : NOT_SET));
			states.put(SUBSCRIPTIONS, K2SubscriptionAutoConfiguration.isConfigured(environment) ? SET : NOT_SET);
			addFlag(states, environment, "k2.webhook.enabled", true);
			addFlag(states, environment, "k2.follow-up.enabled", false);
			states.put("k2.webhook.mode", is(environment, "k2.webhook.mode", "inbox") ? "inbox" : "direct");
			states.put(STORE, is(environment, STORE, "memory") || is(environment, STORE, "none") ? "memory or none"
					: "auto or jdbc");
		}
		return states;
	}

	private static boolean addFlag(Map<String, String> states, Environment environment, String name,
			boolean defaultValue) {
		boolean value = environment.getProperty(name, Boolean.class, defaultValue);
		states.put(name, String.valueOf(value));
		return value;
	}

	private static boolean isPrefix(Environment environment, String prefix) {
		Binder withoutPlaceholders = new Binder(ConfigurationPropertySources.get(environment));
		return withoutPlaceholders.bind(prefix, Bindable.mapOf(String.class, Object.class)).isBound();
	}

	private static boolean is(Environment environment, String name, String value) {
		String withoutPunctuation = environment.getProperty(name, "").replaceAll("[\\W_]", "");
		return value.equalsIgnoreCase(withoutPunctuation);
	}

	/**
	 * Registers the conditions during ahead-of-time processing. The application has them
	 * at run time.
	 */
	static final class Registrar implements ImportBeanDefinitionRegistrar {

		private final Environment environment;

		Registrar(Environment environment) {
			this.environment = environment;
		}

		@Override
		public void registerBeanDefinitions(AnnotationMetadata importing, BeanDefinitionRegistry registry) {
			if (isProcessing()) {
				registry.registerBeanDefinition("k2BuildTimeConditions",
						BeanDefinitionBuilder.rootBeanDefinition(BuildTimeConditions.class)
							.addConstructorArgValue(of(this.environment))
							.setRole(BeanDefinition.ROLE_INFRASTRUCTURE)
							.getBeanDefinition());
			}
		}

	}

}
