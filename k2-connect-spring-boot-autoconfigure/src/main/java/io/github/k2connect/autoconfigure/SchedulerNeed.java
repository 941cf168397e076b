package io.github.k2connect.autoconfigure;

/**
 * Why the application needs db-scheduler.
 *
 * @param reason the property that asks for it, and its value
 * @param otherwise what to do to go without it
 */
record SchedulerNeed(String reason, String otherwise) {

	private static final String ADD = "Add com.github.kagkarlsson:db-scheduler-spring-boot-4-starter";

	static final SchedulerNeed INBOX = new SchedulerNeed("k2.webhook.mode is inbox", "set k2.webhook.mode=direct");

	static final SchedulerNeed FOLLOW_UP = new SchedulerNeed("k2.follow-up.enabled is true",
			"set k2.follow-up.enabled=false");

	static final SchedulerNeed SUBSCRIPTIONS = new SchedulerNeed("k2.webhook.subscriptions is set",
			"remove k2.webhook.subscriptions");

	/**
	 * Return the reason, or the first of several.
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
				"there is no Scheduler: db-scheduler.enabled is false, or the starter"
						+ " of db-scheduler is one for an older Spring Boot.",
				ADD + " and leave db-scheduler.enabled as it is");
	}

	InvalidK2ConfigurationException noDataSource() {
		return failure("there is no DataSource, so handled events are not remembered in a database.",
				"Configure a database, with spring-boot-starter-jdbc");
	}

	InvalidK2ConfigurationException noDatabase() {
		return failure("handled events are not remembered in a database.",
				"Configure a database with the table of handled events and set k2.webhook.store=jdbc");
	}

	InvalidK2ConfigurationException failure(String problem, String action) {
		return new InvalidK2ConfigurationException(this.reason + " and " + problem,
				action + ", or " + this.otherwise + ".");
	}

}
