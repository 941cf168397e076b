package io.github.k2connect.webhook.reception;

import java.util.function.UnaryOperator;

import javax.sql.DataSource;

import io.github.k2connect.database.ConnectionPool;
import io.github.k2connect.webhook.WebhookAccounts;
import io.github.k2connect.webhook.WebhookProperties;
import io.github.k2connect.webhook.listener.K2ListenerAutoConfiguration;
import io.github.k2connect.webhook.listener.ListenerPublisher;
import io.github.k2connect.webhook.reception.EventDispatcher.HandledEventListener;
import io.github.k2connect.webhook.store.K2EventStore;
import io.github.k2connect.webhook.store.K2StoreAutoConfiguration;
import io.github.k2connect.webhook.store.MaxWait;
import io.github.k2connect.webhook.store.TransactionalEventStore;
import io.micrometer.observation.ObservationRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.metadata.DataSourcePoolMetadataProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * Auto-configuration for the reception of events, which publishes each of them once.
 */
@AutoConfiguration(after = { K2StoreAutoConfiguration.class, K2ListenerAutoConfiguration.class })
@ConditionalOnBooleanProperty(name = { "k2.enabled", "k2.webhook.enabled" }, matchIfMissing = true)
@ConditionalOnBean(WebhookAccounts.class)
@ConditionalOnWebApplication
@EnableConfigurationProperties(WebhookProperties.class)
public final class K2ReceptionAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	EventDispatcher k2EventDispatcher(ListenerPublisher listeners, K2EventStore store,
			ObjectProvider<HandledEventListener> listener, WebhookAccounts accounts,
			ObjectProvider<ObservationRegistry> observations) {
		return new EventDispatcher(listeners::publish, store, UnaryOperator.identity(),
				listener.getIfAvailable(() -> (event) -> {
				}), accounts::observedName, observations.getIfUnique(() -> ObservationRegistry.NOOP));
	}

	@Bean
	@Lazy(false)
	@ConditionalOnMissingBean(EventReceiver.class)
	DirectReceiver k2DirectReceiver(EventDispatcher dispatcher, WebhookProperties properties,
			ObjectProvider<DeliveryBound> derived) {
		DeliveryBound bound = DeliveryBound.of(properties.maxConcurrentDeliveries(), derived);
		bound.report(properties.maxWait());
		return new DirectReceiver(dispatcher, bound.size(), properties.maxWait());
	}

	@Bean
	MaxWait k2MaxWait(WebhookProperties properties) {
		return properties::maxWait;
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
		EventDispatcher k2EventDispatcher(ListenerPublisher listeners, K2EventStore store,
				PlatformTransactionManager transactionManager, ObjectProvider<HandledEventListener> listener,
				WebhookAccounts accounts, ObjectProvider<ObservationRegistry> observations) {
			return new EventDispatcher(listeners::publish, store,
					(events) -> new TransactionalEventStore(events, transactionManager),
					listener.getIfAvailable(() -> (event) -> {
					}), accounts::observedName, observations.getIfUnique(() -> ObservationRegistry.NOOP));
		}

	}

}
