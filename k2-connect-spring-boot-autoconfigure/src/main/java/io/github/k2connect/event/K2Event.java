package io.github.k2connect.event;

import io.github.k2connect.AccountName;

/**
 * A message from Kopo Kopo. Listen to this type with {@code @EventListener} to get every
 * message, or to a subtype to get fewer.
 */
public sealed interface K2Event permits K2WebhookEvent, K2ResultEvent, UnrecognizedK2Event {

	/**
	 * The name of the account that is configured without one.
	 */
	String DEFAULT_ACCOUNT = AccountName.DEFAULT;

	/**
	 * Return the id of the webhook, or of the resource that the result is for. A result's
	 * id is the last segment of the location that was returned when it was started.
	 * @return the id, never empty
	 */
	String id();

	/**
	 * Return the name of the Kopo Kopo account that the message is for.
	 * @return the name, {@link #DEFAULT_ACCOUNT} when there is only one account
	 */
	String account();

}
