package io.github.k2connect.test;

import java.net.URI;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Subscriptions of the application to webhooks, and the delivery to them.
 */
final class Subscriptions {

	private final Queue<Subscription> subscriptions = new ConcurrentLinkedQueue<>();

	private final Deliveries deliveries;

	Subscriptions(Deliveries deliveries) {
		this.deliveries = deliveries;
	}

	void add(Subscription subscription) {
		this.subscriptions.add(subscription);
	}

	/**
	 * Deliver a webhook to every subscription that it concerns.
	 */
	void publish(SimulatedWebhook webhook) {
		String topic = webhook.topic();
		String tillNumber = webhook.tillNumber();
		for (Subscription subscription : this.subscriptions) {
			if (subscription.concerns(topic, tillNumber)) {
				SimulatedWebhook form = subscription.darajaPayload() ? webhook.inDarajaForm() : webhook;
				this.deliveries.deliver("Webhook " + subscription.topic(), subscription.url(), form.body());
			}
		}
	}

	void clear() {
		this.subscriptions.clear();
	}

	/**
	 * Subscription to the webhooks of one topic.
	 *
	 * @param topic the topic
	 * @param url where its webhooks are posted
	 * @param tillNumber the till it is limited to, empty when it is the company's
	 * @param darajaPayload whether its webhooks have the form of Safaricom's Daraja API
	 */
	record Subscription(String topic, URI url, String tillNumber, boolean darajaPayload) {

		boolean concerns(String eventTopic, String eventTillNumber) {
			return this.topic.equals(eventTopic)
					&& (this.tillNumber.isEmpty() || this.tillNumber.equals(eventTillNumber));
		}

	}

}
