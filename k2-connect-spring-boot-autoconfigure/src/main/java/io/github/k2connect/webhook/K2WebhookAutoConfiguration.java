package io.github.k2connect.webhook;

import java.time.Clock;
import java.util.function.UnaryOperator;

import javax.sql.DataSource;

import io.github.k2connect.Ticker;
import io.github.k2connect.webhook.EventDispatcher.HandledEventListener;
import io.github.k2connect.webhook.listener.K2ListenerAutoConfiguration;
import io.github.k2connect.webhook.listener.ListenerPublisher;
import io.github.k2connect.database.ConnectionPool;
import io.github.k2connect.webhook.store.K2EventStore;
import io.github.k2connect.webhook.store.K2StoreAutoConfiguration;
import io.github.k2connect.webhook.store.StoreProperties;
import io.github.k2connect.webhook.store.TransactionalEventStore;
import io.micrometer.core.instrument.binder.MeterBinder;
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
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * Auto-configuration for the webhook endpoint.
 */
@AutoConfiguration(after = { K2StoreAutoConfiguration.class, K2ListenerAutoConfiguration.class })
@ConditionalOnBooleanProperty(name = { "k2.enabled", "k2.webhook.enabled" }, matchIfMissing = true)
@ConditionalOnBean(WebhookParsers.class)
@EnableConfigurationProperties(WebhookProperties.class)
public final class K2WebhookAutoConfiguration {

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnWebApplication
	@Import({ ServletEndpointConfiguration.class, ReactiveEndpointConfiguration.class })
	static class EndpointConfiguration {

		@Bean
		@ConditionalOnMissingBean
		EventDispatcher k2EventDispatcher(ListenerPublisher listeners, K2EventStore store,
				ObjectProvider<HandledEventListener> listener, WebhookParsers parsers,
				ObjectProvider<ObservationRegistry> observations) {
			return new EventDispatcher(listeners::publish, store, UnaryOperator.identity(),
					listener.getIfAvailable(() -> (event) -> {
					}), parsers::observedName, observations.getIfUnique(() -> ObservationRegistry.NOOP));
		}

		@Bean
		@ConditionalOnMissingBean
		WebhookPaths k2WebhookPaths(WebhookProperties properties, WebhookParsers parsers) {
			return new WebhookPaths(properties.path(), parsers.hasNamedAccounts());
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
		WebhookEndpoint k2WebhookEndpoint(WebhookParsers parsers, EventReceiver receiver, WebhookProperties properties,
				ObjectProvider<ObservationRegistry> observations, LastDeliveries deliveries) {
			return new WebhookEndpoint(parsers, receiver, Math.toIntExact(properties.maxBodySize().toBytes()),
					properties.readTimeout(), new UnfinishedMessages(properties.maxBufferedBytes()),
					observations.getIfUnique(() -> ObservationRegistry.NOOP), deliveries, Ticker.SYSTEM);
		}

		@Configuration(proxyBeanMethods = false)
		@ConditionalOnClass(MeterBinder.class)
		static class MetricsConfiguration {

			@Bean
			@ConditionalOnMissingBean
			WebhookMetrics k2WebhookMetrics(WebhookParsers parsers, WebhookProperties properties) {
				return new WebhookMetrics(parsers.observedNames(), properties.mode() == WebhookProperties.Mode.INBOX);
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
			EventDispatcher k2EventDispatcher(ListenerPublisher listeners, K2EventStore store,
					PlatformTransactionManager transactionManager, ObjectProvider<HandledEventListener> listener,
					WebhookParsers parsers, ObjectProvider<ObservationRegistry> observations) {
				return new EventDispatcher(listeners::publish, store,
						(events) -> new TransactionalEventStore(events, transactionManager),
						listener.getIfAvailable(() -> (event) -> {
						}), parsers::observedName, observations.getIfUnique(() -> ObservationRegistry.NOOP));
			}

		}

	}

}
