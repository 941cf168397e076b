package io.github.k2connect.autoconfigure;

/**
 * Why the application needs db-scheduler.
 *
 * @param reason the property that asks for it, and its value
 * @param otherwise what to set to do without it
 */
record SchedulerNeed(String reason, String otherwise) {

	private static final String ADD = "Add com.github.kagkarlsson:db-scheduler-spring-boot-4-starter";

	static final SchedulerNeed INBOX = new SchedulerNeed("k2.webhook.mode is inbox", "k2.webhook.mode=direct");

	static final SchedulerNeed FOLLOW_UP = new SchedulerNeed("k2.follow-up.enabled is true",
			"k2.follow-up.enabled=false");

	/**
	 * Return the reason, or the first where there are two.
	 */
	static SchedulerNeed of(K2Properties properties) {
		return (properties.webhook().mode() == K2Properties.Mode.INBOX) ? INBOX : FOLLOW_UP;
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

	InvalidK2ConfigurationException noDatabase() {
		return failure("handled events are not remembered in a database.",
				"Configure a database with the table of handled events and set k2.webhook.store=jdbc");
	}

	InvalidK2ConfigurationException failure(String problem, String action) {
		return new InvalidK2ConfigurationException(this.reason + " and " + problem,
				action + ", or set " + this.otherwise + ".");
	}

}
