package io.github.k2connect.scheduling;

import io.github.k2connect.InvalidK2ConfigurationException;
import org.apiguardian.api.API;

/**
 * The reason why the application needs the scheduler. There is a bean of this type for
 * each need of the application.
 *
 * @hidden
 */
@API(status = API.Status.INTERNAL)
public enum Need {

	/**
	 * Messages are stored and handled later.
	 */
	INBOX("k2.webhook.mode is inbox", "set k2.webhook.mode=direct"),

	/**
	 * The status of requests is checked.
	 */
	FOLLOW_UP("k2.follow-up.enabled is true", "set k2.follow-up.enabled=false"),

	/**
	 * Webhook subscriptions are declared.
	 */
	SUBSCRIPTIONS("k2.webhook.subscriptions or k2.accounts.<name>.subscriptions is set",
			"remove the subscriptions from the configuration"),

	/**
	 * Payments that no message told of are looked for.
	 */
	RECONCILIATION("k2.reconciliation is configured",
			"remove k2.reconciliation.tills, k2.reconciliation.company and the reconciliation-tills of the accounts");

	private final String reason;

	private final String otherwise;

	/**
	 * Create a need.
	 * @param reason the property that requires the scheduler, and the value of the
	 * property
	 * @param otherwise the change that makes the scheduler unnecessary
	 */
	Need(String reason, String otherwise) {
		this.reason = reason;
		this.otherwise = otherwise;
	}

	/**
	 * Return the reason.
	 * @return the property that requires the scheduler, and its value
	 */
	public String reason() {
		return this.reason;
	}

	/**
	 * Return the failure of an application that does not store handled events in a
	 * database.
	 * @return the exception to throw
	 */
	public InvalidK2ConfigurationException noDatabase() {
		return failure("handled events are not stored in a database.",
				"Configure a database, with spring-boot-starter-jdbc, and do not set k2.store.type to memory or none");
	}

	/**
	 * Return the failure of an application whose own store remembers handled events.
	 * @return the exception to throw
	 */
	public InvalidK2ConfigurationException ownStore() {
		return failure("the application has a K2EventStore of its own.", "Remove that bean");
	}

	/**
	 * Return the failure of an application whose database lacks a table.
	 * @param table the name of the table
	 * @param remedy what to do
	 * @return the exception to throw
	 */
	public InvalidK2ConfigurationException missingTable(String table, String remedy) {
		return new InvalidK2ConfigurationException(this.reason + ", and the table " + table
				+ " does not exist or has the wrong columns in the application's DataSource.", remedy);
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

}
