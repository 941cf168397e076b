package io.github.k2connect.webhook.endpoint;

import io.github.k2connect.AccountName;
import io.github.k2connect.webhook.WebhookPaths;
import io.github.k2connect.webhook.WebhookProperties;

import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;
import org.springframework.web.reactive.DispatcherHandler;
import org.springframework.web.reactive.handler.SimpleUrlHandlerMapping;

/**
 * Configuration of the endpoint on the reactive stack, mapped before the application's
 * controllers.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
@ConditionalOnClass(DispatcherHandler.class)
class ReactiveEndpointConfiguration {

	@Bean
	@ConditionalOnMissingBean
	K2ReactiveWebhookController k2ReactiveWebhookController(WebhookEndpoint endpoint, WebhookPaths paths,
			WebhookProperties properties) {
		return new K2ReactiveWebhookController(endpoint, paths, properties.maxWait());
	}

	@Bean
	@ConditionalOnMissingBean(name = "k2WebhookMapping")
	SimpleUrlHandlerMapping k2WebhookMapping(K2ReactiveWebhookController controller, WebhookPaths paths,
			ApplicationContext application) {
		return new ReactiveWebhookMapping(paths.mappedTo(controller), application);
	}

	@Bean
	@ConditionalOnMissingBean
	EndpointPath k2EndpointPath(Environment environment, WebhookPaths paths) {
		String basePath = StringUtils
			.trimTrailingCharacter(environment.getProperty("spring.webflux.base-path", "").strip(), '/');
		String prefix = (basePath.isEmpty() || basePath.startsWith("/")) ? basePath : "/" + basePath;
		return new EndpointPath(() -> prefix + paths.of(AccountName.DEFAULT));
	}

}
