package io.github.k2connect.autoconfigure;

import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.boot.config.DbSchedulerProperties;
import io.github.k2connect.InvalidK2RequestException;
import io.github.k2connect.client.K2ClientSettings;
import io.github.k2connect.followup.DeclaredSubscription;
import io.github.k2connect.followup.SubscriptionTask;
import io.github.k2connect.webhook.WebhookService;
import io.github.k2connect.webhook.WebhookSubscriptionRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.LazyInitializationExcludeFilter;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.jdbc.init.DataSourceScriptDatabaseInitializer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.util.StringUtils;

/**
 * Auto-configuration of the webhook subscriptions that the configuration declares.
 */
@AutoConfiguration(after = { K2ClientAutoConfiguration.class, K2FollowUpAutoConfiguration.class },
		afterName = "com.github.kagkarlsson.scheduler.boot.autoconfigure.DbSchedulerAutoConfiguration")
@ConditionalOnBooleanProperty(name = "k2.enabled", matchIfMissing = true)
@Conditional(OnSubscriptionsCondition.class)
public final class K2SubscriptionAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	@SuppressWarnings("DoNotCallSuggester")
	SubscriptionCheck k2SubscriptionCheck() {
		throw SchedulerNeed.SUBSCRIPTIONS.notOnClassPath();
	}

	@Bean
	static LazyInitializationExcludeFilter k2SubscriptionsAreNotLazy() {
		return LazyInitializationExcludeFilter.forBeanTypes(SubscriptionCheck.class);
	}

	/**
	 * Startup check that declared subscriptions have everything they need.
	 *
	 * @param verification the check, which throws an exception if something is missing
	 */
	record SubscriptionCheck(Runnable verification) implements SmartInitializingSingleton {

		@Override
		public void afterSingletonsInstantiated() {
			this.verification.run();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ Scheduler.class, DbSchedulerProperties.class, DataSourceScriptDatabaseInitializer.class })
	@Import({ DbSchedulerConfiguration.class, DbSchedulerDefaultsConfiguration.class })
	static class SchedulerConfiguration {

		@Bean
		SubscriptionTask k2SubscriptionTask(ValidatedK2Properties configuration, K2Properties properties,
				ObjectProvider<WebhookService> service) {
			return new SubscriptionTask(declared(configuration, properties), service::getObject, Clock.systemUTC());
		}

		@Bean
		SubscriptionCheck k2SubscriptionCheck(InboxDatabase database, DbSchedulerBeans scheduler) {
			return new SubscriptionCheck(() -> scheduler.scheduler(SchedulerNeed.SUBSCRIPTIONS));
		}

		private static List<DeclaredSubscription> declared(ValidatedK2Properties configuration,
				K2Properties properties) {
			String clientId = properties.clientId();
			if (!StringUtils.hasText(clientId)) {
				throw SchedulerNeed.SUBSCRIPTIONS.failure("k2.client-id is not set.",
						"Set k2.client-id and k2.client-secret");
			}
			K2ClientSettings settings = configuration.clientSettings();
			List<DeclaredSubscription> declared = new ArrayList<>();
			for (K2Properties.Subscription subscription : properties.webhook().subscriptions()) {
				declared.add(DeclaredSubscription.of(settings.baseUrl(), clientId, request(
						"k2.webhook.subscriptions[" + declared.size() + "]", subscription, settings.callbackUrl())));
			}
			return declared;
		}

		@SuppressWarnings("NullAway") // the builder rejects missing values
		private static WebhookSubscriptionRequest request(String name, K2Properties.Subscription subscription,
				@Nullable URI callbackUrl) {
			URI url = (subscription.url() != null) ? subscription.url() : callbackUrl;
			if (url == null) {
				throw new InvalidK2ConfigurationException(name + " has no url, and k2.callback-url is not set.",
						"Set " + name + ".url or k2.callback-url.");
			}
			try {
				return WebhookSubscriptionRequest.builder()
					.eventType(subscription.eventType())
					.scope(subscription.scope())
					.scopeReference(subscription.scopeReference())
					.url(url)
					.build();
			}
			catch (InvalidK2RequestException ex) {
				throw new InvalidK2ConfigurationException(
						name + " is invalid: " + String.join("; ", ex.violations()) + ".",
						"Correct the properties that begin with " + name + ".");
			}
		}

	}

}
