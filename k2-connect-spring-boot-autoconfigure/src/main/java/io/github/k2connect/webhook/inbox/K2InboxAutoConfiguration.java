package io.github.k2connect.webhook.inbox;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.boot.config.DbSchedulerProperties;
import io.github.k2connect.Ticker;
import io.github.k2connect.scheduling.K2DbSchedulerAutoConfiguration;
import io.github.k2connect.scheduling.K2Scheduler;
import io.github.k2connect.scheduling.K2Scheduler.Need;
import io.github.k2connect.webhook.EventDispatcher;
import io.github.k2connect.webhook.K2WebhookAutoConfiguration;
import io.github.k2connect.webhook.WebhookParsers;
import io.github.k2connect.webhook.WebhookProperties;
import io.github.k2connect.webhook.store.JdbcEventStore;
import io.github.k2connect.webhook.store.K2EventStore;
import io.github.k2connect.webhook.store.K2EventStoreAutoConfiguration;
import io.github.k2connect.webhook.store.TableInitializer;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.init.DataSourceScriptDatabaseInitializer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.util.function.SingletonSupplier;

/**
 * Auto-configuration for the inbox, which stores messages and handles them later.
 */
@AutoConfiguration(after = K2EventStoreAutoConfiguration.class,
		before = { K2WebhookAutoConfiguration.class, K2DbSchedulerAutoConfiguration.class },
		afterName = { K2DbSchedulerAutoConfiguration.DB_SCHEDULER,
				"org.springframework.boot.jdbc.autoconfigure.DataSourceInitializationAutoConfiguration" })
@ConditionalOnBooleanProperty(name = { "k2.enabled", "k2.webhook.enabled" }, matchIfMissing = true)
@ConditionalOnBean(WebhookParsers.class)
@ConditionalOnWebApplication
@EnableConfigurationProperties(InboxProperties.class)
public final class K2InboxAutoConfiguration {

	@Bean
	@ConditionalOnInboxMode
	Need k2InboxNeed() {
		return Need.INBOX;
	}

	/**
	 * Configuration of the task. It also runs in direct mode where the table may hold
	 * messages that were received in inbox mode.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ Scheduler.class, DbSchedulerProperties.class, DataSourceScriptDatabaseInitializer.class })
	@Conditional(OnInboxTaskCondition.class)
	static class TaskConfiguration {

		@Bean
		Need k2StoredMessages() {
			return Need.STORED_MESSAGES;
		}

		@Bean
		SlowListeners k2SlowListeners(InboxProperties properties, ObjectProvider<InboxMeters> meters) {
			return new SlowListeners(properties, meters.getIfUnique(() -> InboxMeters.NONE));
		}

		@Bean
		InboxTask k2InboxTask(ObjectProvider<EventDispatcher> dispatcher, ObjectProvider<K2EventStore> store,
				ObjectProvider<K2Inbox> inbox, ObjectProvider<InboxMeters> meters, K2Scheduler scheduler,
				InboxRows rows, SlowListeners slowListeners, InboxProperties properties) {
			Supplier<K2EventStore> handled = SingletonSupplier.of(store::getObject);
			return new InboxTask(new InboxTask.Collaborators(SingletonSupplier.of(dispatcher::getObject),
					(execution) -> new RemovingEventStore(handled.get(), (events) -> rows.remove(execution, events)),
					(identity) -> handled.get() instanceof JdbcEventStore events && events.isHandled(identity),
					(own) -> handled.get() instanceof JdbcEventStore events && own
						.isSuperseded(events.knownPayments(own.identity().account(), List.of(own.identity().id()))),
					(key) -> inbox.getObject().discard(key), meters.getIfUnique(() -> InboxMeters.NONE), slowListeners),
					properties, scheduler.eventExecutions());
		}

		@Bean
		InboxTable k2InboxTable(K2Scheduler scheduler) {
			return new InboxTable(new JdbcTemplate(scheduler.dataSource()), scheduler.customization(),
					scheduler.tableName());
		}

		@Bean
		InboxRows k2InboxRows(K2Scheduler scheduler, InboxTable table) {
			return new InboxRows(table, scheduler.dataSource(),
					scheduler.isOfApplication() ? null : scheduler.serializer(), scheduler.usesPriorities());
		}

		@Bean
		InboxClient k2InboxClient(K2Scheduler scheduler, InboxRows rows) {
			return new InboxClient(scheduler.scheduler(Need.INBOX), rows, scheduler.dataSource(), Clock.systemUTC());
		}

		@Bean
		RowReader k2InboxRowReader(K2Scheduler scheduler, InboxClient client) {
			return new RowReader(scheduler.isOfApplication() ? null : scheduler.serializer(), client);
		}

		@Bean
		OwnEvents k2OwnEvents(InboxTable table, RowReader reader, InboxClient client) {
			return new OwnEvents(table, reader, client, Clock.systemUTC());
		}

		@Bean
		@ConditionalOnMissingBean
		K2Inbox k2Inbox(InboxClient client, InboxTable table, RowReader reader, K2Scheduler scheduler,
				ObjectProvider<K2EventStore> store) {
			return new K2Inbox(client, table, (identity) -> {
				if (store.getIfAvailable() instanceof JdbcEventStore events) {
					events.remember(identity);
				}
			}, SingletonSupplier.of(() -> overview(reader, scheduler)));
		}

		/**
		 * In direct mode the table may not exist.
		 */
		private static @Nullable InboxOverview overview(RowReader reader, K2Scheduler scheduler) {
			return scheduler.hasTable(scheduler.dataSource()) ? new InboxOverview(
					new InboxTable(scheduler.monitoringJdbc(), scheduler.customization(), scheduler.tableName()),
					reader) : null;
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

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ Scheduler.class, DbSchedulerProperties.class, DataSourceScriptDatabaseInitializer.class })
	@ConditionalOnInboxMode
	static class ReceiverConfiguration {

		@Bean
		@Lazy(false)
		InboxReceiver k2InboxReceiver(K2EventStore store, K2Scheduler scheduler, InboxTable table, InboxClient client,
				InboxProperties properties, WebhookProperties webhook) {
			if (!(store instanceof JdbcEventStore events)) {
				throw Need.INBOX.noDatabase();
			}
			scheduler.verifyRoom(StoredEvent.maxSize(webhook.maxBodySize()), "k2.webhook.max-body-size");
			return new InboxReceiver(events, table, client, properties, Clock.systemUTC(), Ticker.SYSTEM);
		}

	}

	/**
	 * Condition that matches in inbox mode.
	 */
	@Retention(RetentionPolicy.RUNTIME)
	@Target({ ElementType.TYPE, ElementType.METHOD })
	@ConditionalOnProperty(name = "k2.webhook.mode", havingValue = "inbox")
	@interface ConditionalOnInboxMode {

	}

	/**
	 * Condition that matches in inbox mode, and in direct mode with db-scheduler and the
	 * store in a database.
	 */
	static class OnInboxTaskCondition extends AnyNestedCondition {

		OnInboxTaskCondition() {
			super(ConfigurationPhase.REGISTER_BEAN);
		}

		@ConditionalOnInboxMode
		static class InboxMode {

		}

		@ConditionalOnBean({ Scheduler.class, DbSchedulerProperties.class, TableInitializer.class })
		static class StoredMessages {

		}

	}

}
