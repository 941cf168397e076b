package io.github.k2connect.autoconfigure;

import io.github.k2connect.account.K2AccountAutoConfiguration;
import io.github.k2connect.scheduling.K2SchedulerAutoConfiguration;
import io.github.k2connect.webhook.endpoint.K2WebhookAutoConfiguration;
import io.github.k2connect.webhook.endpoint.WebhookOverview;
import io.github.k2connect.webhook.inbox.K2InboxAutoConfiguration;
import io.github.k2connect.webhook.listener.K2ListenerAutoConfiguration;
import io.github.k2connect.webhook.reception.K2ReceptionAutoConfiguration;
import io.github.k2connect.webhook.store.K2StoreAutoConfiguration;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/**
 * A web application that {@link AheadOfTimeTests} processes ahead of time. It stops after
 * it has started.
 */
@Configuration(proxyBeanMethods = false)
@ImportAutoConfiguration({ TomcatServletWebServerAutoConfiguration.class, DispatcherServletAutoConfiguration.class,
		K2AheadOfTimeAutoConfiguration.class, K2AutoConfiguration.class, K2AccountAutoConfiguration.class,
		K2StoreAutoConfiguration.class, K2InboxAutoConfiguration.class, K2SchedulerAutoConfiguration.class,
		K2ListenerAutoConfiguration.class, K2ReceptionAutoConfiguration.class, K2WebhookAutoConfiguration.class })
class ShopBuiltAheadOfTime {

	static final String STARTED = "Endpoints after the start: ";

	public static void main(String[] args) {
		try (ConfigurableApplicationContext application = SpringApplication.run(ShopBuiltAheadOfTime.class, args)) {
			System.out.println(STARTED + application.getBeansOfType(WebhookOverview.class).size());
		}
	}

}
