package io.github.k2connect.autoconfigure.actuate;

import java.time.Clock;
import java.util.Locale;

import io.github.k2connect.account.K2AccountAutoConfiguration;
import io.github.k2connect.account.K2Accounts;
import io.github.k2connect.account.K2Properties;
import io.github.k2connect.autoconfigure.EventStoreName;
import io.github.k2connect.followup.FollowUpOverview;
import io.github.k2connect.followup.K2FollowUpAutoConfiguration;
import io.github.k2connect.reconciliation.K2Reconciliation;
import io.github.k2connect.reconciliation.K2ReconciliationAutoConfiguration;
import io.github.k2connect.webhook.K2WebhookAutoConfiguration;
import io.github.k2connect.webhook.LastDeliveries;
import io.github.k2connect.webhook.WebhookProperties;
import io.github.k2connect.webhook.inbox.InboxOverview;
import io.github.k2connect.webhook.inbox.K2Inbox;
import io.github.k2connect.webhook.inbox.K2InboxAutoConfiguration;
import io.micrometer.core.instrument.binder.MeterBinder;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/**
 * Auto-configuration for what operators see: health, the endpoint of Spring Boot's
 * Actuator, meters, and masked secrets.
 */
@AutoConfiguration(after = { K2AccountAutoConfiguration.class, K2WebhookAutoConfiguration.class,
		K2InboxAutoConfiguration.class, K2FollowUpAutoConfiguration.class, K2ReconciliationAutoConfiguration.class })
public final class K2ActuatorAutoConfiguration {

	/**
	 * Configuration of the masking, which is also needed if k2-connect is disabled.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(SanitizingFunction.class)
	static class SecretsConfiguration {

		@Bean
		SanitizingFunction k2SecretSanitizer(ObjectProvider<K2Properties> properties) {
			return new SecretSanitizer(properties::getIfAvailable);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnBooleanProperty(name = "k2.enabled", matchIfMissing = true)
	@ConditionalOnBean(K2Accounts.class)
	static class MonitoringConfiguration {

		@Bean
		@Lazy
		WorkMonitor k2WorkMonitor(ObjectProvider<InboxOverview> inbox, ObjectProvider<FollowUpOverview> followUps,
				ObjectProvider<K2Reconciliation> reconciliation) {
			return new WorkMonitor(inbox.getIfAvailable(), followUps.getIfAvailable(), reconciliation.getIfAvailable());
		}

		@Configuration(proxyBeanMethods = false)
		@ConditionalOnClass(MeterBinder.class)
		static class MetersConfiguration {

			@Bean
			K2Meters k2Meters(K2Accounts accounts, WorkMonitor work) {
				return new K2Meters(accounts, work, Clock.systemUTC());
			}

		}

		@Configuration(proxyBeanMethods = false)
		@ConditionalOnClass({ HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class })
		@ConditionalOnEnabledHealthIndicator("k2")
		@EnableConfigurationProperties(K2HealthProperties.class)
		static class HealthConfiguration {

			@Bean
			@ConditionalOnMissingBean(name = "k2HealthIndicator")
			K2HealthIndicator k2HealthIndicator(K2Accounts accounts, WorkMonitor work, K2HealthProperties properties) {
				return new K2HealthIndicator(accounts, work, properties, Clock.systemUTC());
			}

		}

		@Configuration(proxyBeanMethods = false)
		@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
		@ConditionalOnAvailableEndpoint(K2Endpoint.class)
		static class EndpointConfiguration {

			@Bean
			@ConditionalOnMissingBean
			K2Endpoint k2Endpoint(K2Accounts accounts, WorkMonitor work, ObjectProvider<LastDeliveries> deliveries,
					ObjectProvider<K2Inbox> inbox, ObjectProvider<K2Reconciliation> reconciliation,
					ObjectProvider<WebhookProperties> webhook, EventStoreName store) {
				WebhookProperties properties = deliveries.stream().findAny().isPresent() ? webhook.getIfAvailable()
						: null;
				return new K2Endpoint(
						new K2Setup(K2Endpoint.class.getPackage().getImplementationVersion(),
								(properties != null) ? properties.mode().name().toLowerCase(Locale.ROOT) : null,
								(properties != null) ? store.get() : null),
						accounts, deliveries, work, inbox, reconciliation);
			}

		}

	}

}
