package io.github.k2connect.autoconfigure;

import javax.sql.DataSource;

import com.github.kagkarlsson.scheduler.boot.config.DbSchedulerCustomizer;
import com.github.kagkarlsson.scheduler.boot.config.DbSchedulerProperties;
import io.github.k2connect.webhook.inbox.InboxLifecycle;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * Configuration of the beans that all tasks of db-scheduler share: its defaults, its
 * table, and the lifecycle that says when tasks may call listeners.
 */
@Configuration(proxyBeanMethods = false)
class DbSchedulerConfiguration {

	@Bean
	static DbSchedulerDefaults k2DbSchedulerDefaults(BeanFactory beans, Environment environment) {
		return new DbSchedulerDefaults(beans, environment);
	}

	/**
	 * Create the initializer without the scheduler, whose tasks may depend on the
	 * database.
	 */
	@Bean
	@ConditionalOnMissingBean
	InboxSchemaInitializer k2InboxSchemaInitializer(ObjectProvider<DataSource> dataSource,
			ObjectProvider<DbSchedulerProperties> scheduler, K2Properties properties) {
		SchedulerNeed need = SchedulerNeed.of(properties);
		return new InboxSchemaInitializer(dataSource.stream().findFirst().orElseThrow(() -> need.noDataSource()),
				scheduler.stream().findFirst().orElseThrow(() -> need.noScheduler()).getTableName(),
				properties.webhook().jdbc().initializeSchema());
	}

	@Bean
	InboxLifecycle k2InboxLifecycle(DbSchedulerProperties scheduler) {
		return new InboxLifecycle(scheduler.getShutdownMaxWait());
	}

	@Bean
	@DependsOnDatabaseInitialization
	InboxDatabase k2InboxDatabase(DataSource dataSource, ObjectProvider<DbSchedulerCustomizer> customizer,
			DbSchedulerProperties scheduler, ValidatedK2Properties configuration, K2Properties properties) {
		return new InboxDatabase(customizer.stream().findFirst(), dataSource, scheduler, configuration.maxBodySize(),
				SchedulerNeed.of(properties));
	}

}
