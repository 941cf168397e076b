package io.github.k2connect.autoconfigure;

import java.util.Optional;

import org.springframework.util.ClassUtils;

/**
 * The reason why the application needs db-scheduler.
 *
 * @param reason the property that requires it, and the value of the property
 * @param otherwise the change that makes db-scheduler unnecessary
 */
record SchedulerNeed(String reason, String otherwise) {

	private static final String PACKAGE = "com.github.kagkarlsson.scheduler.";

	private static final String STARTER = PACKAGE + "boot.autoconfigure.";

	private static final String ADD = "Add com.github.kagkarlsson:db-scheduler-spring-boot-4-starter";

	static final SchedulerNeed INBOX = new SchedulerNeed("k2.webhook.mode is inbox", "set k2.webhook.mode=direct");

	static final SchedulerNeed FOLLOW_UP = new SchedulerNeed("k2.follow-up.enabled is true",
			"set k2.follow-up.enabled=false");

	static final SchedulerNeed SUBSCRIPTIONS = new SchedulerNeed("k2.webhook.subscriptions is set",
			"remove k2.webhook.subscriptions");

	/**
	 * Return the need of the configuration: the first one if there are several, or none.
	 */
	static Optional<SchedulerNeed> of(K2Properties properties) {
		if (properties.webhook().mode() == K2Properties.Mode.INBOX) {
			return Optional.of(INBOX);
		}
		if (properties.followUp().enabled()) {
			return Optional.of(FOLLOW_UP);
		}
		return properties.webhook().subscriptions().isEmpty() ? Optional.empty() : Optional.of(SUBSCRIPTIONS);
	}

	InvalidK2ConfigurationException notOnClassPath() {
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

	InvalidK2ConfigurationException noDatabase() {
		return failure("handled events are not stored in a database.",
				"Configure a database with the table of handled events and set k2.webhook.store=jdbc");
	}

	InvalidK2ConfigurationException failure(String problem, String action) {
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
