package io.github.k2connect.webhook.inbox;

import java.time.Clock;

import io.github.k2connect.Ticker;
import io.github.k2connect.database.K2Database;
import io.github.k2connect.database.K2SchemaInitializer;
import io.github.k2connect.scheduling.Delays;
import io.github.k2connect.scheduling.K2SchedulerAutoConfiguration;
import io.github.k2connect.scheduling.Need;
import io.github.k2connect.scheduling.TaskTable;
import io.github.k2connect.webhook.reception.ConditionalOnInboxMode;
import io.github.k2connect.webhook.reception.EventDispatcher;
import io.github.k2connect.webhook.reception.K2ReceptionAutoConfiguration;
import io.github.k2connect.webhook.store.JdbcEventStore;
import io.github.k2connect.webhook.store.K2EventStore;
import io.github.k2connect.webhook.store.K2StoreAutoConfiguration;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/**
 * Auto-configuration for the inbox, which stores messages and handles them later.
 */
@AutoConfiguration(after = { K2StoreAutoConfiguration.class, K2SchedulerAutoConfiguration.class },
		before = K2ReceptionAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = { "k2.enabled", "k2.webhook.enabled" }, matchIfMissing = true)
@ConditionalOnBean(type = "io.github.k2connect.webhook.WebhookAccounts")
@ConditionalOnWebApplication
@EnableConfigurationProperties(InboxProperties.class)
public final class K2InboxAutoConfiguration {

	@Bean
	@ConditionalOnInboxMode
	Need k2InboxNeed() {
		return Need.INBOX;
	}

	/**
	 * Configuration of the task. It also runs in direct mode, where the table may hold
	 * messages that were received in inbox mode.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnBean(TaskTable.class)
	static class TaskConfiguration {

		@Bean
		InboxTable k2InboxTable(TaskTable table) {
			return new InboxTable(table);
		}

		@Bean
		InboxTask k2InboxTask(EventDispatcher dispatcher, K2EventStore store, InboxTable table,
				ObjectProvider<InboxMeters> meters, InboxProperties properties) {
			return new InboxTask(dispatcher, store, table, meters.getIfUnique(() -> InboxMeters.NONE), properties,
					Delays.SYSTEM);
		}

		@Bean
		OwnEvents k2OwnEvents(InboxTable table) {
			return new OwnEvents(table, Clock.systemUTC());
		}

		@Bean
		@ConditionalOnMissingBean
		K2Inbox k2Inbox(InboxTable table, K2EventStore store) {
			return new K2Inbox(table, store, Clock.systemUTC());
		}

		@Configuration(proxyBeanMethods = false)
		@ConditionalOnClass(MeterRegistry.class)
		static class MetricsConfiguration {

			@Bean
			@ConditionalOnMissingBean(InboxMeters.class)
			MicrometerInboxMeters k2InboxMeters(ObjectProvider<MeterRegistry> registries) {
				return new MicrometerInboxMeters(registries);
			}

		}

		@Configuration(proxyBeanMethods = false)
		@ConditionalOnInboxMode
		static class ReceiverConfiguration {

			@Bean
			@Lazy(false)
			InboxReceiver k2InboxReceiver(K2EventStore store, InboxTable table, InboxProperties properties,
					K2Database database, K2SchemaInitializer initializer,
					ObjectProvider<ObservationRegistry> observations) {
				if (store instanceof JdbcEventStore events) {
					return new InboxReceiver(events, table, properties, Clock.systemUTC(), Ticker.SYSTEM,
							observations.getIfUnique(() -> ObservationRegistry.NOOP));
				}
				if (!database.has(database.eventTable(), "event_key")) {
					throw Need.INBOX.missingTable(database.eventTable(), initializer.remedy());
				}
				throw Need.INBOX.ownStore();
			}

		}

	}

}
