package io.github.k2connect.autoconfigure.actuate;

import java.time.Clock;
import java.util.function.LongSupplier;

import io.github.k2connect.account.K2AccountAutoConfiguration;
import io.github.k2connect.account.K2Accounts;
import io.github.k2connect.account.K2Properties;
import io.github.k2connect.followup.FollowUps;
import io.github.k2connect.idempotency.KeyOverview;
import io.github.k2connect.reconciliation.K2Reconciliation;
import io.github.k2connect.webhook.endpoint.WebhookOverview;
import io.github.k2connect.webhook.inbox.K2Inbox;
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
@AutoConfiguration(after = K2AccountAutoConfiguration.class)
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
		WorkMonitor k2WorkMonitor(ObjectProvider<K2Inbox> inbox, ObjectProvider<FollowUps> followUps,
				ObjectProvider<KeyOverview> keys, ObjectProvider<K2Reconciliation> reconciliation) {
			return new WorkMonitor(inbox.stream().filter(K2Inbox::hasTable).findFirst().orElse(null),
					followUps.stream().findFirst().map((overview) -> (LongSupplier) overview::waiting).orElse(null),
					keys.stream().filter(KeyOverview::hasTable).findFirst().orElse(null),
					reconciliation.getIfAvailable());
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
			K2Endpoint k2Endpoint(K2Accounts accounts, WorkMonitor work, ObjectProvider<WebhookOverview> webhook,
					ObjectProvider<K2Inbox> inbox, ObjectProvider<K2Reconciliation> reconciliation) {
				return new K2Endpoint(accounts, webhook, work, inbox, reconciliation);
			}

		}

	}

}
