package io.github.k2connect.autoconfigure;

import java.time.Clock;

import javax.sql.DataSource;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.boot.config.DbSchedulerCustomizer;
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

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.LazyInitializationExcludeFilter;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.jdbc.init.DataSourceScriptDatabaseInitializer;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.util.function.SingletonSupplier;

/**
 * Auto-configuration of the inbox, which writes messages down and handles them later.
 */
@AutoConfiguration(after = K2EventStoreAutoConfiguration.class,
		afterName = "com.github.kagkarlsson.scheduler.boot.autoconfigure.DbSchedulerAutoConfiguration")
@ConditionalOnBooleanProperty(name = { "k2.enabled", "k2.webhook.enabled" }, matchIfMissing = true)
@Conditional(OnApiKeyCondition.class)
@ConditionalOnProperty(name = "k2.webhook.mode", havingValue = "inbox")
@ConditionalOnWebApplication
public final class K2InboxAutoConfiguration {

	private static final String ADD = "Add com.github.kagkarlsson:db-scheduler-spring-boot-4-starter";

	private static final String OR_DIRECT = ", or set k2.webhook.mode=direct.";

	@Bean
	@ConditionalOnMissingBean(K2Inbox.class)
	@SuppressWarnings("DoNotCallSuggester")
	EventReceiver k2InboxReceiver() {
		throw new InvalidK2ConfigurationException("k2.webhook.mode is inbox and db-scheduler is not on the class path.",
				ADD + " and spring-boot-starter-jdbc" + OR_DIRECT);
	}

	@Bean
	static LazyInitializationExcludeFilter k2InboxIsNotLazy() {
		return LazyInitializationExcludeFilter.forBeanTypes(EventReceiver.class, InboxLifecycle.class);
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ Scheduler.class, DbSchedulerProperties.class, DataSourceScriptDatabaseInitializer.class })
	static class SchedulerConfiguration {

		@Bean
		static DbSchedulerDefaults k2DbSchedulerDefaults(BeanFactory beans, Environment environment) {
			return new DbSchedulerDefaults(beans, environment);
		}

		@Bean
		InboxSettings k2InboxSettings(ValidatedK2Properties configuration, K2Properties properties) {
			K2Properties.Inbox inbox = properties.webhook().inbox();
			return new InboxSettings(inbox.firstDelay(), inbox.maxDelay(), inbox.maxAttempts(), inbox.maxWaiting());
		}

		/**
		 * Knows nothing of the scheduler, whose tasks may need the database themselves.
		 */
		@Bean
		@ConditionalOnMissingBean
		InboxSchemaInitializer k2InboxSchemaInitializer(ObjectProvider<DataSource> dataSource,
				ObjectProvider<DbSchedulerProperties> scheduler, K2Properties properties) {
			return new InboxSchemaInitializer(dataSource.stream().findFirst().orElseThrow(() -> noDatabase()),
					scheduler.stream().findFirst().orElseThrow(() -> noScheduler()).getTableName(),
					properties.webhook().jdbc().initializeSchema());
		}

		@Bean
		InboxLifecycle k2InboxLifecycle(DbSchedulerProperties scheduler) {
			return new InboxLifecycle(scheduler.getShutdownMaxWait());
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
		@DependsOnDatabaseInitialization
		InboxDatabase k2InboxDatabase(DataSource dataSource, ObjectProvider<DbSchedulerCustomizer> customizer,
				DbSchedulerProperties scheduler, ValidatedK2Properties configuration) {
			return new InboxDatabase(customizer.stream().findFirst(), dataSource, scheduler,
					configuration.maxBodySize());
		}

		@Bean
		InboxClient k2InboxClient(InboxDatabase database, ObjectProvider<Scheduler> scheduler) {
			return new InboxClient(scheduler.stream().findFirst().orElseThrow(() -> noScheduler()),
					database.dataSource());
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
				throw noDatabase();
			}
			return new InboxReceiver(events, database.table(), client, settings, Clock.systemUTC());
		}

		private static InvalidK2ConfigurationException noDatabase() {
			return new InvalidK2ConfigurationException(
					"k2.webhook.mode is inbox and handled events are not remembered in a database.",
					"Configure a database with the table of handled events and set k2.webhook.store=jdbc" + OR_DIRECT);
		}

		private static InvalidK2ConfigurationException noScheduler() {
			return new InvalidK2ConfigurationException(
					"k2.webhook.mode is inbox and there is no Scheduler: db-scheduler.enabled is false, or the starter"
							+ " of db-scheduler is one for an older Spring Boot.",
					ADD + " and leave db-scheduler.enabled as it is" + OR_DIRECT);
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
