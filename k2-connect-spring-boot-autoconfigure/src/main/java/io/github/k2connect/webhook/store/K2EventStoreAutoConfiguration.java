package io.github.k2connect.webhook.store;

import java.time.Clock;

import javax.sql.DataSource;

import io.github.k2connect.InvalidK2ConfigurationException;
import io.github.k2connect.webhook.store.EventStoreProperties.Store;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.init.DataSourceScriptDatabaseInitializer;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * Auto-configuration for the store of handled events.
 */
@AutoConfiguration(afterName = { "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
		"org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration",
		"org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration",
		"org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration" })
@ConditionalOnBooleanProperty(name = { "k2.enabled", "k2.webhook.enabled" }, matchIfMissing = true)
@ConditionalOnBean(type = "io.github.k2connect.webhook.WebhookParsers")
@ConditionalOnWebApplication
@EnableConfigurationProperties(EventStoreProperties.class)
public final class K2EventStoreAutoConfiguration {

	private static final Log logger = LogFactory.getLog(K2EventStoreAutoConfiguration.class);

	private static final String IN_MEMORY = "Handled events are remembered in memory, until a restart and by this instance only";

	@Bean
	@Lazy(false)
	@ConditionalOnMissingBean
	K2EventStore k2EventStore(EventStoreProperties properties, ListableBeanFactory beans) {
		MissingDataSource missing = MissingDataSource.in(beans);
		return switch (properties.store()) {
			case NONE -> K2EventStore.none();
			case MEMORY -> memory(properties);
			case AUTO -> {
				if (missing.besideR2dbc()) {
					logger.warn(IN_MEMORY + ", because " + missing.problem() + ". " + missing.action()
							+ ", or set k2.webhook.store=memory");
				}
				yield memory(properties);
			}
			case JDBC ->
				throw new InvalidK2ConfigurationException("k2.webhook.store is jdbc and " + missing.problem() + ".",
						missing.action() + ", or change the value of k2.webhook.store.");
		};
	}

	private static InMemoryEventStore memory(EventStoreProperties properties) {
		return new InMemoryEventStore(properties.memory().maxEntries(), properties.maxWait());
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ JdbcClient.class, DataSourceScriptDatabaseInitializer.class })
	@ConditionalOnSingleCandidate(DataSource.class)
	@ConditionalOnMissingBean(K2EventStore.class)
	@Conditional(OnJdbcStoreCondition.class)
	static class JdbcConfiguration {

		@Bean
		@ConditionalOnMissingBean
		EventSchemaInitializer k2EventSchemaInitializer(EventStoreProperties properties, DataSource dataSource) {
			return new EventSchemaInitializer(dataSource, properties.jdbc());
		}

		@Bean
		@Lazy(false)
		@DependsOnDatabaseInitialization
		K2EventStore k2EventStore(EventStoreProperties properties, DataSource dataSource,
				EventSchemaInitializer initializer, ObjectProvider<PlatformTransactionManager> transactionManagers) {
			String tableName = properties.jdbc().tableName();
			StoreTransactions transactions = StoreTransactions.of(dataSource, transactionManagers);
			JdbcEventStore store = new JdbcEventStore(dataSource, transactions.store(), tableName,
					properties.retention(), properties.maxWait(), Clock.systemUTC());
			if (store.isUsable()) {
				store.dialect();
				transactions.warnIfSeparate(store, tableName);
				return store;
			}
			if (store.lacksReferences()) {
				throw new InvalidK2ConfigurationException(
						"The table " + tableName
								+ " is that of an earlier version of k2-connect: it has no column reference.",
						"Run these statements: ALTER TABLE " + tableName
								+ " ADD COLUMN reference VARCHAR(110); CREATE INDEX k2_event_reference ON " + tableName
								+ " (reference);");
			}
			String missing = "The table " + tableName + " does not exist or has the wrong columns.";
			if (properties.store() == Store.JDBC) {
				throw new InvalidK2ConfigurationException(missing, initializer.remedy());
			}
			logger.warn(missing + " " + IN_MEMORY + ". " + initializer.remedy());
			return memory(properties);
		}

	}

}
