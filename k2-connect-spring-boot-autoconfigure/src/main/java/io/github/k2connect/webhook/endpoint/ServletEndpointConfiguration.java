package io.github.k2connect.webhook.endpoint;

import java.io.IOException;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import io.github.k2connect.AccountName;
import io.github.k2connect.webhook.WebhookAccounts;
import io.github.k2connect.webhook.WebhookPaths;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletPath;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.http.HttpStatus;
import org.springframework.security.web.FilterChainProxy;
import org.springframework.security.web.access.WebInvocationPrivilegeEvaluator;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.CorsUtils;
import org.springframework.web.cors.DefaultCorsProcessor;
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

	@Bean
	@ConditionalOnMissingBean
	K2WebhookController k2WebhookController(WebhookEndpoint endpoint, WebhookPaths paths) {
		return new K2WebhookController(endpoint, paths);
	}

	@Bean
	@ConditionalOnMissingBean(name = "k2WebhookMapping")
	SimpleUrlHandlerMapping k2WebhookMapping(K2WebhookController controller, WebhookPaths paths) {
		SimpleUrlHandlerMapping mapping = new SimpleUrlHandlerMapping(paths.mappedTo(controller),
				WebhookPaths.MAPPING_ORDER);
		mapping.setCorsProcessor(new PreFlightRejection());
		return mapping;
	}

	/**
	 * Configuration without Spring Boot's registration of the servlet, as in an
	 * application that registers it by itself.
	 */
	@Bean
	@ConditionalOnMissingBean
	EndpointPath k2EndpointPath(ServletContext servletContext, WebhookPaths paths) {
		return new EndpointPath(() -> servletContext.getContextPath() + paths.of(AccountName.DEFAULT));
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(DispatcherServletPath.class)
	static class DispatcherServletConfiguration {

		@Bean
		@ConditionalOnMissingBean
		EndpointPath k2EndpointPath(ServletContext servletContext, ObjectProvider<DispatcherServletPath> dispatcher,
				WebhookPaths paths) {
			return new EndpointPath(
					() -> servletContext.getContextPath() + prefix(dispatcher) + paths.of(AccountName.DEFAULT));
		}

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
				ObjectProvider<DispatcherServletPath> dispatcher, WebhookAccounts parsers, WebhookPaths paths) {
			return new SecurityReport(evaluators, proxies, servletContext,
					accounts(parsers).map((account) -> prefix(dispatcher) + paths.of(account)).toList());
		}

		/**
		 * Return the names of all accounts. If only a source has them, one name stands
		 * for all.
		 */
		private static Stream<String> accounts(WebhookAccounts parsers) {
			Set<String> names = parsers.configuredNames();
			return (parsers.hasNamedAccounts() && Set.of(AccountName.DEFAULT).containsAll(names))
					? Stream.concat(names.stream(), Stream.of("account")) : names.stream();
		}

	}

	private static String prefix(ObjectProvider<DispatcherServletPath> dispatcher) {
		return dispatcher.stream().findFirst().map(DispatcherServletPath::getPrefix).orElse("");
	}

	/**
	 * Rejects a preflight request that nobody has configured.
	 */
	private static final class PreFlightRejection extends DefaultCorsProcessor {

		@Override
		public boolean processRequest(@Nullable CorsConfiguration config, HttpServletRequest request,
				HttpServletResponse response) throws IOException {
			if (config != null || !CorsUtils.isPreFlightRequest(request)) {
				return super.processRequest(config, request, response);
			}
			response.setStatus(HttpStatus.FORBIDDEN.value());
			return false;
		}

	}

}
