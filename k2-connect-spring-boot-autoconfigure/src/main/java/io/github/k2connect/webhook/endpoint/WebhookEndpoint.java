package io.github.k2connect.webhook.endpoint;

import java.time.Duration;

import io.github.k2connect.Ticker;
import io.github.k2connect.webhook.WebhookAccounts;
import io.github.k2connect.webhook.reception.EventReceiver;
import io.micrometer.observation.ObservationRegistry;

/**
 * What all deliveries share, on any web stack.
 *
 * @param accounts verify and decode the messages of each account
 * @param receiver the receiver of verified events
 * @param maxBodySize the maximum size of a body, in bytes
 * @param readTimeout how long reading a body may take, from its first byte to its last
 * @param unfinished the messages whose signatures are not verified yet
 * @param observations where each delivery is observed
 * @param deliveries the times of the last deliveries
 * @param ticker measures how long a message waits
 */
record WebhookEndpoint(WebhookAccounts accounts, EventReceiver receiver, int maxBodySize, Duration readTimeout,
		UnfinishedMessages unfinished, ObservationRegistry observations, LastDeliveries deliveries, Ticker ticker) {

	/**
	 * The {@code Retry-After} in seconds for a sender if too many messages wait.
	 */
	static final String RETRY_AFTER = "10";

}
