package io.github.k2connect.webhook;

import java.util.List;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationContext;
import org.springframework.http.HttpMethod;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.context.support.WebApplicationContextUtils;

/**
 * Factory of a matcher for Spring Security, to permit requests to the webhook endpoint.
 * Webhooks have a signature instead of the credentials of a user and a CSRF token.
 */
public final class K2WebhookRequest {

	private K2WebhookRequest() {
	}

	/**
	 * Return a matcher for POST requests to the webhook endpoint, for all accounts. It
	 * matches nothing if the application has no webhook endpoint.
	 * @return the matcher
	 */
	public static RequestMatcher toWebhook() {
		return new WebhookRequestMatcher();
	}

	/**
	 * Matcher that gets the path from the application context of the first request.
	 */
	private static final class WebhookRequestMatcher implements RequestMatcher {

		private volatile @Nullable RequestMatcher delegate;

		@Override
		public boolean matches(HttpServletRequest request) {
			RequestMatcher matcher = this.delegate;
			if (matcher == null) {
				matcher = matcher(
						WebApplicationContextUtils.getRequiredWebApplicationContext(request.getServletContext()));
				this.delegate = matcher;
			}
			return matcher.matches(request);
		}

		private static RequestMatcher matcher(ApplicationContext application) {
			PathPatternRequestMatcher.Builder matchers = application
				.getBeanProvider(PathPatternRequestMatcher.Builder.class)
				.getIfUnique(PathPatternRequestMatcher::withDefaults);
			List<RequestMatcher> paths = application.getBeanProvider(WebhookPaths.class)
				.stream()
				.flatMap((endpoint) -> endpoint.patterns().stream())
				.<RequestMatcher>map((pattern) -> matchers.matcher(HttpMethod.POST, pattern))
				.toList();
			return (request) -> paths.stream().anyMatch((path) -> path.matches(request));
		}

	}

}
