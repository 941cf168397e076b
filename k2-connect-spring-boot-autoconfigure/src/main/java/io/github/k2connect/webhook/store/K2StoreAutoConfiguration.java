package io.github.k2connect.webhook.store;

import java.time.Clock;

import io.github.k2connect.InvalidK2ConfigurationException;
import io.github.k2connect.database.K2Database;
import io.github.k2connect.database.K2SchemaInitializer;
import io.github.k2connect.database.MissingDataSource;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * Auto-configuration for the store of handled events, where messages are received.
 */
@AutoConfiguration(after = K2DatabaseAutoConfiguration.class,
		afterName = { "org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration",
				"org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration",
				"org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration" })
@ConditionalOnBooleanProperty(name = { "k2.enabled", "k2.webhook.enabled" }, matchIfMissing = true)
@ConditionalOnBean(type = "io.github.k2connect.webhook.WebhookAccounts")
@ConditionalOnWebApplication
@EnableConfigurationProperties(StoreProperties.class)
public final class K2StoreAutoConfiguration {

	private static final Log logger = LogFactory.getLog(K2StoreAutoConfiguration.class);

	private static final String IN_MEMORY = "Handled events are remembered in memory, until a restart and by this instance only";

	@Bean
	@Lazy(false)
	@ConditionalOnMissingBean
	K2EventStore k2EventStore(StoreProperties properties, MaxWait wait, ListableBeanFactory beans) {
		MissingDataSource missing = MissingDataSource.in(beans);
		return switch (properties.type()) {
			case NONE -> K2EventStore.none();
			case MEMORY -> memory(properties, wait);
			case AUTO -> {
				if (missing.besideR2dbc()) {
					logger.warn(IN_MEMORY + ", because " + missing.problem() + ". " + missing.action()
							+ ", or set k2.store.type=memory");
				}
				yield memory(properties, wait);
			}
			case JDBC ->
				throw new InvalidK2ConfigurationException("k2.store.type is jdbc and " + missing.problem() + ".",
						missing.action() + ", or change the value of k2.store.type.");
		};
	}

	private static InMemoryEventStore memory(StoreProperties properties, MaxWait wait) {
		return new InMemoryEventStore(properties.memory().maxEntries(), wait.maxWait());
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnBean(type = "io.github.k2connect.database.K2Database")
	@ConditionalOnMissingBean(K2EventStore.class)
	static class JdbcConfiguration {

		@Bean
		@Lazy(false)
		K2EventStore k2EventStore(StoreProperties properties, MaxWait wait, K2Database database,
				K2SchemaInitializer initializer, ObjectProvider<PlatformTransactionManager> transactionManagers) {
			StoreTransactions transactions = StoreTransactions.of(database.dataSource(), transactionManagers);
			JdbcEventStore store = new JdbcEventStore(database.dataSource(), transactions.store(),
					database.eventTable(), properties.retention(), wait.maxWait(), Clock.systemUTC());
			if (store.isUsable()) {
				store.dialect();
				transactions.warnIfSeparate(store, database.eventTable());
				return store;
			}
			String missing = "The table " + database.eventTable() + " does not exist or has the wrong columns.";
			if (properties.type() == StoreProperties.Type.JDBC) {
				throw new InvalidK2ConfigurationException(missing, initializer.remedy());
			}
			logger.warn(missing + " " + IN_MEMORY + ". " + initializer.remedy());
			return memory(properties, wait);
		}

	}

}
