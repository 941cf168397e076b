package io.github.k2connect.autoconfigure;

/**
 * The reason why the application needs db-scheduler.
 *
 * @param reason the property that requires it, and the value of the property
 * @param otherwise the change that makes db-scheduler unnecessary
 */
record SchedulerNeed(String reason, String otherwise) {

	private static final String ADD = "Add com.github.kagkarlsson:db-scheduler-spring-boot-4-starter";

	static final SchedulerNeed INBOX = new SchedulerNeed("k2.webhook.mode is inbox", "set k2.webhook.mode=direct");

	static final SchedulerNeed FOLLOW_UP = new SchedulerNeed("k2.follow-up.enabled is true",
			"set k2.follow-up.enabled=false");

	static final SchedulerNeed SUBSCRIPTIONS = new SchedulerNeed("k2.webhook.subscriptions is set",
			"remove k2.webhook.subscriptions");

	/**
	 * Return the need of the configuration, or the first one if there are several.
	 */
	static SchedulerNeed of(K2Properties properties) {
		if (properties.webhook().mode() == K2Properties.Mode.INBOX) {
			return INBOX;
		}
		return properties.followUp().enabled() ? FOLLOW_UP : SUBSCRIPTIONS;
	}

	InvalidK2ConfigurationException notOnClassPath() {
		return failure("db-scheduler is not on the class path.", ADD + " and spring-boot-starter-jdbc");
	}

	InvalidK2ConfigurationException noScheduler() {
		return failure(
				"there is no Scheduler: db-scheduler.enabled is false, or db-scheduler's"
						+ " starter is for an older Spring Boot.",
				ADD + " and do not set db-scheduler.enabled to false");
	}

	InvalidK2ConfigurationException noDataSource() {
		return failure("there is no DataSource, so handled events are not stored in a database.",
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

}
