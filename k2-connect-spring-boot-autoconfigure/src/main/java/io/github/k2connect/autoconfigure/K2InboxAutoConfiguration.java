package io.github.k2connect.autoconfigure;

import java.time.Clock;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.boot.config.DbSchedulerProperties;
import io.github.k2connect.webhook.EventDispatcher;
import io.github.k2connect.webhook.EventReceiver;
import io.github.k2connect.webhook.WebhookParsers;
import io.github.k2connect.webhook.inbox.InboxClient;
import io.github.k2connect.webhook.inbox.InboxDelay;
import io.github.k2connect.webhook.inbox.InboxLifecycle;
import io.github.k2connect.webhook.inbox.InboxReceiver;
import io.github.k2connect.webhook.inbox.InboxSettings;
import io.github.k2connect.webhook.inbox.InboxTask;
import io.github.k2connect.webhook.inbox.K2Inbox;
import io.github.k2connect.webhook.store.JdbcEventStore;
import io.github.k2connect.webhook.store.K2EventStore;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.observation.ObservationRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.LazyInitializationExcludeFilter;
import org.springframework.boot.autoconfigure.AutoConfiguration;
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
		afterName = "com.github.kagkarlsson.scheduler.boot.autoconfigure.DbSchedulerAutoConfiguration")
@ConditionalOnBooleanProperty(name = { "k2.enabled", "k2.webhook.enabled" }, matchIfMissing = true)
@Conditional(OnApiKeyCondition.class)
@ConditionalOnProperty(name = "k2.webhook.mode", havingValue = "inbox")
@ConditionalOnWebApplication
public final class K2InboxAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(K2Inbox.class)
	@SuppressWarnings("DoNotCallSuggester")
	EventReceiver k2InboxReceiver() {
		throw SchedulerNeed.INBOX.notOnClassPath();
	}

	@Bean
	static LazyInitializationExcludeFilter k2InboxIsNotLazy() {
		return LazyInitializationExcludeFilter.forBeanTypes(EventReceiver.class, InboxLifecycle.class);
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ Scheduler.class, DbSchedulerProperties.class, DataSourceScriptDatabaseInitializer.class })
	@Import(DbSchedulerConfiguration.class)
	static class SchedulerConfiguration {

		@Bean
		InboxSettings k2InboxSettings(ValidatedK2Properties configuration, K2Properties properties) {
			K2Properties.Inbox inbox = properties.webhook().inbox();
			return new InboxSettings(inbox.firstDelay(), inbox.maxDelay(), inbox.maxAttempts(), inbox.maxWaiting());
		}

		@Bean
		InboxTask k2InboxTask(ObjectProvider<EventDispatcher> dispatcher, InboxLifecycle lifecycle,
				InboxSettings settings, ObjectProvider<ObservationRegistry> observations,
				ObjectProvider<InboxDelay> delay, ObjectProvider<WebhookParsers> parsers) {
			return new InboxTask(SingletonSupplier.of(dispatcher::getObject), lifecycle, settings,
					observations.getIfUnique(() -> ObservationRegistry.NOOP),
					(account) -> parsers.getObject().observedName(account), delay.getIfUnique(() -> (kind, time) -> {
					}), Clock.systemUTC());
		}

		@Bean
		InboxClient k2InboxClient(InboxDatabase database, ObjectProvider<Scheduler> scheduler) {
			return new InboxClient(scheduler.stream().findFirst().orElseThrow(() -> SchedulerNeed.INBOX.noScheduler()),
					database.dataSource(), Clock.systemUTC());
		}

		@Bean
		@ConditionalOnMissingBean
		K2Inbox k2Inbox(InboxClient client, InboxDatabase database) {
			return new K2Inbox(client, database.table());
		}

		@Bean
		InboxReceiver k2InboxReceiver(K2EventStore store, InboxDatabase database, InboxClient client,
				InboxSettings settings) {
			if (!(store instanceof JdbcEventStore events)) {
				throw SchedulerNeed.INBOX.noDatabase();
			}
			return new InboxReceiver(events, database.table(), client, settings, Clock.systemUTC());
		}

		@Configuration(proxyBeanMethods = false)
		@ConditionalOnClass(MeterRegistry.class)
		static class MetricsConfiguration {

			@Bean
			@ConditionalOnMissingBean
			InboxDelay k2InboxDelay(ObjectProvider<MeterRegistry> registries) {
				return (kind,
						delay) -> registries.ifUnique((registry) -> Timer.builder("k2.inbox.delay")
							.description("Time from receiving an event to the end of its handling")
							.tag("k2.kind", kind)
							.register(registry)
							.record(delay));
			}

		}

	}

}
