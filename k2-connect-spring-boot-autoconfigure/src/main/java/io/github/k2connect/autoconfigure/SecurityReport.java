package io.github.k2connect.autoconfigure;

import java.util.List;

import jakarta.servlet.ServletContext;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.web.access.WebInvocationPrivilegeEvaluator;

/**
 * Startup check that logs a warning if Spring Security rejects messages from Kopo Kopo.
 */
final class SecurityReport implements SmartInitializingSingleton {

	private static final Log logger = LogFactory.getLog(SecurityReport.class);

	private final ObjectProvider<WebInvocationPrivilegeEvaluator> evaluators;

	private final ServletContext servletContext;

	private final String path;

	SecurityReport(ObjectProvider<WebInvocationPrivilegeEvaluator> evaluators, ServletContext servletContext,
			String path) {
		this.evaluators = evaluators;
		this.servletContext = servletContext;
		this.path = path;
	}

	@Override
	public void afterSingletonsInstantiated() {
		Authentication nobody = new AnonymousAuthenticationToken("k2-connect", "anonymousUser",
				AuthorityUtils.createAuthorityList("ROLE_ANONYMOUS"));
		try {
			List<WebInvocationPrivilegeEvaluator> known = this.evaluators.stream().toList();
			if (!known.isEmpty() && known.stream()
				.noneMatch((evaluator) -> evaluator.isAllowed(this.servletContext.getContextPath(), this.path, "POST",
						nobody))) {
				logger.warn("Spring Security responds with status 401 or 403 to requests to the webhook endpoint "
						+ this.path
						+ ". Permit K2WebhookRequest.toWebhook() in a SecurityFilterChain, and exempt it from CSRF.");
			}
		}
		catch (RuntimeException ex) {
			logger.debug("Failed to check at startup whether Spring Security permits webhooks", ex);
		}
	}

}
