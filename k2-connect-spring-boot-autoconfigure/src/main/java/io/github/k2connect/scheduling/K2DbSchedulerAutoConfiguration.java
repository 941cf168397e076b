package io.github.k2connect.scheduling;

import javax.sql.DataSource;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.boot.config.DbSchedulerProperties;
import com.github.kagkarlsson.scheduler.task.Task;
import io.github.k2connect.scheduling.K2Scheduler.Need;
import io.github.k2connect.webhook.store.EventStoreProperties;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.init.DataSourceScriptDatabaseInitializer;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;

/**
 * Auto-configuration for every application with db-scheduler, also if k2-connect does not
 * need it there or is switched off: its scheduler may share the table with another
 * instance.
 */
@AutoConfiguration
public final class K2DbSchedulerAutoConfiguration {

	/**
	 * The name of db-scheduler's own auto-configuration.
	 */
	public static final String DB_SCHEDULER = DbSchedulerBeans.AUTO_CONFIGURATION;

	/**
	 * Fail if a feature needs db-scheduler, which is not on the class path.
	 */
	@Bean
	@Lazy(false)
	@ConditionalOnBean(Need.class)
	@ConditionalOnMissingBean(DbSchedulerBeans.class)
	@SuppressWarnings("DoNotCallSuggester")
	SmartInitializingSingleton k2MissingDbScheduler(ObjectProvider<Need> needs) {
		throw first(needs).notOnClassPath();
	}

	private static Need first(ObjectProvider<Need> needs) {
		return needs.stream().sorted().findFirst().orElseThrow();
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ Scheduler.class, DbSchedulerProperties.class, DataSourceScriptDatabaseInitializer.class })
	static class DbSchedulerConfiguration {

		@Bean
		DbSchedulerBeans k2DbSchedulerBeans(ConfigurableListableBeanFactory beans,
				ObjectProvider<DataSource> dataSource, Environment environment) {
			return new DbSchedulerBeans(beans, dataSource, environment);
		}

		@Bean
		static SharedDbSchedulerProcessor k2SharedDbSchedulerProcessor(ObjectProvider<DbSchedulerBeans> scheduler,
				ObjectProvider<Task<?>> tasks) {
			return new SharedDbSchedulerProcessor(scheduler, tasks);
		}

		@Bean
		static DbSchedulerDefaults k2DbSchedulerDefaults(ConfigurableListableBeanFactory beans, Environment environment,
				ObjectProvider<Need> needs) {
			return new DbSchedulerDefaults(beans, environment, needs);
		}

		@Bean
		@Lazy(false)
		UnresolvedTasks k2UnresolvedTasks(DbSchedulerBeans scheduler, ObjectProvider<Task<?>> tasks) {
			return new UnresolvedTasks(scheduler, tasks);
		}

		/**
		 * Configuration of what all tasks of k2-connect share.
		 */
		@Configuration(proxyBeanMethods = false)
		@ConditionalOnBean(Need.class)
		@EnableConfigurationProperties(EventStoreProperties.class)
		static class TaskConfiguration {

			/**
			 * Create the initializer without the scheduler, whose tasks may depend on the
			 * database.
			 */
			@Bean
			@ConditionalOnMissingBean
			SchedulerSchemaInitializer k2SchedulerSchemaInitializer(DbSchedulerBeans scheduler,
					ObjectProvider<Need> needs, EventStoreProperties properties) {
				return new SchedulerSchemaInitializer(scheduler.table(first(needs)),
						properties.jdbc().initializeSchema());
			}

			@Bean
			@Lazy(false)
			TaskLifecycle k2TaskLifecycle(DbSchedulerBeans scheduler, ObjectProvider<Need> needs) {
				return new TaskLifecycle(scheduler.properties(first(needs)).getShutdownMaxWait());
			}

			@Bean
			@Lazy(false)
			@DependsOn("k2SchedulerSchemaInitializer")
			@DependsOnDatabaseInitialization
			K2Scheduler k2Scheduler(DbSchedulerBeans beans, ObjectProvider<Need> needs, TaskLifecycle lifecycle,
					SchedulerSchemaInitializer initializer) {
				Need need = first(needs);
				K2Scheduler scheduler = new K2Scheduler(beans, need, lifecycle);
				if (need.isRequired()) {
					scheduler.verify(need, initializer);
				}
				return scheduler;
			}

		}

	}

}
