package io.github.k2connect.subscription;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.boot.config.DbSchedulerProperties;
import io.github.k2connect.InvalidK2ConfigurationException;
import io.github.k2connect.InvalidK2RequestException;
import io.github.k2connect.Violation;
import io.github.k2connect.client.K2ClientSettings;
import io.github.k2connect.scheduling.K2DbSchedulerAutoConfiguration;
import io.github.k2connect.scheduling.K2Scheduler;
import io.github.k2connect.scheduling.K2Scheduler.Need;
import io.github.k2connect.webhook.WebhookService;
import io.github.k2connect.webhook.WebhookSubscriptionRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
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
import org.springframework.util.StringUtils;

/**
 * Auto-configuration of the webhook subscriptions that the configuration declares.
 */
@AutoConfiguration(before = K2DbSchedulerAutoConfiguration.class,
		afterName = { K2DbSchedulerAutoConfiguration.DB_SCHEDULER,
				"io.github.k2connect.account.K2AccountAutoConfiguration" })
@ConditionalOnBooleanProperty(name = "k2.enabled", matchIfMissing = true)
@Conditional(OnSubscriptionsCondition.class)
@EnableConfigurationProperties(SubscriptionProperties.class)
public final class K2SubscriptionAutoConfiguration {

	@Bean
	@Lazy(false)
	@ConditionalOnMissingBean
	@SuppressWarnings("DoNotCallSuggester")
	SubscriptionCheck k2SubscriptionCheck() {
		throw Need.SUBSCRIPTIONS.notOnClassPath();
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
	static class SchedulerConfiguration {

		@Bean
		Need k2SubscriptionNeed() {
			return Need.SUBSCRIPTIONS;
		}

		@Bean
		SubscriptionTask k2SubscriptionTask(SubscriptionProperties properties, K2ClientSettings settings,
				Environment environment, ObjectProvider<WebhookService> service, K2Scheduler scheduler) {
			String clientId = environment.getProperty("k2.client-id");
			if (!StringUtils.hasText(clientId)) {
				throw Need.SUBSCRIPTIONS.failure("k2.client-id is not set.", "Set k2.client-id and k2.client-secret");
			}
			return new SubscriptionTask(declared(properties, settings, clientId), service::getObject,
					scheduler.callExecutions());
		}

		@Bean
		@Lazy(false)
		SubscriptionCheck k2SubscriptionCheck(K2Scheduler scheduler) {
			return new SubscriptionCheck(() -> scheduler.scheduler(Need.SUBSCRIPTIONS));
		}

		private static List<DeclaredSubscription> declared(SubscriptionProperties properties, K2ClientSettings settings,
				String clientId) {
			List<DeclaredSubscription> declared = new ArrayList<>();
			for (SubscriptionProperties.Subscription subscription : properties.subscriptions()) {
				declared.add(DeclaredSubscription.of(settings.baseUrl(), clientId, request(
						"k2.webhook.subscriptions[" + declared.size() + "]", subscription, settings.callbackUrl())));
			}
			return declared;
		}

		@SuppressWarnings("NullAway") // the builder rejects missing values
		private static WebhookSubscriptionRequest request(String name, SubscriptionProperties.Subscription subscription,
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
				throw new InvalidK2ConfigurationException(name + " is invalid: "
						+ ex.violations().stream().map(Violation::message).collect(Collectors.joining("; ")) + ".",
						"Correct the properties that begin with " + name + ".");
			}
		}

	}

}
