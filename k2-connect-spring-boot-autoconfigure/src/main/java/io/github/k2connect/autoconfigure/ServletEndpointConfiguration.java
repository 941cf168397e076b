package io.github.k2connect.autoconfigure;

import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.k2connect.AccountName;
import io.github.k2connect.webhook.K2WebhookController;
import io.github.k2connect.webhook.WebhookEndpoint;
import io.github.k2connect.webhook.WebhookPaths;
import jakarta.servlet.ServletContext;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletPath;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.security.web.FilterChainProxy;
import org.springframework.security.web.access.WebInvocationPrivilegeEvaluator;
import org.springframework.util.StringUtils;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.handler.SimpleUrlHandlerMapping;

/**
 * Configuration of the endpoint on the servlet stack, mapped before the application's
 * controllers.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass(DispatcherServlet.class)
class ServletEndpointConfiguration {

	private static final int ORDER = -100;

	@Bean
	@ConditionalOnMissingBean
	K2WebhookController k2WebhookController(WebhookEndpoint endpoint, WebhookPaths paths) {
		return new K2WebhookController(endpoint, paths);
	}

	@Bean
	@ConditionalOnMissingBean(name = "k2WebhookMapping")
	SimpleUrlHandlerMapping k2WebhookMapping(K2WebhookController controller, WebhookPaths paths) {
		return new SimpleUrlHandlerMapping(
				paths.patterns().stream().collect(Collectors.toMap(Function.identity(), (path) -> controller)), ORDER);
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(DispatcherServletPath.class)
	static class FilterConfiguration {

		/**
		 * Runs before filters that may read a parameter.
		 */
		@Bean
		FilterRegistrationBean<RawBodyFilter> k2RawBodyFilter(ObjectProvider<DispatcherServletPath> dispatcher,
				WebhookPaths paths) {
			FilterRegistrationBean<RawBodyFilter> filter = new FilterRegistrationBean<>(new RawBodyFilter());
			filter.setOrder(Ordered.HIGHEST_PRECEDENCE);
			UnaryOperator<String> relative = dispatcher.stream()
				.findFirst()
				.<UnaryOperator<String>>map((servlet) -> servlet::getRelativePath)
				.orElse(UnaryOperator.identity());
			filter.setUrlPatterns(paths.filterPatterns().stream().map(relative).toList());
			return filter;
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ DispatcherServletPath.class, WebInvocationPrivilegeEvaluator.class })
	static class SecurityReportConfiguration {

		@Bean
		SecurityReport k2SecurityReport(ObjectProvider<WebInvocationPrivilegeEvaluator> evaluators,
				ObjectProvider<FilterChainProxy> proxies, ServletContext servletContext,
				ObjectProvider<DispatcherServletPath> dispatcher, K2Properties properties, WebhookPaths paths) {
			String prefix = dispatcher.stream().findFirst().map(DispatcherServletPath::getPrefix).orElse("");
			return new SecurityReport(evaluators, proxies, servletContext,
					accountPaths(properties, paths).map(prefix::concat).toList());
		}

		/**
		 * Return the path of each account. If only a source has the names, one path
		 * stands for all.
		 */
		private static Stream<String> accountPaths(K2Properties properties, WebhookPaths paths) {
			Stream<String> defaultAccount = StringUtils.hasText(properties.apiKey()) ? Stream.of(AccountName.DEFAULT)
					: Stream.empty();
			Collection<String> names = properties.accounts().keySet();
			if (names.isEmpty() && paths.hasNamedAccounts()) {
				names = List.of("account");
			}
			return Stream.concat(defaultAccount, names.stream()).map(paths::of);
		}

	}

}
