package io.github.k2connect.scheduling;

import java.time.Clock;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

import javax.sql.DataSource;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.boot.config.DbSchedulerCustomizer;
import com.github.kagkarlsson.scheduler.jdbc.JdbcCustomization;
import com.github.kagkarlsson.scheduler.serializer.Serializer;
import io.github.k2connect.InvalidK2ConfigurationException;
import org.apiguardian.api.API;

/**
 * The application's db-scheduler: its database, and the conditions for the tasks of
 * k2-connect.
 *
 * @hidden
 */
@API(status = API.Status.INTERNAL)
public final class K2Scheduler {

	private static final RandomGenerator RANDOM = () -> ThreadLocalRandom.current().nextLong();

	private final DbSchedulerBeans beans;

	private final TaskLifecycle lifecycle;

	private final DataSource dataSource;

	private final JdbcCustomization customization;

	private final String tableName;

	/**
	 * Create the scheduler.
	 * @param beans the beans of db-scheduler
	 * @param need the first reason for db-scheduler
	 * @param lifecycle the lifecycle of the tasks
	 */
	K2Scheduler(DbSchedulerBeans beans, SchedulerNeed need, TaskLifecycle lifecycle) {
		this.beans = beans;
		this.lifecycle = lifecycle;
		this.dataSource = beans.dataSource(need);
		this.customization = beans.customization(this.dataSource, beans.properties(need));
		this.tableName = beans.properties(need).getTableName();
	}

	/**
	 * Verify that the table exists.
	 */
	void verify(SchedulerNeed need, SchedulerSchemaInitializer initializer) {
		if (!hasTable(this.dataSource)) {
			throw new InvalidK2ConfigurationException(need.reason() + ", and db-scheduler's table " + this.tableName
					+ " does not exist or has the wrong columns in " + (this.beans.isDataSourceCustomized()
							? "the DataSource of the DbSchedulerCustomizer" : "the application's DataSource")
					+ ".", initializer.remedy());
		}
	}

	/**
	 * Return whether a database has db-scheduler's table.
	 * @param database the database
	 * @return {@code true} if it has the table with the columns that db-scheduler needs
	 */
	public boolean hasTable(DataSource database) {
		return new SchedulerTable(database, this.tableName).isUsable();
	}

	/**
	 * Verify that the data of a task may have a size.
	 * @param bytes the size
	 * @param property the property that determines the size
	 * @throws InvalidK2ConfigurationException if the column is known to be too small
	 */
	public void verifyRoom(long bytes, String property) {
		if (!new SchedulerTable(this.dataSource, this.tableName).hasRoomFor(bytes)) {
			throw new InvalidK2ConfigurationException(
					"The column task_data of " + this.tableName + " is too small for " + property + ".",
					"Make the column larger, as the scripts in "
							+ SchedulerSchemaInitializer.SCHEMA.replace("@@platform@@", "*") + " do.");
		}
	}

	/**
	 * Return the database of db-scheduler.
	 * @return the data source
	 */
	public DataSource dataSource() {
		return this.dataSource;
	}

	/**
	 * Return db-scheduler's support for the database.
	 * @return the customization
	 */
	public JdbcCustomization customization() {
		return this.customization;
	}

	/**
	 * Return the name of db-scheduler's table.
	 * @return the name, with a schema if it needs one
	 */
	public String tableName() {
		return this.tableName;
	}

	/**
	 * Return db-scheduler's serializer for the data of tasks.
	 * @return the serializer
	 */
	public Serializer serializer() {
		return this.beans.customizer()
			.flatMap(DbSchedulerCustomizer::serializer)
			.orElse(Serializer.DEFAULT_JAVA_SERIALIZER);
	}

	/**
	 * Return the scheduler itself. Its tasks may depend on this object, so they must not
	 * call this method when they are created.
	 * @param need the reason
	 * @return the scheduler
	 * @throws InvalidK2ConfigurationException if there is none
	 */
	public Scheduler scheduler(SchedulerNeed need) {
		return this.beans.scheduler(need);
	}

	/**
	 * Return the conditions for a task that handles events. One thread is left for other
	 * tasks, if there are any.
	 * @return the conditions
	 */
	public K2Task.Executions eventExecutions() {
		return executions(ThreadLimit.waiting(this.beans::threadsForEvents));
	}

	/**
	 * Return the conditions for a task that calls Kopo Kopo: half of the threads.
	 * @return the conditions
	 */
	public K2Task.Executions callExecutions() {
		return executions(ThreadLimit.of(this.beans::threadsForCalls));
	}

	private K2Task.Executions executions(ThreadLimit threads) {
		return new K2Task.Executions(this.lifecycle, threads, Clock.systemUTC(), RANDOM);
	}

}
