package io.github.k2connect.autoconfigure;

import io.github.k2connect.account.K2Properties;
import io.github.k2connect.client.K2ClientSettings;
import io.github.k2connect.webhook.endpoint.WebhookOverview;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.LazyInitializationExcludeFilter;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.ImportRuntimeHints;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;

/**
 * Auto-configuration for what concerns all parts of k2-connect.
 */
@AutoConfiguration
@AutoConfigureOrder(Ordered.HIGHEST_PRECEDENCE)
@ConditionalOnBooleanProperty(name = "k2.enabled", matchIfMissing = true)
@Conditional(OnSupportedSpringCondition.class)
@ImportRuntimeHints(K2RuntimeHints.class)
public final class K2AutoConfiguration {

	/**
	 * An invalid property prevents the start, also with lazy initialization.
	 */
	@Bean
	static LazyInitializationExcludeFilter k2PropertiesAreNotLazy() {
		return (name, definition, type) -> type.isAnnotationPresent(ConfigurationProperties.class)
				&& type.getName().startsWith("io.github.k2connect.");
	}

	@Bean
	StartupReport k2StartupReport(K2Properties properties, K2ClientSettings settings, Environment environment,
			ObjectProvider<WebhookOverview> webhook) {
		return new StartupReport(properties, settings, environment, webhook);
	}

}
