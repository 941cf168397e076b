package io.github.k2connect.autoconfigure;

import java.time.Clock;

import javax.sql.DataSource;

import io.github.k2connect.autoconfigure.K2Properties.Store;
import io.github.k2connect.webhook.store.InMemoryEventStore;
import io.github.k2connect.webhook.store.JdbcEventStore;
import io.github.k2connect.webhook.store.K2EventStore;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.LazyInitializationExcludeFilter;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.jdbc.init.DataSourceScriptDatabaseInitializer;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * Auto-configuration for the store of handled events.
 */
@AutoConfiguration(after = K2AutoConfiguration.class,
		afterName = { "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
				"org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration",
				"org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration",
				"org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration" })
@ConditionalOnBooleanProperty(name = { "k2.enabled", "k2.webhook.enabled" }, matchIfMissing = true)
@Conditional(OnApiKeyCondition.class)
@ConditionalOnWebApplication
public final class K2EventStoreAutoConfiguration {

	private static final Log logger = LogFactory.getLog(K2EventStoreAutoConfiguration.class);

	@Bean
	@ConditionalOnMissingBean
	K2EventStore k2EventStore(ValidatedK2Properties configuration, K2Properties properties) {
		return switch (properties.webhook().store()) {
			case NONE -> K2EventStore.none();
			case AUTO, MEMORY -> memory(properties);
			case JDBC -> throw new InvalidK2ConfigurationException(
					"k2.webhook.store is jdbc and there is no DataSource, or more than one and none of them primary.",
					"Add spring-boot-starter-jdbc and configure a database, or change the value of k2.webhook.store.");
		};
	}

	@Bean
	static LazyInitializationExcludeFilter k2EventStoreIsNotLazy() {
		return LazyInitializationExcludeFilter.forBeanTypes(K2EventStore.class);
	}

	private static InMemoryEventStore memory(K2Properties properties) {
		return new InMemoryEventStore(properties.webhook().memory().maxEntries(), properties.webhook().maxWait());
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ JdbcClient.class, DataSourceScriptDatabaseInitializer.class })
	@ConditionalOnSingleCandidate(DataSource.class)
	@ConditionalOnMissingBean(K2EventStore.class)
	@Conditional(OnJdbcStoreCondition.class)
	static class JdbcConfiguration {

		@Bean
		@ConditionalOnMissingBean
		EventSchemaInitializer k2EventSchemaInitializer(ValidatedK2Properties configuration, K2Properties properties,
				DataSource dataSource) {
			return new EventSchemaInitializer(dataSource, properties.webhook().jdbc());
		}

		@Bean
		@DependsOnDatabaseInitialization
		K2EventStore k2EventStore(K2Properties properties, DataSource dataSource,
				ObjectProvider<PlatformTransactionManager> transactionManagers) {
			K2Properties.Webhook webhook = properties.webhook();
			StoreTransactions transactions = StoreTransactions.of(dataSource, transactionManagers);
			JdbcEventStore store = new JdbcEventStore(dataSource, transactions.store(), webhook.jdbc().tableName(),
					webhook.retention(), webhook.maxWait(), Clock.systemUTC());
			if (store.isUsable()) {
				transactions.warnIfSeparate(store, webhook.jdbc().tableName());
				return store;
			}
			String missing = "The table " + webhook.jdbc().tableName() + " does not exist or has the wrong columns.";
			String action = EventSchemaInitializer.script(webhook.jdbc()).remedy(dataSource);
			if (webhook.store() == Store.JDBC) {
				throw new InvalidK2ConfigurationException(missing, action);
			}
			logger
				.warn(missing + " Handled events are remembered in memory: until a restart, and by this instance only. "
						+ action);
			return memory(properties);
		}

	}

}
