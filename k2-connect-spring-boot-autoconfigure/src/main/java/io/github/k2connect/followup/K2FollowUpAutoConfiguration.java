package io.github.k2connect.followup;

import java.util.Arrays;

import io.github.k2connect.ZeroTimers;
import io.github.k2connect.account.K2AccountAutoConfiguration;
import io.github.k2connect.account.K2Accounts;
import io.github.k2connect.client.K2ClientSettings;
import io.github.k2connect.database.WriterConnection;
import io.github.k2connect.event.ResultType;
import io.github.k2connect.idempotency.RequestWriter;
import io.github.k2connect.scheduling.Delays;
import io.github.k2connect.scheduling.K2SchedulerAutoConfiguration;
import io.github.k2connect.scheduling.Need;
import io.github.k2connect.scheduling.TaskTable;
import io.github.k2connect.webhook.inbox.K2InboxAutoConfiguration;
import io.github.k2connect.webhook.inbox.OwnEvents;
import io.github.k2connect.webhook.reception.EventReceiver;
import io.github.k2connect.webhook.reception.K2ReceptionAutoConfiguration;
import io.github.k2connect.webhook.store.InMemoryEventStore;
import io.github.k2connect.webhook.store.K2EventStore;
import io.github.k2connect.webhook.store.K2StoreAutoConfiguration;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.observation.ObservationRegistry;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnNotWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/**
 * Auto-configuration for the follow-up, which gets the status of requests until their
 * result is final.
 */
@AutoConfiguration(after = { K2StoreAutoConfiguration.class, K2SchedulerAutoConfiguration.class,
		K2InboxAutoConfiguration.class, K2ReceptionAutoConfiguration.class, K2AccountAutoConfiguration.class })
@ConditionalOnBooleanProperty(name = "k2.enabled", matchIfMissing = true)
@ConditionalOnBooleanProperty(name = "k2.follow-up.enabled")
@EnableConfigurationProperties(FollowUpProperties.class)
public final class K2FollowUpAutoConfiguration {

	private static final Log logger = LogFactory.getLog(K2FollowUpAutoConfiguration.class);

	@Bean
	Need k2FollowUpNeed() {
		return Need.FOLLOW_UP;
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnBean(TaskTable.class)
	static class RecorderConfiguration {

		@Bean
		FollowUpTimes k2FollowUpTimes(FollowUpProperties properties, K2ClientSettings client) {
			return new FollowUpTimes(properties, client.callTimeout());
		}

		@Bean
		FollowUpRows k2FollowUpRows(FollowUpTimes times) {
			return new FollowUpRows(times, Delays.SYSTEM);
		}

		@Bean
		FollowUps k2FollowUps(TaskTable table) {
			return new FollowUps(table);
		}

		@Bean
		@Lazy(false)
		FollowUpRecorder k2FollowUpRecorder(RequestWriter<FollowUpWrite> writer, WriterConnection connection) {
			connection.openAtStart(Need.FOLLOW_UP.reason());
			return new FollowUpRecorder(writer);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnNotWebApplication
	static class RemoteConfiguration {

		@Bean
		@Lazy(false)
		SmartInitializingSingleton k2FollowUpReport() {
			return () -> logger
				.info("Started requests are stored, and followed up by the instances of the application that have "
						+ "the webhook endpoint, because this is not a web application");
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnWebApplication
	static class CheckConfiguration {

		@Bean
		@Lazy(false)
		SmartInitializingSingleton k2FollowUpCheck(ObjectProvider<EventReceiver> receiver,
				ObjectProvider<K2EventStore> store) {
			return () -> {
				if (receiver.stream().findFirst().isEmpty()) {
					throw Need.FOLLOW_UP.failure("results are not received.",
							"Set k2.api-key, and leave k2.webhook.enabled as it is");
				}
				if (store.stream().anyMatch(InMemoryEventStore.class::isInstance)) {
					throw Need.FOLLOW_UP.noDatabase();
				}
			};
		}

	}

	/**
	 * Configuration of the task, where results are received.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnWebApplication
	@ConditionalOnBean({ OwnEvents.class, EventReceiver.class })
	static class TaskConfiguration {

		@Bean
		FollowUpTask k2FollowUpTask(K2Accounts accounts, EventReceiver receiver, OwnEvents inbox,
				FollowUpRecorder recorder, FollowUpRows rows, FollowUpTimes times,
				ObjectProvider<ObservationRegistry> observations) {
			return new FollowUpTask(accounts::client, accounts::observedName, receiver, inbox, recorder, rows.calls(),
					times, observations.getIfUnique(() -> ObservationRegistry.NOOP), Delays.SYSTEM);
		}

		@Configuration(proxyBeanMethods = false)
		@ConditionalOnClass(MeterBinder.class)
		static class MetricsConfiguration {

			@Bean
			ZeroTimers k2FollowUpTimers(K2Accounts accounts) {
				return ZeroTimers.followUps(accounts.observedNames(),
						Arrays.stream(ResultType.values()).map(ResultType::value).toList(),
						OwnEvents.UNRESOLVED_REQUEST);
			}

		}

	}

}
