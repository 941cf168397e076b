package io.github.k2connect.autoconfigure;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.boot.config.DbSchedulerProperties;
import com.github.kagkarlsson.scheduler.task.Task;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.LazyInitializationExcludeFilter;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.jdbc.init.DataSourceScriptDatabaseInitializer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

/**
 * Auto-configuration for every application with db-scheduler, also if k2-connect does not
 * need it there or is switched off: its scheduler may share the table with another
 * instance.
 */
@AutoConfiguration
@ConditionalOnClass({ Scheduler.class, DbSchedulerProperties.class, DataSourceScriptDatabaseInitializer.class })
@Import(DbSchedulerBeansConfiguration.class)
public final class K2DbSchedulerAutoConfiguration {

	@Bean
	static SharedDbSchedulerProcessor k2SharedDbSchedulerProcessor(ObjectProvider<DbSchedulerBeans> scheduler,
			ObjectProvider<Task<?>> tasks, Environment environment) {
		return new SharedDbSchedulerProcessor(scheduler, tasks, environment);
	}

	@Bean
	static LazyInitializationExcludeFilter k2UnresolvedTasksAreNotLazy() {
		return LazyInitializationExcludeFilter.forBeanTypes(UnresolvedTasks.class);
	}

	@Bean
	UnresolvedTasks k2UnresolvedTasks(DbSchedulerBeans scheduler, ObjectProvider<Task<?>> tasks) {
		return new UnresolvedTasks(scheduler, tasks);
	}

}
