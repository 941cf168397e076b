package io.github.k2connect.autoconfigure;

import io.github.k2connect.account.AccountWebhookParsers;
import io.github.k2connect.account.K2Accounts;
import javax.sql.DataSource;

import io.github.k2connect.webhook.DirectReceiver;
import io.github.k2connect.webhook.EventDispatcher;
import io.github.k2connect.webhook.EventReceiver;
import io.github.k2connect.webhook.HandledEventListener;
import io.github.k2connect.webhook.K2EventListenerFactory;
import io.github.k2connect.webhook.K2TransactionalEventListenerFactory;
import io.github.k2connect.webhook.SignatureVerifier;
import io.github.k2connect.webhook.ListenerLifecycle;
import io.github.k2connect.webhook.WebhookEndpoint;
import io.github.k2connect.webhook.WebhookMetrics;
import io.github.k2connect.webhook.WebhookParser;
import io.github.k2connect.webhook.WebhookParsers;
import io.github.k2connect.webhook.WebhookPaths;
import io.github.k2connect.webhook.store.K2EventStore;
import io.github.k2connect.webhook.store.TransactionalEventStore;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.observation.ObservationRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.boot.jdbc.metadata.DataSourcePoolMetadataProvider;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.event.TransactionalEventListenerFactory;

/**
 * Auto-configuration for the receipt of webhooks and results.
 */
@AutoConfiguration(
		after = { K2AutoConfiguration.class, K2EventStoreAutoConfiguration.class, K2InboxAutoConfiguration.class })
@ConditionalOnBooleanProperty(name = "k2.enabled", matchIfMissing = true)
@Conditional(OnApiKeyCondition.class)
public final class K2WebhookAutoConfiguration {

	/**
	 * Each context asks only the factories of its own.
	 */
	@Bean
	@ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
	static K2EventListenerFactory k2EventListenerFactory() {
		return new K2EventListenerFactory();
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(TransactionalEventListenerFactory.class)
	@ConditionalOnBean(value = TransactionalEventListenerFactory.class, search = SearchStrategy.CURRENT)
	static class TransactionalListenerConfiguration {

		@Bean
		static K2TransactionalEventListenerFactory k2TransactionalEventListenerFactory() {
			return new K2TransactionalEventListenerFactory();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnPropertyWithText("k2.api-key")
	static class DefaultAccountConfiguration {

		@Bean
		@ConditionalOnMissingBean
		SignatureVerifier k2SignatureVerifier(ValidatedK2Properties configuration) {
			return configuration.signatureVerifier();
		}

		@Bean
		@ConditionalOnMissingBean
		WebhookParser k2WebhookParser(SignatureVerifier verifier) {
			return new WebhookParser(verifier);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnBooleanProperty(name = "k2.webhook.enabled", matchIfMissing = true)
	@ConditionalOnWebApplication
	@Import({ ServletEndpointConfiguration.class, ReactiveEndpointConfiguration.class })
	static class EndpointConfiguration {

		@Bean
		ListenerLifecycle k2ListenerLifecycle(ApplicationEventPublisher publisher) {
			return new ListenerLifecycle(publisher);
		}

		@Bean
		@ConditionalOnMissingBean
		EventDispatcher k2EventDispatcher(ListenerLifecycle listeners, K2EventStore store,
				ObjectProvider<HandledEventListener> listener) {
			return new EventDispatcher(listeners::publish, store, listener.getIfAvailable(() -> (event) -> {
			}));
		}

		@Bean
		@ConditionalOnMissingBean
		WebhookParsers k2WebhookParsers(K2Accounts accounts, ObjectProvider<WebhookParser> defaultParser) {
			return new AccountWebhookParsers(accounts, defaultParser.getIfUnique());
		}

		@Bean
		@ConditionalOnMissingBean
		WebhookPaths k2WebhookPaths(K2Properties properties, ValidatedK2Properties configuration) {
			return new WebhookPaths(properties.webhook().path(), configuration.hasNamedAccounts());
		}

		@Bean
		@ConditionalOnMissingBean(EventReceiver.class)
		DirectReceiver k2DirectReceiver(EventDispatcher dispatcher, ValidatedK2Properties configuration,
				K2Properties properties, ObjectProvider<DeliveryBound> derived) {
			K2Properties.Webhook webhook = properties.webhook();
			DeliveryBound bound = DeliveryBound.of(webhook.maxConcurrentDeliveries(), derived);
			bound.report(webhook.maxWait());
			return new DirectReceiver(dispatcher, bound.size(), webhook.maxWait());
		}

		@Bean
		@ConditionalOnMissingBean
		WebhookEndpoint k2WebhookEndpoint(WebhookParsers parsers, EventReceiver receiver,
				ValidatedK2Properties configuration, ObjectProvider<ObservationRegistry> observations) {
			return new WebhookEndpoint(parsers, receiver, configuration.maxBodySize(),
					configuration.webhookReadTimeout(), observations.getIfUnique(() -> ObservationRegistry.NOOP));
		}

		@Bean
		EventMulticasterCheck k2EventMulticasterCheck(ConfigurableListableBeanFactory beanFactory) {
			return new EventMulticasterCheck(beanFactory);
		}

		@Configuration(proxyBeanMethods = false)
		@ConditionalOnClass(MeterBinder.class)
		static class MetricsConfiguration {

			@Bean
			@ConditionalOnMissingBean
			WebhookMetrics k2WebhookMetrics(K2Accounts accounts, K2Properties properties) {
				return new WebhookMetrics(accounts.observedNames(),
						properties.webhook().mode() == K2Properties.Mode.INBOX);
			}

		}

		/**
		 * Where there is a database, a delivery holds a connection.
		 */
		@Configuration(proxyBeanMethods = false)
		@ConditionalOnClass(DataSourcePoolMetadataProvider.class)
		@ConditionalOnBean(DataSource.class)
		static class ConnectionConfiguration {

			@Bean
			DeliveryBound k2DeliveryBound(ObjectProvider<DataSource> dataSource,
					ObjectProvider<DataSourcePoolMetadataProvider> providers) {
				DataSource unique = dataSource.getIfUnique();
				return DeliveryBound.ofPool((unique != null) ? ConnectionPool.size(unique, providers) : null);
			}

		}

		@Configuration(proxyBeanMethods = false)
		@ConditionalOnClass(PlatformTransactionManager.class)
		@ConditionalOnSingleCandidate(PlatformTransactionManager.class)
		static class TransactionConfiguration {

			@Bean
			@ConditionalOnMissingBean
			EventDispatcher k2EventDispatcher(ListenerLifecycle listeners, K2EventStore store,
					PlatformTransactionManager transactionManager, ObjectProvider<HandledEventListener> listener) {
				return new EventDispatcher(listeners::publish, new TransactionalEventStore(store, transactionManager),
						listener.getIfAvailable(() -> (event) -> {
						}));
			}

		}

	}

}
