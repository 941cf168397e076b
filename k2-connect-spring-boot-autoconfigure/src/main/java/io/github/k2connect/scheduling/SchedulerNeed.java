package io.github.k2connect.scheduling;

import io.github.k2connect.InvalidK2ConfigurationException;
import org.apiguardian.api.API;

import org.springframework.util.ClassUtils;

/**
 * The reason why the application needs db-scheduler. There is a bean of this type for
 * each need of the application.
 *
 * @hidden
 */
@API(status = API.Status.INTERNAL)
public enum SchedulerNeed {

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
	SUBSCRIPTIONS("k2-subscription", "k2.webhook.subscriptions is set", "remove k2.webhook.subscriptions"),

	/**
	 * The table may have messages that were stored in inbox mode. This is not a reason
	 * for a failure.
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
	SchedulerNeed(String taskName, String reason, String otherwise) {
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
		return this != STORED_MESSAGES;
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

	InvalidK2ConfigurationException noDataSource() {
		return failure(
				"there is no DataSource, or several of which none is primary, so handled events are not stored in a"
						+ " database.",
				"Configure a database, with spring-boot-starter-jdbc");
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
