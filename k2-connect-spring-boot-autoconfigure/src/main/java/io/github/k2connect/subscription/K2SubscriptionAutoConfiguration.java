package io.github.k2connect.subscription;

import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

import io.github.k2connect.account.K2Accounts;
import io.github.k2connect.account.K2Properties;
import io.github.k2connect.client.K2ClientSettings;
import io.github.k2connect.scheduling.Delays;
import io.github.k2connect.scheduling.K2SchedulerAutoConfiguration;
import io.github.k2connect.scheduling.Need;
import io.github.k2connect.scheduling.TaskTable;
import io.github.k2connect.webhook.WebhookProperties;
import org.apiguardian.api.API;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;
import org.springframework.util.function.SingletonSupplier;

/**
 * Auto-configuration of declared webhook subscriptions: those in the configuration, and
 * those that the application declares while it runs.
 */
@AutoConfiguration(after = K2SchedulerAutoConfiguration.class,
		afterName = "io.github.k2connect.account.K2AccountAutoConfiguration")
@ConditionalOnBooleanProperty(name = "k2.enabled", matchIfMissing = true)
@EnableConfigurationProperties(WebhookProperties.class)
public final class K2SubscriptionAutoConfiguration {

	/**
	 * Return whether the configuration has webhook subscriptions.
	 * @param environment the environment of the application
	 * @return {@code true} if any account has one
	 * @hidden
	 */
	@API(status = API.Status.INTERNAL)
	public static boolean isConfigured(Environment environment) {
		return OnConfiguredSubscriptionsCondition.matches(environment);
	}

	@Bean
	@Conditional(OnConfiguredSubscriptionsCondition.class)
	Need k2SubscriptionNeed() {
		return Need.SUBSCRIPTIONS;
	}

	/**
	 * The subscriptions in the configuration.
	 *
	 * @param byKey supplies them by key, when they are first needed
	 */
	record Configured(Supplier<Map<String, Declaration>> byKey) {

		void verify() {
			Objects.requireNonNull(this.byKey.get());
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnBean(TaskTable.class)
	static class TaskConfiguration {

		@Bean
		SubscriptionAccounts k2SubscriptionAccounts(ObjectProvider<K2Accounts> accounts, K2ClientSettings settings,
				K2Properties properties) {
			String clientId = properties.clientId();
			return new SubscriptionAccounts(accounts::getObject, settings, (clientId != null) ? clientId : "");
		}

		@Bean
		Configured k2ConfiguredSubscriptions(SubscriptionAccounts accounts, WebhookProperties properties,
				K2Properties named) {
			return new Configured(
					SingletonSupplier.of(() -> ConfiguredSubscriptions.read(accounts, properties, named))::obtain);
		}

		@Bean
		SubscriptionTask k2SubscriptionTask(Configured configured, SubscriptionAccounts accounts, TaskTable table) {
			return new SubscriptionTask(configured.byKey(), accounts::service, table, Delays.SYSTEM);
		}

		@Bean
		@ConditionalOnMissingBean
		K2Subscriptions k2Subscriptions(SubscriptionAccounts accounts, TaskTable table, Configured configured) {
			return new StoredSubscriptions(accounts, table, configured.byKey(), Clock.systemUTC());
		}

		/**
		 * Check at startup that the subscriptions in the configuration are valid.
		 */
		@Bean
		@Lazy(false)
		@Conditional(OnConfiguredSubscriptionsCondition.class)
		SmartInitializingSingleton k2SubscriptionCheck(Configured configured) {
			return configured::verify;
		}

	}

}
