package io.github.k2connect.event;

import io.github.k2connect.AccountName;
import org.jspecify.annotations.Nullable;

/**
 * A message from Kopo Kopo, or what k2-connect has detected itself. Listen to this type
 * with {@code @EventListener} to get every event, or to a subtype to get fewer.
 * <p>
 * Every event is either a {@link K2WebhookEvent}, a {@link K2ResultEvent}, a
 * {@link K2DetectedEvent} or an {@link UnrecognizedK2Event}. The other subtypes group the
 * events about one kind of payment. Later versions may have more subtypes: give a
 * {@code switch} a default branch.
 */
public sealed interface K2Event permits K2WebhookEvent, K2ResultEvent, K2DetectedEvent, UnrecognizedK2Event,
		TillPayment, TillReversal, B2bEvent, CardEvent {

	/**
	 * The name of the default account, which is configured without a name.
	 */
	String DEFAULT_ACCOUNT = AccountName.DEFAULT;

	/**
	 * Return the id of the webhook, or of the resource that the result is for. The id of
	 * a result is the last segment of the location that the request returned. The id of a
	 * {@link K2DetectedEvent} is the M-PESA reference of what was missed, or the id of
	 * the request without a result.
	 * @return the id, never empty
	 */
	String id();

	/**
	 * Return the name of the Kopo Kopo account that the event is for.
	 * @return the name, {@link #DEFAULT_ACCOUNT} if there is only one account
	 */
	String account();

	/**
	 * Return the body of the message or of the status response as it came, with every
	 * property that Kopo Kopo sent. It contains the data of customers. Therefore it is
	 * neither in {@code toString()} nor in the event's JSON form, and {@code equals} does
	 * not compare it. The text is decoded at each call.
	 * @return the body, or {@code null} if the event was not decoded from a message, for
	 * example because it was read from its JSON form
	 */
	@Nullable String rawJson();

}
