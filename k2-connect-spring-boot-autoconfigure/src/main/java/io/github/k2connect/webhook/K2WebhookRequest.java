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
 * Factory of the matcher with which an application's Spring Security lets webhooks in:
 * they carry a signature, not the credentials of a user or a CSRF token.
 */
public final class K2WebhookRequest {

	private K2WebhookRequest() {
	}

	/**
	 * Return a matcher of a POST to the webhook endpoint, whatever its path and for
	 * whichever account. It matches nothing in an application without the endpoint.
	 * @return the matcher
	 */
	public static RequestMatcher toWebhook() {
		return new WebhookRequestMatcher();
	}

	/**
	 * Takes the path from the application that receives the first request.
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
