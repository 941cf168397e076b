package io.github.k2connect.scheduling;

import java.time.Clock;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

import javax.sql.DataSource;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.boot.config.DbSchedulerCustomizer;
import com.github.kagkarlsson.scheduler.boot.config.DbSchedulerProperties;
import com.github.kagkarlsson.scheduler.jdbc.JdbcCustomization;
import com.github.kagkarlsson.scheduler.serializer.Serializer;
import io.github.k2connect.InvalidK2ConfigurationException;
import io.github.k2connect.webhook.store.MissingDataSource;
import org.apiguardian.api.API;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.util.ClassUtils;

/**
 * The application's db-scheduler: its database, and the conditions for the tasks of
 * k2-connect.
 *
 * @hidden
 */
@API(status = API.Status.INTERNAL)
public final class K2Scheduler {

	private static final int MONITORING_TIMEOUT_SECONDS = 2;

	private static final RandomGenerator RANDOM = () -> ThreadLocalRandom.current().nextLong();

	private final DbSchedulerBeans beans;

	private final TaskLifecycle lifecycle;

	private final SchedulerTable table;

	private final JdbcCustomization customization;

	/**
	 * Create the scheduler.
	 * @param beans the beans of db-scheduler
	 * @param need the first reason for db-scheduler
	 * @param lifecycle the lifecycle of the tasks
	 */
	K2Scheduler(DbSchedulerBeans beans, Need need, TaskLifecycle lifecycle) {
		this.beans = beans;
		this.lifecycle = lifecycle;
		this.table = beans.table(need);
		this.customization = beans.customization(dataSource(), beans.properties(need));
	}

	/**
	 * Verify that the table exists.
	 */
	void verify(Need need, SchedulerSchemaInitializer initializer) {
		if (!this.table.isUsable()) {
			throw new InvalidK2ConfigurationException(need.reason() + ", and db-scheduler's table " + tableName()
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
		return new SchedulerTable(database, tableName()).isUsable();
	}

	/**
	 * Verify that the data of a task may have a size.
	 * @param bytes the size
	 * @param property the property that determines the size
	 * @throws InvalidK2ConfigurationException if the column is known to be too small
	 */
	public void verifyRoom(long bytes, String property) {
		if (!this.table.hasRoomFor(bytes)) {
			throw new InvalidK2ConfigurationException(
					"The column task_data of " + tableName() + " is too small for " + property + ".",
					"Make the column larger, as the scripts in "
							+ SchedulerSchemaInitializer.SCHEMA.replace("@@platform@@", "*") + " do.");
		}
	}

	/**
	 * Return the database of db-scheduler.
	 * @return the data source
	 */
	public DataSource dataSource() {
		return this.table.dataSource();
	}

	/**
	 * Return access to the database for operators, who would rather have no result than
	 * wait for it.
	 * @return a template with a limited time for each statement
	 */
	public JdbcTemplate monitoringJdbc() {
		JdbcTemplate jdbc = new JdbcTemplate(dataSource());
		jdbc.setQueryTimeout(MONITORING_TIMEOUT_SECONDS);
		return jdbc;
	}

	/**
	 * Return the number of executions of a task that wait or run, for operators. The time
	 * of the statement is limited.
	 * @param need what the task is for
	 * @return the number for all instances
	 */
	public long count(Need need) {
		Long count = monitoringJdbc().queryForObject("SELECT COUNT(*) FROM " + tableName() + " WHERE task_name = ?",
				Long.class, need.taskName());
		return (count != null) ? count : 0;
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
		return this.table.name();
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
	 * Return whether the application has a scheduler of its own, whose settings are not
	 * known.
	 * @return {@code true} if it does
	 */
	public boolean isOfApplication() {
		return this.beans.hasSchedulerOfApplication();
	}

	/**
	 * Return whether db-scheduler uses the priorities of tasks.
	 * @return {@code true} if it does
	 */
	public boolean usesPriorities() {
		return this.beans.properties().map(DbSchedulerProperties::isPriorityEnabled).orElse(false);
	}

	/**
	 * Return the scheduler itself. Its tasks may depend on this object, so they must not
	 * call this method when they are created.
	 * @param need the reason
	 * @return the scheduler
	 * @throws InvalidK2ConfigurationException if there is none
	 */
	public Scheduler scheduler(Need need) {
		return this.beans.scheduler(need);
	}

	/**
	 * Run an action in the transaction of the caller on db-scheduler's database, or else
	 * in a transaction of its own. If the action fails, it is run once more, because
	 * another instance may have inserted the same row; what it has changed is undone.
	 * @param action the action, which uses the scheduler
	 */
	public void inTransaction(Runnable action) {
		new SchedulerTransaction(dataSource()).execute(action);
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

	/**
	 * The reason why the application needs db-scheduler. There is a bean of this type for
	 * each need of the application.
	 */
	public enum Need {

		/**
		 * Messages are stored and handled later.
		 */
		INBOX("k2-inbox", "k2.webhook.mode is inbox", "set k2.webhook.mode=direct"),

		/**
		 * The status of requests is checked.
		 */
		FOLLOW_UP("k2-follow-up", "k2.follow-up.enabled is true", "set k2.follow-up.enabled=false"),

		/**
		 * Webhook subscriptions are declared.
		 */
		SUBSCRIPTIONS("k2-subscription", "k2.webhook.subscriptions or k2.accounts.<name>.subscriptions is set",
				"remove the subscriptions from the configuration"),

		/**
		 * The application may declare webhook subscriptions while it runs. This is not a
		 * reason for a failure.
		 */
		DECLARED_SUBSCRIPTIONS("k2-subscription", "", ""),

		/**
		 * Payments that no message told of are looked for.
		 */
		RECONCILIATION("k2-reconciliation", "k2.reconciliation is configured",
				"remove k2.reconciliation.tills, k2.reconciliation.company and the reconciliation-tills of the accounts"),

		/**
		 * The table may have messages that were stored in inbox mode. This is not a
		 * reason for a failure.
		 */
		STORED_MESSAGES("k2-inbox", "", "");

		private static final String PACKAGE = "com.github.kagkarlsson.scheduler.";

		private static final String STARTER = PACKAGE + "boot.autoconfigure.";

		private static final String ADD = "Add com.github.kagkarlsson:db-scheduler-spring-boot-4-starter";

		private final String taskName;

		private final String reason;

		private final String otherwise;

		/**
		 * Create a need.
		 * @param taskName the name of the task in db-scheduler's table
		 * @param reason the property that requires db-scheduler, and the value of the
		 * property
		 * @param otherwise the change that makes db-scheduler unnecessary
		 */
		Need(String taskName, String reason, String otherwise) {
			this.taskName = taskName;
			this.reason = reason;
			this.otherwise = otherwise;
		}

		/**
		 * Return the name of the task.
		 * @return the name in db-scheduler's table
		 */
		public String taskName() {
			return this.taskName;
		}

		String reason() {
			return this.reason;
		}

		boolean isRequired() {
			return !this.reason.isEmpty();
		}

		/**
		 * Return the failure of an application without db-scheduler.
		 * @return the exception to throw
		 */
		public InvalidK2ConfigurationException notOnClassPath() {
			return isPresent(PACKAGE + "Scheduler") ? noStarter()
					: failure("db-scheduler is not on the class path.", ADD + " and spring-boot-starter-jdbc");
		}

		/**
		 * Return the failure of an application without a {@code Scheduler} bean.
		 * @param enabled the value of {@code db-scheduler.enabled}
		 */
		InvalidK2ConfigurationException noScheduler(boolean enabled) {
			if (!enabled) {
				return failure("db-scheduler.enabled is false.", "Remove db-scheduler.enabled");
			}
			if (!isPresent(STARTER + "DbSchedulerAutoConfiguration")) {
				return noStarter();
			}
			if (!isPresent(STARTER + "Jackson3Serializer")) {
				return failure("db-scheduler's starter is for an older Spring Boot.",
						ADD + " in place of db-scheduler-spring-boot-starter");
			}
			return failure("there is no Scheduler.",
					"Do not exclude DbSchedulerAutoConfiguration, or define a bean of type Scheduler");
		}

		InvalidK2ConfigurationException noDataSource(MissingDataSource missing) {
			return failure(missing.problem() + ", so handled events are not stored in a database.", missing.action());
		}

		/**
		 * Return the failure of an application that does not store handled events in a
		 * database.
		 * @return the exception to throw
		 */
		public InvalidK2ConfigurationException noDatabase() {
			return failure("handled events are not stored in a database.",
					"Configure a database with the table of handled events and set k2.webhook.store=jdbc");
		}

		/**
		 * Return a failure.
		 * @param problem the problem
		 * @param action the action to solve it
		 * @return the exception to throw
		 */
		public InvalidK2ConfigurationException failure(String problem, String action) {
			return new InvalidK2ConfigurationException(this.reason + " and " + problem,
					action + ", or " + this.otherwise + ".");
		}

		private InvalidK2ConfigurationException noStarter() {
			return failure("db-scheduler's starter is not on the class path.", ADD);
		}

		private static boolean isPresent(String className) {
			return ClassUtils.isPresent(className, null);
		}

	}

}
