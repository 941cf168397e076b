package io.github.k2connect.webhook.endpoint;

import java.lang.reflect.Field;
import java.util.List;

import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.web.FilterChainProxy;
import org.springframework.security.web.FilterInvocation;
import org.springframework.security.web.access.WebInvocationPrivilegeEvaluator;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.util.ReflectionUtils;

/**
 * Startup check that logs a warning if Spring Security rejects messages from Kopo Kopo.
 */
final class SecurityReport implements SmartInitializingSingleton {

	private static final Log logger = LogFactory.getLog(SecurityReport.class);

	private final ObjectProvider<WebInvocationPrivilegeEvaluator> evaluators;

	private final ObjectProvider<FilterChainProxy> proxies;

	private final ServletContext servletContext;

	private final List<String> paths;

	/**
	 * Create a report.
	 * @param paths the paths of the endpoint's accounts, below the context path
	 */
	SecurityReport(ObjectProvider<WebInvocationPrivilegeEvaluator> evaluators, ObjectProvider<FilterChainProxy> proxies,
			ServletContext servletContext, List<String> paths) {
		this.evaluators = evaluators;
		this.proxies = proxies;
		this.servletContext = servletContext;
		this.paths = paths;
	}

	@Override
	public void afterSingletonsInstantiated() {
		try {
			List<String> rejected = this.paths.stream().filter((path) -> !isPermitted(path)).toList();
			List<String> protectedPaths = this.paths.stream()
				.filter((path) -> !rejected.contains(path) && requiresCsrfToken(path))
				.toList();
			if (!rejected.isEmpty()) {
				logger.warn("Spring Security responds with status 401 or 403 to requests to the webhook endpoint "
						+ String.join(", ", rejected)
						+ ". Permit K2WebhookRequest.toWebhook() in a SecurityFilterChain, and exempt it from CSRF.");
			}
			if (!protectedPaths.isEmpty()) {
				logger.warn("Spring Security requires a CSRF token for requests to the webhook endpoint "
						+ String.join(", ", protectedPaths)
						+ ", which Kopo Kopo does not send, and responds with status"
						+ " 401 or 403. Exempt K2WebhookRequest.toWebhook() from CSRF protection.");
			}
		}
		catch (RuntimeException ex) {
			logger.debug("Failed to check at startup whether Spring Security permits webhooks", ex);
		}
	}

	private boolean isPermitted(String path) {
		Authentication nobody = new AnonymousAuthenticationToken("k2-connect", "anonymousUser",
				AuthorityUtils.createAuthorityList("ROLE_ANONYMOUS"));
		List<WebInvocationPrivilegeEvaluator> known = this.evaluators.stream().toList();
		return known.isEmpty() || known.stream()
			.anyMatch((evaluator) -> evaluator.isAllowed(this.servletContext.getContextPath(), path, "POST", nobody));
	}

	private boolean requiresCsrfToken(String path) {
		HttpServletRequest request = new FilterInvocation(this.servletContext.getContextPath(), path, "POST",
				this.servletContext)
			.getHttpRequest();
		return this.proxies.stream()
			.flatMap((proxy) -> proxy.getFilterChains()
				.stream()
				.filter((chain) -> chain.matches(request))
				.limit(1)
				.flatMap((chain) -> chain.getFilters().stream()))
			.anyMatch((filter) -> filter instanceof CsrfFilter csrf && requiresToken(csrf, request));
	}

	/**
	 * Spring Security has no public access to the requests that a filter protects.
	 */
	private static boolean requiresToken(CsrfFilter filter, HttpServletRequest request) {
		Field field = ReflectionUtils.findField(CsrfFilter.class, "requireCsrfProtectionMatcher", RequestMatcher.class);
		if (field == null) {
			return false;
		}
		ReflectionUtils.makeAccessible(field);
		return ReflectionUtils.getField(field, filter) instanceof RequestMatcher matcher && matcher.matches(request);
	}

}
