package io.github.k2connect.autoconfigure;

import org.springframework.boot.LazyInitializationExcludeFilter;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ImportRuntimeHints;

/**
 * Auto-configuration of what all of k2-connect needs.
 */
@AutoConfiguration
@ConditionalOnBooleanProperty(name = "k2.enabled", matchIfMissing = true)
@EnableConfigurationProperties(K2Properties.class)
@ImportRuntimeHints(K2RuntimeHints.class)
public final class K2AutoConfiguration {

	@Bean
	ValidatedK2Properties k2Configuration(K2Properties properties) {
		return new ValidatedK2Properties(properties);
	}

	@Bean
	static LazyInitializationExcludeFilter k2ConfigurationIsNotLazy() {
		return LazyInitializationExcludeFilter.forBeanTypes(ValidatedK2Properties.class);
	}

}
