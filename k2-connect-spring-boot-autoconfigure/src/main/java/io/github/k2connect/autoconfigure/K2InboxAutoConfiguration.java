package io.github.k2connect.autoconfigure;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.time.Clock;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.boot.config.DbSchedulerProperties;
import io.github.k2connect.Ticker;
import io.github.k2connect.webhook.EventDispatcher;
import io.github.k2connect.webhook.EventReceiver;
import io.github.k2connect.webhook.WebhookParsers;
import io.github.k2connect.webhook.inbox.InboxClient;
import io.github.k2connect.webhook.inbox.InboxLifecycle;
import io.github.k2connect.webhook.inbox.InboxMeters;
import io.github.k2connect.webhook.inbox.InboxReceiver;
import io.github.k2connect.webhook.inbox.InboxSettings;
import io.github.k2connect.webhook.inbox.InboxTask;
import io.github.k2connect.webhook.inbox.K2Inbox;
import io.github.k2connect.webhook.inbox.SlowListeners;
import io.github.k2connect.webhook.inbox.ThreadLimit;
import io.github.k2connect.webhook.store.JdbcEventStore;
import io.github.k2connect.webhook.store.K2EventStore;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.LazyInitializationExcludeFilter;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.jdbc.init.DataSourceScriptDatabaseInitializer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.util.function.SingletonSupplier;

/**
 * Auto-configuration for the inbox, which stores messages and handles them later.
 */
@AutoConfiguration(after = K2EventStoreAutoConfiguration.class,
		afterName = { DbSchedulerBeans.AUTO_CONFIGURATION,
				"org.springframework.boot.jdbc.autoconfigure.DataSourceInitializationAutoConfiguration" })
@ConditionalOnBooleanProperty(name = { "k2.enabled", "k2.webhook.enabled" }, matchIfMissing = true)
@Conditional(OnApiKeyCondition.class)
@ConditionalOnWebApplication
public final class K2InboxAutoConfiguration {

	@Bean
	@ConditionalOnInboxMode
	@ConditionalOnMissingBean(K2Inbox.class)
	@SuppressWarnings("DoNotCallSuggester")
	EventReceiver k2InboxReceiver() {
		throw SchedulerNeed.INBOX.notOnClassPath();
	}

	@Bean
	static LazyInitializationExcludeFilter k2InboxIsNotLazy() {
		return LazyInitializationExcludeFilter.forBeanTypes(EventReceiver.class, InboxLifecycle.class);
	}

	/**
	 * Configuration of the task. It also runs in direct mode where the table may hold
	 * events that were received in inbox mode.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ Scheduler.class, DbSchedulerProperties.class, DataSourceScriptDatabaseInitializer.class })
	@Conditional(OnInboxTaskCondition.class)
	@Import(DbSchedulerConfiguration.class)
	static class TaskConfiguration {

		@Bean
		InboxSettings k2InboxSettings(ValidatedK2Properties configuration, K2Properties properties) {
			K2Properties.Inbox inbox = properties.webhook().inbox();
			return new InboxSettings(inbox.firstDelay(), inbox.maxDelay(), inbox.maxAttempts(), inbox.maxWaiting(),
					inbox.warnAfter());
		}

		@Bean
		SlowListeners k2SlowListeners(InboxSettings settings, ObjectProvider<InboxMeters> meters) {
			return new SlowListeners(settings, meters.getIfUnique(() -> InboxMeters.NONE));
		}

		@Bean
		InboxTask k2InboxTask(ObjectProvider<EventDispatcher> dispatcher, ObjectProvider<K2EventStore> store,
				ObjectProvider<K2Inbox> inbox, ObjectProvider<WebhookParsers> parsers,
				ObjectProvider<ObservationRegistry> observations, ObjectProvider<InboxMeters> meters,
				InboxLifecycle lifecycle, DbSchedulerBeans scheduler, SlowListeners slowListeners,
				InboxSettings settings) {
			return new InboxTask(new InboxTask.Collaborators(SingletonSupplier.of(dispatcher::getObject),
					(identity) -> store.getObject() instanceof JdbcEventStore events && events.isHandled(identity),
					(key) -> inbox.getObject().discard(key), (account) -> parsers.getObject().observedName(account),
					observations.getIfUnique(() -> ObservationRegistry.NOOP),
					meters.getIfUnique(() -> InboxMeters.NONE), lifecycle, new ThreadLimit(scheduler::threadsForEvents),
					slowListeners), settings, Clock.systemUTC());
		}

		@Bean
		InboxClient k2InboxClient(InboxDatabase database, DbSchedulerBeans scheduler) {
			return new InboxClient(scheduler.scheduler(SchedulerNeed.INBOX), database.dataSource(), Clock.systemUTC());
		}

		@Bean
		@ConditionalOnMissingBean
		K2Inbox k2Inbox(InboxClient client, InboxDatabase database) {
			return new K2Inbox(client, database.table());
		}

		@Configuration(proxyBeanMethods = false)
		@ConditionalOnClass(MeterRegistry.class)
		static class MetricsConfiguration {

			@Bean
			@ConditionalOnMissingBean
			InboxMeters k2InboxMeters(ObjectProvider<MeterRegistry> registries) {
				return new MicrometerInboxMeters(registries);
			}

		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ Scheduler.class, DbSchedulerProperties.class, DataSourceScriptDatabaseInitializer.class })
	@ConditionalOnInboxMode
	@Import(DbSchedulerDefaultsConfiguration.class)
	static class ReceiverConfiguration {

		@Bean
		InboxReceiver k2InboxReceiver(K2EventStore store, InboxDatabase database, InboxClient client,
				InboxSettings settings) {
			if (!(store instanceof JdbcEventStore events)) {
				throw SchedulerNeed.INBOX.noDatabase();
			}
			return new InboxReceiver(events, database.table(), client, settings, Clock.systemUTC(), Ticker.SYSTEM);
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

		@ConditionalOnBean({ Scheduler.class, DbSchedulerProperties.class, EventSchemaInitializer.class })
		static class StoredEvents {

		}

	}

}
