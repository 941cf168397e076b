package io.github.k2connect.subscription;

import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.boot.config.DbSchedulerProperties;
import io.github.k2connect.account.K2Accounts;
import io.github.k2connect.account.K2Properties;
import io.github.k2connect.client.K2ClientSettings;
import io.github.k2connect.scheduling.K2DbSchedulerAutoConfiguration;
import io.github.k2connect.scheduling.K2Scheduler;
import io.github.k2connect.scheduling.K2Scheduler.Need;
import io.github.k2connect.webhook.K2Subscriptions;
import org.apiguardian.api.API;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.init.DataSourceScriptDatabaseInitializer;
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
@AutoConfiguration(before = K2DbSchedulerAutoConfiguration.class,
		afterName = { K2DbSchedulerAutoConfiguration.DB_SCHEDULER,
				"io.github.k2connect.account.K2AccountAutoConfiguration",
				"io.github.k2connect.webhook.store.K2EventStoreAutoConfiguration" })
@ConditionalOnBooleanProperty(name = "k2.enabled", matchIfMissing = true)
@EnableConfigurationProperties(SubscriptionProperties.class)
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
	@ConditionalOnClass({ Scheduler.class, DbSchedulerProperties.class, DataSourceScriptDatabaseInitializer.class })
	@Conditional(OnSubscriptionTaskCondition.class)
	static class TaskConfiguration {

		@Bean
		Need k2DeclaredSubscriptions() {
			return Need.DECLARED_SUBSCRIPTIONS;
		}

		@Bean
		SubscriptionAccounts k2SubscriptionAccounts(ObjectProvider<K2Accounts> accounts, K2ClientSettings settings,
				K2Properties properties) {
			String clientId = properties.clientId();
			return new SubscriptionAccounts(accounts::getObject, settings, (clientId != null) ? clientId : "");
		}

		@Bean
		Configured k2ConfiguredSubscriptions(SubscriptionAccounts accounts, SubscriptionProperties properties,
				K2Properties named) {
			return new Configured(
					SingletonSupplier.of(() -> ConfiguredSubscriptions.read(accounts, properties, named))::obtain);
		}

		@Bean
		SubscriptionTask k2SubscriptionTask(Configured configured, SubscriptionAccounts accounts,
				K2Scheduler scheduler) {
			return new SubscriptionTask(configured.byKey(), accounts::service, scheduler.callExecutions());
		}

		@Bean
		@ConditionalOnMissingBean
		K2Subscriptions k2Subscriptions(SubscriptionAccounts accounts, K2Scheduler scheduler, Configured configured) {
			return new StoredSubscriptions(accounts, scheduler, configured.byKey(), Clock.systemUTC());
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ Scheduler.class, DbSchedulerProperties.class, DataSourceScriptDatabaseInitializer.class })
	@Conditional(OnConfiguredSubscriptionsCondition.class)
	static class ConfiguredConfiguration {

		/**
		 * Check at startup that the subscriptions in the configuration are valid, and
		 * have everything they need.
		 */
		@Bean
		@Lazy(false)
		SmartInitializingSingleton k2SubscriptionCheck(Configured configured, K2Scheduler scheduler) {
			return () -> {
				scheduler.scheduler(Need.SUBSCRIPTIONS);
				configured.verify();
			};
		}

	}

	/**
	 * Condition that matches with subscriptions in the configuration, and with
	 * db-scheduler and the store in a database.
	 */
	static class OnSubscriptionTaskCondition extends AnyNestedCondition {

		OnSubscriptionTaskCondition() {
			super(ConfigurationPhase.REGISTER_BEAN);
		}

		@Conditional(OnConfiguredSubscriptionsCondition.class)
		static class InConfiguration {

		}

		@ConditionalOnBean(value = { Scheduler.class, DbSchedulerProperties.class },
				type = "io.github.k2connect.webhook.store.TableInitializer")
		static class WhileRunning {

		}

	}

}
