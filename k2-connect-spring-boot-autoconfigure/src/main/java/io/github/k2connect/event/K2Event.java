package io.github.k2connect.event;

/**
 * Something that Kopo Kopo tells an application. Listen to this type with
 * {@code @EventListener} to get everything, to one of its subtypes to get less.
 */
public sealed interface K2Event permits K2WebhookEvent, K2ResultEvent, UnrecognizedK2Event {

	/**
	 * Identify what is told: the id of a webhook, or the id of the resource whose result
	 * this is, which is the last segment of the location that starting it returned.
	 * @return the id, never empty
	 */
	String id();

}
