package io.github.k2connect.reconciliation;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import io.github.k2connect.AccountName;
import io.github.k2connect.InvalidK2ConfigurationException;
import io.github.k2connect.account.K2Accounts;
import io.github.k2connect.account.K2Properties;
import io.github.k2connect.scheduling.Delays;
import io.github.k2connect.scheduling.K2SchedulerAutoConfiguration;
import io.github.k2connect.scheduling.Need;
import io.github.k2connect.scheduling.TaskTable;
import io.github.k2connect.webhook.inbox.K2InboxAutoConfiguration;
import io.github.k2connect.webhook.inbox.OwnEvents;
import io.github.k2connect.webhook.reception.EventReceiver;
import io.github.k2connect.webhook.reception.K2ReceptionAutoConfiguration;
import io.github.k2connect.webhook.store.InMemoryEventStore;
import io.github.k2connect.webhook.store.JdbcEventStore;
import io.github.k2connect.webhook.store.K2EventStore;
import io.github.k2connect.webhook.store.K2StoreAutoConfiguration;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.init.DataSourceScriptDatabaseInitializer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.util.StringUtils;

/**
 * Auto-configuration for the reconciliation, which finds payments that no message told
 * of. It runs where messages are received.
 */
@AutoConfiguration(
		after = { K2StoreAutoConfiguration.class, K2SchedulerAutoConfiguration.class, K2InboxAutoConfiguration.class,
				K2ReceptionAutoConfiguration.class },
		afterName = "io.github.k2connect.account.K2AccountAutoConfiguration")
@ConditionalOnBooleanProperty(name = "k2.enabled", matchIfMissing = true)
@ConditionalOnWebApplication
@Conditional(OnReconciliationCondition.class)
@EnableConfigurationProperties(ReconciliationProperties.class)
public final class K2ReconciliationAutoConfiguration {

	@Bean
	Need k2ReconciliationNeed() {
		return Need.RECONCILIATION;
	}

	/**
	 * The tills of the configuration.
	 *
	 * @param all the tills, each once
	 */
	record Tills(Set<Till> all) {

		static Tills of(ReconciliationProperties properties, K2Properties k2) {
			Set<Till> tills = new LinkedHashSet<>();
			if (properties.company()) {
				k2.accounts().forEach((name, account) -> throwIfSameCompany(name, account, k2));
				tills.add(new Till(AccountName.DEFAULT, null));
			}
			add(tills, AccountName.DEFAULT, properties.tills(), "k2.reconciliation.tills");
			k2.accounts()
				.forEach((name, account) -> add(tills, name, account.reconciliationTills(),
						"k2.accounts." + name + ".reconciliation-tills"));
			return new Tills(tills);
		}

		/**
		 * Messages for a named account are handled under its name, so the company would
		 * miss all of them.
		 */
		private static void throwIfSameCompany(String name, K2Properties.Account account, K2Properties k2) {
			InvalidK2ConfigurationException.throwUnless(
					!StringUtils.hasText(account.clientId()) || !account.clientId().equals(k2.clientId()),
					"k2.reconciliation.company",
					"must be false if k2.accounts." + name + ".client-id is that of the company. List the tills");
		}

		private static void add(Set<Till> tills, String account, List<String> numbers, String property) {
			for (String number : numbers) {
				InvalidK2ConfigurationException.throwUnless(Till.isValidNumber(number), property,
						"must be a list of numbers of tills");
				Till till = Till.of(account, number);
				tills.stream()
					.filter((other) -> Objects.equals(other.number(), till.number()))
					.forEach((other) -> InvalidK2ConfigurationException.throwUnless(other.equals(till), property,
							"must not have a till of account '" + other.account() + "'"));
				tills.add(till);
			}
		}

		List<String> accounts() {
			return this.all.stream().map(Till::account).distinct().toList();
		}

	}

	@Bean
	Tills k2ReconciledTills(ReconciliationProperties properties, K2Properties k2) {
		return Tills.of(properties, k2);
	}

	/**
	 * Check at startup that the reconciliation has everything it needs.
	 */
	@Bean
	@Lazy(false)
	SmartInitializingSingleton k2ReconciliationCheck(Tills tills, K2Properties k2,
			ObjectProvider<EventReceiver> receiver) {
		return () -> {
			tills.accounts().forEach((account) -> checkAccount(account, k2));
			if (receiver.stream().findFirst().isEmpty()) {
				throw Need.RECONCILIATION.failure("messages are not received.",
						"Set k2.api-key, and leave k2.webhook.enabled as it is");
			}
		};
	}

	private static void checkAccount(String account, K2Properties k2) {
		K2Properties.Account named = k2.accounts().get(account);
		String prefix = (named != null) ? "k2.accounts." + account + "." : "k2.";
		if (!StringUtils.hasText((named != null) ? named.clientId() : k2.clientId())) {
			throw Need.RECONCILIATION.failure(prefix + "client-id is not set.",
					"Set " + prefix + "client-id and " + prefix + "client-secret");
		}
		if (k2.callbackUrl() == null && (named == null || named.callbackUrl() == null)) {
			throw Need.RECONCILIATION.failure(prefix + "callback-url is not set, which a poll needs.",
					"Set " + prefix + "callback-url");
		}
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnBean({ TaskTable.class, OwnEvents.class })
	static class TaskConfiguration {

		@Bean
		ReconciliationTask k2ReconciliationTask(Tills tills, ReconciliationProperties properties, K2Accounts accounts,
				K2EventStore store, OwnEvents inbox, ObjectProvider<MissedMeter> meter, TaskTable table) {
			JdbcEventStore events = jdbc(store);
			InvalidK2ConfigurationException.throwUnless(properties.lookBack().compareTo(events.retention()) < 0,
					"k2.reconciliation.look-back", "must be shorter than k2.store.retention");
			return new ReconciliationTask(tills.all(), properties, (account) -> accounts.get(account).polling(),
					events::currentTime, events, inbox, meter.getIfUnique(() -> (account, kind, count) -> {
					}), table, Delays.SYSTEM);
		}

		@Bean
		@ConditionalOnMissingBean
		K2Reconciliation k2Reconciliation(Tills tills, TaskTable table, K2EventStore store, K2Accounts accounts) {
			return new K2Reconciliation(tills.all(), table, jdbc(store), (account) -> accounts.get(account).polling());
		}

		private static JdbcEventStore jdbc(K2EventStore store) {
			if (store instanceof JdbcEventStore events) {
				return events;
			}
			throw (store instanceof InMemoryEventStore) ? Need.RECONCILIATION.noDatabase()
					: Need.RECONCILIATION.ownStore();
		}

		@Configuration(proxyBeanMethods = false)
		@ConditionalOnClass(MeterRegistry.class)
		static class MetricsConfiguration {

			@Bean
			MicrometerMissedMeter k2MissedMeter(ObjectProvider<MeterRegistry> registries, Tills tills,
					K2Accounts accounts) {
				return new MicrometerMissedMeter(registries, tills.accounts(), accounts::observedName);
			}

		}

	}

}
