package io.github.k2connect.subscription;

import java.time.Instant;

import io.github.k2connect.K2Location;
import io.github.k2connect.webhook.WebhookSubscriptionRequest;
import org.jspecify.annotations.Nullable;

/**
 * A declared webhook subscription.
 *
 * @param account the name of the account
 * @param request the subscription, with its URL
 * @param state the state
 * @param location the location of the subscription at Kopo Kopo, or {@code null} unless
 * it is created
 * @param lastSeen when Kopo Kopo last confirmed that the subscription exists, or
 * {@code null} if it has not yet
 */
public record DeclaredSubscription(String account, WebhookSubscriptionRequest request, State state,
		@Nullable K2Location location, @Nullable Instant lastSeen) {

	/**
	 * The state of a declared subscription. Later versions may have more constants: give
	 * a {@code switch} a default branch.
	 */
	public enum State {

		/**
		 * The subscription will be created. If Kopo Kopo rejects it, the reason is
		 * logged, and it is sent again later.
		 */
		WAITING,

		/**
		 * Kopo Kopo has created the subscription.
		 */
		CREATED,

		/**
		 * It is unknown whether Kopo Kopo has created the subscription. It is not sent
		 * again, because every subscription delivers each message. A person should look
		 * it up in Kopo Kopo's dashboard.
		 */
		UNKNOWN

	}

}
