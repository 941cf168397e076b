package io.github.k2connect.followup;

import java.util.Set;

import javax.sql.DataSource;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.boot.config.DbSchedulerProperties;
import io.github.k2connect.client.K2ClientSettings;
import io.github.k2connect.scheduling.K2DbSchedulerAutoConfiguration;
import io.github.k2connect.scheduling.K2Scheduler;
import io.github.k2connect.scheduling.K2Scheduler.Need;
import io.github.k2connect.webhook.EventDispatcher;
import io.github.k2connect.webhook.EventReceiver;
import io.github.k2connect.webhook.K2WebhookAutoConfiguration;
import io.github.k2connect.webhook.WebhookParsers;
import io.github.k2connect.webhook.store.K2EventStoreAutoConfiguration;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.observation.ObservationRegistry;

import org.springframework.aot.hint.annotation.RegisterReflectionForBinding;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.init.DataSourceScriptDatabaseInitializer;
import org.springframework.boot.jdbc.metadata.DataSourcePoolMetadataProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/**
 * Auto-configuration for the follow-up, which gets the status of requests until their
 * result is final.
 */
@AutoConfiguration(after = K2EventStoreAutoConfiguration.class,
		before = { K2WebhookAutoConfiguration.class, K2DbSchedulerAutoConfiguration.class },
		afterName = { K2DbSchedulerAutoConfiguration.DB_SCHEDULER,
				"io.github.k2connect.account.K2AccountAutoConfiguration" })
@ConditionalOnBooleanProperty(name = "k2.enabled", matchIfMissing = true)
@ConditionalOnBooleanProperty(name = "k2.follow-up.enabled")
@EnableConfigurationProperties(FollowUpProperties.class)
@RegisterReflectionForBinding(UnresolvedK2Request.class)
public final class K2FollowUpAutoConfiguration {

	@Bean
	Need k2FollowUpNeed() {
		return Need.FOLLOW_UP;
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ Scheduler.class, DbSchedulerProperties.class, DataSourceScriptDatabaseInitializer.class })
	static class SchedulerConfiguration {

		@Bean
		static StartedRequestNotifier k2StartedRequestNotifier(ObjectProvider<FollowUpRecorder> recorder) {
			return new StartedRequestNotifier(recorder);
		}

		@Bean
		@Lazy(false)
		FollowUpCheck k2FollowUpCheck(BeanFactory beans) {
			return new FollowUpCheck(beans);
		}

		@Bean
		FollowUpTimes k2FollowUpTimes(FollowUpProperties properties, K2ClientSettings client) {
			return new FollowUpTimes(properties, client.callTimeout());
		}

		@Bean
		FollowUpTask.Collaborators k2FollowUpCollaborators(ObjectProvider<WebhookParsers> accounts,
				ObjectProvider<EventReceiver> receiver, ObjectProvider<EventDispatcher> dispatcher,
				ObjectProvider<FollowUpRecorder> recorder) {
			return new FollowUpTask.Collaborators((account) -> accounts.getObject().client(account),
					(account) -> accounts.getObject().observedName(account), receiver::getObject, dispatcher::getObject,
					recorder::getObject);
		}

		/**
		 * Create the task where results are received. db-scheduler leaves the follow-ups
		 * of other applications to those that have this task.
		 */
		@Bean
		@ConditionalOnWebApplication
		FollowUpTask k2FollowUpTask(FollowUpTask.Collaborators collaborators, FollowUpTimes times,
				K2Scheduler scheduler, ObjectProvider<ObservationRegistry> observations) {
			return new FollowUpTask(collaborators, times, observations.getIfUnique(() -> ObservationRegistry.NOOP),
					scheduler.callExecutions());
		}

		@Bean
		FollowUpConnection k2FollowUpConnection(K2Scheduler scheduler,
				@K2FollowUpDataSource ObjectProvider<DataSource> dataSource,
				ObjectProvider<DataSourcePoolMetadataProvider> pools) {
			return FollowUpConnection.of(dataSource.getIfAvailable(), scheduler, pools);
		}

		@Bean
		FollowUpWriter k2FollowUpWriter(FollowUpConnection connection, K2Scheduler scheduler,
				ObjectProvider<FollowUpTask> task, FollowUpTask.Collaborators collaborators, FollowUpTimes times) {
			return new FollowUpWriter(
					new FollowUpTable(connection.dataSource(), scheduler.customization(), scheduler.serializer(),
							scheduler.tableName(), task.getIfAvailable(() -> new FollowUpTask(collaborators, times,
									ObservationRegistry.NOOP, scheduler.callExecutions()))));
		}

		@Configuration(proxyBeanMethods = false)
		@ConditionalOnClass(MeterBinder.class)
		@ConditionalOnWebApplication
		static class MetricsConfiguration {

			@Bean
			@ConditionalOnMissingBean
			FollowUpMetrics k2FollowUpMetrics(ObjectProvider<WebhookParsers> accounts) {
				return new FollowUpMetrics(
						accounts.stream().findFirst().map(WebhookParsers::observedNames).orElse(Set.of()));
			}

		}

		@Bean
		@Lazy(false)
		FollowUpRecorder k2FollowUpRecorder(FollowUpWriter writer, FollowUpTimes times, K2Scheduler scheduler) {
			return new FollowUpRecorder(writer, times, scheduler.callExecutions());
		}

	}

}
