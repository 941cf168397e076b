package io.github.k2connect.webhook.store;

import javax.sql.DataSource;

import io.github.k2connect.database.K2Database;
import io.github.k2connect.database.K2SchemaInitializer;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.init.DataSourceScriptDatabaseInitializer;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Auto-configuration for the database with the tables of k2-connect.
 */
@AutoConfiguration(afterName = { "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
		"org.springframework.boot.jdbc.autoconfigure.DataSourceInitializationAutoConfiguration" })
@ConditionalOnBooleanProperty(name = "k2.enabled", matchIfMissing = true)
@ConditionalOnClass({ JdbcClient.class, DataSourceScriptDatabaseInitializer.class })
@ConditionalOnSingleCandidate(DataSource.class)
@Conditional(OnJdbcStoreCondition.class)
@EnableConfigurationProperties(StoreProperties.class)
public final class K2DatabaseAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
	K2SchemaInitializer k2SchemaInitializer(StoreProperties properties, DataSource dataSource) {
		StoreProperties.Jdbc jdbc = properties.jdbc();
		return new K2SchemaInitializer(dataSource, jdbc.initializeSchema(), jdbc.schema(), jdbc.tablePrefix());
	}

	@Bean
	@DependsOnDatabaseInitialization
	K2Database k2Database(StoreProperties properties, DataSource dataSource) {
		return new K2Database(dataSource, properties.jdbc().tablePrefix());
	}

}
