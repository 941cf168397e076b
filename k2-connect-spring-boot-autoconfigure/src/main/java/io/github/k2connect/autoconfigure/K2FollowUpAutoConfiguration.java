package io.github.k2connect.autoconfigure;

import java.time.Clock;

import javax.sql.DataSource;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.boot.config.DbSchedulerCustomizer;
import com.github.kagkarlsson.scheduler.boot.config.DbSchedulerProperties;
import com.github.kagkarlsson.scheduler.serializer.Serializer;
import io.github.k2connect.account.K2Accounts;
import io.github.k2connect.client.K2Client;
import io.github.k2connect.followup.AccountClients;
import io.github.k2connect.followup.FollowUpClient;
import io.github.k2connect.followup.FollowUpNotes;
import io.github.k2connect.followup.FollowUpSettings;
import io.github.k2connect.followup.FollowUpTask;
import io.github.k2connect.followup.K2FollowUpDataSource;
import io.github.k2connect.webhook.EventDispatcher;
import io.github.k2connect.webhook.EventReceiver;
import io.github.k2connect.webhook.HandledEventListener;
import io.github.k2connect.webhook.WebhookParsers;
import io.github.k2connect.webhook.inbox.InboxLifecycle;
import io.github.k2connect.webhook.inbox.ThreadLimit;
import io.micrometer.observation.ObservationRegistry;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.LazyInitializationExcludeFilter;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.jdbc.metadata.DataSourcePoolMetadataProvider;
import org.springframework.boot.jdbc.init.DataSourceScriptDatabaseInitializer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * Auto-configuration for the follow-up, which gets the status of requests until their
 * result is final.
 */
@AutoConfiguration(after = { K2AutoConfiguration.class, K2InboxAutoConfiguration.class },
		before = K2WebhookAutoConfiguration.class,
		afterName = "com.github.kagkarlsson.scheduler.boot.autoconfigure.DbSchedulerAutoConfiguration")
@ConditionalOnBooleanProperty(name = "k2.enabled", matchIfMissing = true)
@ConditionalOnBooleanProperty(name = "k2.follow-up.enabled")
public final class K2FollowUpAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(HandledEventListener.class)
	@SuppressWarnings("DoNotCallSuggester")
	HandledEventListener k2FollowUpNotes() {
		throw SchedulerNeed.FOLLOW_UP.notOnClassPath();
	}

	@Bean
	static LazyInitializationExcludeFilter k2FollowUpIsNotLazy() {
		return LazyInitializationExcludeFilter.forBeanTypes(HandledEventListener.class);
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ Scheduler.class, DbSchedulerProperties.class, DataSourceScriptDatabaseInitializer.class })
	@Import({ DbSchedulerConfiguration.class, DbSchedulerDefaultsConfiguration.class })
	static class SchedulerConfiguration {

		@Bean
		static StartedRequestNotifier k2StartedRequestNotifier(ObjectProvider<FollowUpNotes> notes) {
			return new StartedRequestNotifier(notes);
		}

		@Bean
		static LazyInitializationExcludeFilter k2FollowUpCheckIsNotLazy() {
			return LazyInitializationExcludeFilter.forBeanTypes(FollowUpCheck.class, InboxLifecycle.class);
		}

		@Bean
		FollowUpCheck k2FollowUpCheck(BeanFactory beans, K2Properties properties) {
			return new FollowUpCheck(beans, properties);
		}

		@Bean
		FollowUpSettings k2FollowUpSettings(ValidatedK2Properties configuration, K2Properties properties) {
			K2Properties.FollowUp followUp = properties.followUp();
			return new FollowUpSettings(followUp.firstCheck(), followUp.giveUpAfter(), followUp.unknownAfter(),
					configuration.clientSettings().callTimeout(), followUp.maxCallsPerSecond());
		}

		@Bean
		FollowUpTask.Collaborators k2FollowUpCollaborators(ObjectProvider<K2Accounts> accounts,
				ObjectProvider<K2Client> client, ObjectProvider<EventReceiver> receiver,
				ObjectProvider<EventDispatcher> dispatcher, ObjectProvider<FollowUpNotes> notes,
				ObjectProvider<WebhookParsers> parsers) {
			AccountClients clients = (account) -> {
				K2Accounts all = accounts.getIfAvailable();
				return (all != null) ? all.client(account) : client.getObject();
			};
			return new FollowUpTask.Collaborators(clients, (account) -> parsers.getObject().observedName(account),
					receiver::getObject, dispatcher::getObject, notes::getObject);
		}

		/**
		 * Create the task where results are received. db-scheduler leaves the follow-ups
		 * of other applications to those that have this task.
		 */
		@Bean
		@ConditionalOnWebApplication
		FollowUpTask k2FollowUpTask(FollowUpTask.Collaborators collaborators, InboxLifecycle lifecycle,
				DbSchedulerBeans scheduler, FollowUpSettings settings,
				ObjectProvider<ObservationRegistry> observations) {
			return new FollowUpTask(collaborators, lifecycle, new ThreadLimit(scheduler::threadsForFollowUp), settings,
					observations.getIfUnique(() -> ObservationRegistry.NOOP), Clock.systemUTC());
		}

		@Bean
		FollowUpConnection k2FollowUpConnection(InboxDatabase database,
				@K2FollowUpDataSource ObjectProvider<DataSource> dataSource,
				ObjectProvider<DataSourcePoolMetadataProvider> pools, DbSchedulerBeans scheduler) {
			return FollowUpConnection.of(dataSource.getIfAvailable(), database,
					scheduler.properties(SchedulerNeed.FOLLOW_UP).getTableName(), pools);
		}

		@Bean
		FollowUpClient k2FollowUpClient(FollowUpConnection connection, InboxDatabase database,
				DbSchedulerBeans scheduler, ObjectProvider<FollowUpTask> task, FollowUpTask.Collaborators collaborators,
				InboxLifecycle lifecycle, FollowUpSettings settings) {
			Serializer serializer = scheduler.customizer()
				.flatMap(DbSchedulerCustomizer::serializer)
				.orElse(Serializer.DEFAULT_JAVA_SERIALIZER);
			return new FollowUpClient(connection.dataSource(), database.customization(), serializer,
					scheduler.properties(SchedulerNeed.FOLLOW_UP).getTableName(),
					task.getIfAvailable(() -> new FollowUpTask(collaborators, lifecycle, settings,
							ObservationRegistry.NOOP, Clock.systemUTC())));
		}

		@Bean
		FollowUpNotes k2FollowUpNotes(FollowUpClient client, FollowUpSettings settings) {
			return new FollowUpNotes(client, settings, Clock.systemUTC());
		}

	}

}
