package io.github.k2connect.scheduling;

import com.github.kagkarlsson.scheduler.boot.config.DbSchedulerStarter;
import com.github.kagkarlsson.scheduler.task.Task;
import io.github.k2connect.webhook.store.EventStoreProperties.InitializeSchema;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.dao.DataAccessException;

/**
 * Processor for db-scheduler in every application. Without a table and without tasks of
 * the application db-scheduler is not started.
 */
final class SharedDbSchedulerProcessor implements BeanPostProcessor {

	private static final Log logger = LogFactory.getLog(SharedDbSchedulerProcessor.class);

	private final ObjectProvider<DbSchedulerBeans> scheduler;

	private final ObjectProvider<Task<?>> tasks;

	SharedDbSchedulerProcessor(ObjectProvider<DbSchedulerBeans> scheduler, ObjectProvider<Task<?>> tasks) {
		this.scheduler = scheduler;
		this.tasks = tasks;
	}

	@Override
	public Object postProcessBeforeInitialization(Object bean, String name) {
		return (bean instanceof DbSchedulerStarter && isWithoutWork()) ? new NoStart() : bean;
	}

	private boolean isWithoutWork() {
		DbSchedulerBeans beans = this.scheduler.getObject();
		if (beans.hasSchedulerOfApplication() || !this.tasks.stream().allMatch(UnresolvedTasks::isOfK2Connect)) {
			return false;
		}
		SchedulerTable table = beans.table().orElse(null);
		if (table == null || !isMissing(table)) {
			return false;
		}
		logger.warn("db-scheduler is not started: its table " + table.name()
				+ " does not exist or has the wrong columns, and the application has no task. "
				+ new SchedulerSchemaInitializer(table, InitializeSchema.EMBEDDED).remedy()
				+ " If db-scheduler is not used, set db-scheduler.enabled=false");
		return true;
	}

	private static boolean isMissing(SchedulerTable table) {
		try {
			return !table.isUsable();
		}
		catch (DataAccessException ex) {
			logger.debug("It is unknown whether db-scheduler's table exists", ex);
			return false;
		}
	}

	/**
	 * Starter that does nothing.
	 */
	private static final class NoStart implements DbSchedulerStarter {

		@Override
		public void doStart() {
		}

	}

}
