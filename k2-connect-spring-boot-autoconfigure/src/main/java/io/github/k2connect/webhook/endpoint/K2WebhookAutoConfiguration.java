package io.github.k2connect.webhook.endpoint;

import java.time.Clock;

import io.github.k2connect.Ticker;
import io.github.k2connect.ZeroTimers;
import io.github.k2connect.webhook.WebhookAccounts;
import io.github.k2connect.webhook.WebhookPaths;
import io.github.k2connect.webhook.WebhookProperties;
import io.github.k2connect.webhook.reception.EventReceiver;
import io.github.k2connect.webhook.reception.K2ReceptionAutoConfiguration;
import io.github.k2connect.webhook.reception.ReceivedEvent;
import io.github.k2connect.webhook.store.K2EventStore;
import io.github.k2connect.webhook.store.StoreProperties;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.observation.ObservationRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * Auto-configuration for the webhook endpoint.
 */
@AutoConfiguration(after = K2ReceptionAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = { "k2.enabled", "k2.webhook.enabled" }, matchIfMissing = true)
@ConditionalOnBean(WebhookAccounts.class)
@ConditionalOnWebApplication
@Import({ ServletEndpointConfiguration.class, ReactiveEndpointConfiguration.class })
public final class K2WebhookAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	WebhookPaths k2WebhookPaths(WebhookProperties properties, WebhookAccounts accounts) {
		return new WebhookPaths(properties.path(), accounts.hasNamedAccounts());
	}

	@Bean
	LastDeliveries k2LastDeliveries() {
		return new LastDeliveries(Clock.systemUTC());
	}

	@Bean
	WebhookOverview k2WebhookOverview(WebhookProperties properties, StoreProperties storeProperties,
			ObjectProvider<EndpointPath> path, ObjectProvider<K2EventStore> store, LastDeliveries deliveries) {
		return new WebhookOverview(properties, storeProperties, path, store, deliveries);
	}

	@Bean
	@ConditionalOnMissingBean
	WebhookEndpoint k2WebhookEndpoint(WebhookAccounts accounts, EventReceiver receiver, WebhookProperties properties,
			ObjectProvider<ObservationRegistry> observations, LastDeliveries deliveries) {
		return new WebhookEndpoint(accounts, receiver, Math.toIntExact(properties.maxBodySize().toBytes()),
				properties.readTimeout(), new UnfinishedMessages(properties.maxBufferedBytes()),
				observations.getIfUnique(() -> ObservationRegistry.NOOP), deliveries, Ticker.SYSTEM);
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(MeterBinder.class)
	static class MetricsConfiguration {

		@Bean
		ZeroTimers k2WebhookTimers(WebhookAccounts accounts, WebhookProperties properties) {
			return ZeroTimers.deliveries(accounts.observedNames(), ReceivedEvent.kinds(),
					properties.mode() == WebhookProperties.Mode.INBOX);
		}

	}

}
