package io.github.k2connect.autoconfigure;

import java.util.List;

import io.github.k2connect.account.K2AccountSource;
import io.github.k2connect.webhook.WebhookEndpoint;
import io.github.k2connect.webhook.store.K2EventStore;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.LazyInitializationExcludeFilter;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnNotWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.ImportRuntimeHints;
import org.springframework.core.env.Environment;

/**
 * Auto-configuration of what all of k2-connect needs.
 */
@AutoConfiguration
@ConditionalOnBooleanProperty(name = "k2.enabled", matchIfMissing = true)
@EnableConfigurationProperties(K2Properties.class)
@ImportRuntimeHints(K2RuntimeHints.class)
public final class K2AutoConfiguration {

	@Bean
	ValidatedK2Properties k2Configuration(K2Properties properties, ListableBeanFactory beans) {
		boolean accountSource = beans.getBeanNamesForType(K2AccountSource.class, true, false).length > 0;
		return new ValidatedK2Properties(properties, accountSource);
	}

	@Bean
	static LazyInitializationExcludeFilter k2ConfigurationIsNotLazy() {
		return LazyInitializationExcludeFilter.forBeanTypes(ValidatedK2Properties.class);
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
	static class ServletReportConfiguration {

		@Bean
		StartupReport k2StartupReport(K2Properties properties, Environment environment,
				ObjectProvider<WebhookEndpoint> endpoint, ObjectProvider<K2EventStore> store) {
			return new StartupReport(properties, environment, endpoint, store,
					List.of("server.servlet.context-path", "spring.mvc.servlet.path"));
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
	static class ReactiveReportConfiguration {

		@Bean
		StartupReport k2StartupReport(K2Properties properties, Environment environment,
				ObjectProvider<WebhookEndpoint> endpoint, ObjectProvider<K2EventStore> store) {
			return new StartupReport(properties, environment, endpoint, store, List.of("spring.webflux.base-path"));
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnNotWebApplication
	static class ReportConfiguration {

		@Bean
		StartupReport k2StartupReport(K2Properties properties, Environment environment,
				ObjectProvider<WebhookEndpoint> endpoint, ObjectProvider<K2EventStore> store) {
			return new StartupReport(properties, environment, endpoint, store, null);
		}

	}

}
