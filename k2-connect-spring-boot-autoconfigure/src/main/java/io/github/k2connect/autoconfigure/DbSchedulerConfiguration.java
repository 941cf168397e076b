package io.github.k2connect.autoconfigure;

import io.github.k2connect.webhook.inbox.InboxLifecycle;

import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;
import org.springframework.context.annotation.Import;

/**
 * Configuration of the beans that all tasks of db-scheduler share: its table, and the
 * lifecycle that says when tasks may call listeners.
 */
@Configuration(proxyBeanMethods = false)
@Import(DbSchedulerBeansConfiguration.class)
class DbSchedulerConfiguration {

	/**
	 * Create the initializer without the scheduler, whose tasks may depend on the
	 * database.
	 */
	@Bean
	@ConditionalOnMissingBean
	InboxSchemaInitializer k2InboxSchemaInitializer(DbSchedulerBeans scheduler, K2Properties properties) {
		SchedulerNeed need = need(properties);
		return new InboxSchemaInitializer(scheduler.dataSource(need), scheduler.properties(need).getTableName(),
				properties.webhook().jdbc().initializeSchema());
	}

	@Bean
	InboxLifecycle k2InboxLifecycle(DbSchedulerBeans scheduler, K2Properties properties) {
		return new InboxLifecycle(scheduler.properties(need(properties)).getShutdownMaxWait());
	}

	@Bean
	@DependsOn("k2InboxSchemaInitializer")
	@DependsOnDatabaseInitialization
	InboxDatabase k2InboxDatabase(DbSchedulerBeans scheduler, ValidatedK2Properties configuration,
			K2Properties properties) {
		InboxDatabase database = new InboxDatabase(scheduler, need(properties));
		SchedulerNeed.of(properties)
			.ifPresent((need) -> database.verify(need, configuration.maxBodySize(),
					properties.webhook().jdbc().initializeSchema()));
		return database;
	}

	/**
	 * Return the need for messages. In direct mode, in which the table may hold events
	 * that were received in inbox mode, everything is there.
	 */
	private static SchedulerNeed need(K2Properties properties) {
		return SchedulerNeed.of(properties).orElse(SchedulerNeed.INBOX);
	}

}
