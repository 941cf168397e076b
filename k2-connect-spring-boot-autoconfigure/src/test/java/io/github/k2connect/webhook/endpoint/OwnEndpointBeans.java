package io.github.k2connect.webhook.endpoint;

import java.time.Duration;

import io.github.k2connect.webhook.WebhookAccounts;
import io.github.k2connect.webhook.WebhookPaths;
import io.github.k2connect.webhook.reception.EventReceiver;
import io.micrometer.observation.ObservationRegistry;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The endpoint of an application that replaces the library's.
 */
@Configuration(proxyBeanMethods = false)
public class OwnEndpointBeans {

	@Bean
	WebhookEndpoint ownEndpoint(WebhookAccounts parsers, EventReceiver receiver) {
		return Endpoints.endpoint(parsers, receiver, 1024, Duration.ofSeconds(10), ObservationRegistry.NOOP);
	}

	@Bean
	K2WebhookController ownController(WebhookEndpoint endpoint, WebhookPaths paths) {
		return new K2WebhookController(endpoint, paths);
	}

}
