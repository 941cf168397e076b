package io.github.k2connect.scheduling;

import javax.sql.DataSource;

import com.github.kagkarlsson.scheduler.boot.config.DbSchedulerProperties;
import com.github.kagkarlsson.scheduler.boot.config.DbSchedulerStarter;
import com.github.kagkarlsson.scheduler.task.Task;
import io.github.k2connect.webhook.store.EventStoreProperties.InitializeSchema;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.core.env.Environment;
import org.springframework.dao.DataAccessException;

/**
 * Processor for db-scheduler in every application. db-scheduler keeps the rows of tasks
 * that it does not know, unless the application has set another time. Without a table and
 * without tasks of the application it is not started.
 */
final class SharedDbSchedulerProcessor implements BeanPostProcessor {

	private static final Log logger = LogFactory.getLog(SharedDbSchedulerProcessor.class);

	private final ObjectProvider<DbSchedulerBeans> scheduler;

	private final ObjectProvider<Task<?>> tasks;

	private final Environment environment;

	SharedDbSchedulerProcessor(ObjectProvider<DbSchedulerBeans> scheduler, ObjectProvider<Task<?>> tasks,
			Environment environment) {
		this.scheduler = scheduler;
		this.tasks = tasks;
		this.environment = environment;
	}

	@Override
	public Object postProcessBeforeInitialization(Object bean, String name) {
		return (bean instanceof DbSchedulerStarter && isWithoutWork()) ? new NoStart() : bean;
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String name) {
		if (bean instanceof DbSchedulerProperties properties) {
			DbSchedulerDefaults.ifUnset(this.environment, "delete-unresolved-after",
					() -> properties.setDeleteUnresolvedAfter(UnresolvedTasks.KEPT_FOR));
		}
		return bean;
	}

	private boolean isWithoutWork() {
		DbSchedulerBeans beans = this.scheduler.getObject();
		if (beans.hasSchedulerOfApplication() || !this.tasks.stream().allMatch(UnresolvedTasks::isOfK2Connect)) {
			return false;
		}
		SchedulerTable table = beans.table();
		try {
			if (table == null || table.isUsable()) {
				return false;
			}
		}
		catch (DataAccessException ex) {
			logger.debug("It is unknown whether db-scheduler's table exists", ex);
			return false;
		}
		String tableName = beans.properties().map(DbSchedulerProperties::getTableName).orElse("");
		logger.warn("db-scheduler is not started: its table " + tableName
				+ " does not exist or has the wrong columns, and the application has no task. "
				+ beans.dataSource().map((dataSource) -> remedy(dataSource, tableName)).orElse("")
				+ " If db-scheduler is not used, set db-scheduler.enabled=false");
		return true;
	}

	private static String remedy(DataSource dataSource, String tableName) {
		return new SchedulerSchemaInitializer(dataSource, tableName, InitializeSchema.EMBEDDED).remedy();
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
