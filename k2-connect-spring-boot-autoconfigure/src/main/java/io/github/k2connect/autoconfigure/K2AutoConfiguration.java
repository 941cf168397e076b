package io.github.k2connect.autoconfigure;

import io.github.k2connect.Ticker;
import io.github.k2connect.account.AccountCacheSettings;
import io.github.k2connect.account.AccountConnections;
import io.github.k2connect.account.K2AccountSource;
import io.github.k2connect.account.K2Accounts;
import io.github.k2connect.client.K2ClientFactory;
import io.github.k2connect.webhook.WebhookEndpoint;
import io.github.k2connect.webhook.store.K2EventStore;
import io.micrometer.observation.ObservationRegistry;
import jakarta.servlet.ServletContext;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.LazyInitializationExcludeFilter;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnNotWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletPath;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.ImportRuntimeHints;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * Auto-configuration for all parts of k2-connect.
 */
@AutoConfiguration
@ConditionalOnBooleanProperty(name = "k2.enabled", matchIfMissing = true)
@Conditional(OnSupportedSpringCondition.class)
@EnableConfigurationProperties(K2Properties.class)
@ImportRuntimeHints(K2RuntimeHints.class)
public final class K2AutoConfiguration {

	@Bean
	ValidatedK2Properties k2Configuration(K2Properties properties, ListableBeanFactory beans,
			ConfigurableEnvironment environment) {
		new AccountVariables(properties).verify(environment);
		boolean accountSource = BeanFactoryUtils.beanNamesForTypeIncludingAncestors(beans, K2AccountSource.class, true,
				false).length > 0;
		return new ValidatedK2Properties(properties, accountSource);
	}

	@Bean
	@ConditionalOnMissingBean
	K2Accounts k2Accounts(ValidatedK2Properties configuration, K2Properties properties, BeanFactory beans,
			ObjectProvider<K2ClientFactory> clients, ObjectProvider<K2AccountSource> source,
			ObjectProvider<ObservationRegistry> observations) {
		AccountConnections connections = new AccountConnections(clients::getObject,
				properties.token().refreshBeforeExpiry(), observations.getIfUnique(() -> ObservationRegistry.NOOP));
		K2Properties.AccountSource cache = properties.accountSource();
		return new K2Accounts(beans, connections, configuration.accounts(), source.getIfAvailable(),
				new AccountCacheSettings(cache.cacheSize(), cache.cacheTtl(), Ticker.SYSTEM));
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
				ObjectProvider<WebhookEndpoint> endpoint, ObjectProvider<K2EventStore> store,
				ServletContext servletContext, ObjectProvider<ServletPath> servlet) {
			return new StartupReport(properties, environment, endpoint, store, () -> servletContext.getContextPath()
					+ servlet.stream().findFirst().map(ServletPath::prefix).orElse(""));
		}

		@Configuration(proxyBeanMethods = false)
		@ConditionalOnClass(DispatcherServletPath.class)
		static class DispatcherServletConfiguration {

			@Bean
			ServletPath k2ServletPath(ObjectProvider<DispatcherServletPath> dispatcher) {
				return new ServletPath(
						dispatcher.stream().findFirst().map(DispatcherServletPath::getPrefix).orElse(""));
			}

		}

	}

	/**
	 * The path of the servlet that serves the endpoint.
	 *
	 * @param prefix the path without a slash at its end
	 */
	record ServletPath(String prefix) {

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
	static class ReactiveReportConfiguration {

		@Bean
		StartupReport k2StartupReport(K2Properties properties, Environment environment,
				ObjectProvider<WebhookEndpoint> endpoint, ObjectProvider<K2EventStore> store) {
			return new StartupReport(properties, environment, endpoint, store,
					() -> basePath(environment.getProperty("spring.webflux.base-path", "")));
		}

		private static String basePath(String property) {
			String path = StringUtils.trimTrailingCharacter(property.strip(), '/');
			return (path.isEmpty() || path.startsWith("/")) ? path : "/" + path;
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
