package io.github.k2connect.webhook;

import java.util.function.Supplier;

import jakarta.servlet.http.HttpServletRequest;

import org.springframework.boot.security.web.servlet.ApplicationContextRequestMatcher;
import org.springframework.context.ApplicationContext;
import org.springframework.http.HttpMethod;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * Factory of the matcher with which an application's Spring Security lets webhooks in:
 * they carry a signature, not the credentials of a user or a CSRF token.
 */
public final class K2WebhookRequest {

	/**
	 * The path, with a placeholder for what is configured.
	 */
	private static final String PATH = "${k2.webhook.path:/k2/webhooks}";

	private K2WebhookRequest() {
	}

	/**
	 * The matcher of a POST to the webhook endpoint, whatever its path. Matches nothing
	 * in an application without the endpoint.
	 * @return the matcher
	 */
	public static RequestMatcher toWebhook() {
		return new WebhookRequestMatcher();
	}

	/**
	 * Knows the path from the application of the first request.
	 */
	private static final class WebhookRequestMatcher extends ApplicationContextRequestMatcher<ApplicationContext> {

		private volatile RequestMatcher delegate = (request) -> false;

		private WebhookRequestMatcher() {
			super(ApplicationContext.class);
		}

		@Override
		protected void initialized(Supplier<ApplicationContext> context) {
			ApplicationContext application = context.get();
			if (application.getBeanProvider(WebhookEndpoint.class).stream().findAny().isPresent()) {
				String path = application.getEnvironment().resolveRequiredPlaceholders(PATH);
				this.delegate = application.getBeanProvider(PathPatternRequestMatcher.Builder.class)
					.getIfUnique(PathPatternRequestMatcher::withDefaults)
					.matcher(HttpMethod.POST, path);
			}
		}

		@Override
		protected boolean matches(HttpServletRequest request, Supplier<ApplicationContext> context) {
			return this.delegate.matches(request);
		}

	}

}
