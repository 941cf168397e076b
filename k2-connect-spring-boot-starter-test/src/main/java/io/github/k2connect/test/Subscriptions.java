package io.github.k2connect.test;

import java.net.URI;
import java.util.List;

/**
 * Subscriptions of an account to webhooks.
 */
final class Subscriptions {

	private final Latest<Object, Subscription> subscriptions = new Latest<>();

	void add(Subscription subscription) {
		this.subscriptions.put(new Object(), subscription,
				subscription.url().toString().length() + subscription.tillNumber().length());
	}

	/**
	 * Return the messages for a webhook: one for each matching subscription.
	 */
	List<Message> messages(SimulatedWebhook webhook, SimulatedAccount account) {
		String topic = webhook.topic();
		String tillNumber = webhook.tillNumber();
		return this.subscriptions.all()
			.stream()
			.filter((subscription) -> subscription.concerns(topic, tillNumber))
			.map((subscription) -> {
				SimulatedWebhook form = subscription.darajaPayload() ? webhook.inDarajaForm() : webhook;
				return Message.of("Webhook " + topic, account, subscription.url(), form.body());
			})
			.toList();
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
	 * @param darajaPayload whether its webhooks have the format of Safaricom's Daraja API
	 */
	record Subscription(String topic, URI url, String tillNumber, boolean darajaPayload) {

		boolean concerns(String eventTopic, String eventTillNumber) {
			return this.topic.equals(eventTopic)
					&& (this.tillNumber.isEmpty() || this.tillNumber.equals(eventTillNumber));
		}

	}

}
