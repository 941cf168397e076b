package io.github.k2connect.test;

import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.github.k2connect.webhook.WebhookTopic;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Ledger of one account of the simulator: the received transactions, the customers, the
 * recipients, the merchant's own accounts and the webhook subscriptions.
 */
final class Ledger {

	private static final String REVERSED = "Reversed";

	private static final Set<String> TILL_TOPICS = Set.of(WebhookTopic.BUYGOODS_TRANSACTION_RECEIVED.value(),
			WebhookTopic.BUYGOODS_TRANSACTION_REVERSED.value());

	private final Latest<String, ObjectNode> transactions = new Latest<>();

	private final Latest<String, String> customers = new Latest<>();

	private final Latest<String, ObjectNode> recipients = new Latest<>();

	private final Latest<String, ObjectNode> accounts = new Latest<>();

	private final Subscriptions subscriptions = new Subscriptions();

	/**
	 * Add a transaction.
	 * @param transaction the resource of a buygoods transaction
	 */
	synchronized void received(ObjectNode transaction) {
		keep(this.transactions, transaction.path("reference").asString(), transaction);
	}

	/**
	 * Add the transaction of a webhook, if it is complete.
	 */
	void received(SimulatedWebhook webhook) {
		if (TILL_TOPICS.contains(webhook.topic())) {
			receivedIfComplete(webhook.resource());
		}
	}

	/**
	 * Add the transaction of a result, if it is complete.
	 */
	void received(SimulatedResult result) {
		receivedIfComplete(result.transaction());
	}

	private void receivedIfComplete(JsonNode resource) {
		if (resource instanceof ObjectNode transaction && transaction.path("reference").isString()
				&& PropertyCheck.isTime(transaction.path("origination_time"))) {
			received(transaction);
		}
	}

	Subscriptions subscriptions() {
		return this.subscriptions;
	}

	/**
	 * Reverse a transaction.
	 * @param reference its reference
	 * @return its resource, empty when there is no such transaction, or it was reversed
	 * before
	 */
	synchronized Optional<ObjectNode> reverse(String reference) {
		return Optional.ofNullable(this.transactions.get(reference))
			.filter((transaction) -> !REVERSED.equals(transaction.path("status").asString("")))
			.map((transaction) -> transaction.put("status", REVERSED).deepCopy());
	}

	/**
	 * Return the resources of all transactions, in the order of their arrival.
	 */
	synchronized List<ObjectNode> transactions() {
		return this.transactions.all().stream().map(ObjectNode::deepCopy).toList();
	}

	/**
	 * Add a customer.
	 * @return whether the customer is new
	 */
	synchronized boolean isNewCustomer(String phoneNumber) {
		boolean isNew = this.customers.get(phoneNumber) == null;
		this.customers.put(phoneNumber, phoneNumber, phoneNumber.length());
		return isNew;
	}

	/**
	 * Add an account of the merchant.
	 * @param reference its reference
	 * @param details the details in the destination of a settlement transfer
	 */
	synchronized void opened(String reference, ObjectNode details) {
		keep(this.accounts, reference, details);
	}

	/**
	 * Add a recipient of payments.
	 * @param reference its reference
	 * @param details its details
	 */
	synchronized void recipientAdded(String reference, ObjectNode details) {
		keep(this.recipients, reference, details);
	}

	/**
	 * Return the phone number of a recipient or of an account of the merchant.
	 * @return the number, empty when it has none or is unknown
	 */
	synchronized String phoneNumber(String reference) {
		return Optional.ofNullable(this.recipients.get(reference))
			.or(() -> account(reference))
			.map((details) -> details.path("phone_number").asString(""))
			.orElse("");
	}

	synchronized Optional<ObjectNode> account(String reference) {
		return Optional.ofNullable(this.accounts.get(reference)).map(ObjectNode::deepCopy);
	}

	private static void keep(Latest<String, ObjectNode> values, String reference, ObjectNode value) {
		values.put(reference, value.deepCopy(), Json.bytes(value).length);
	}

	synchronized void clear() {
		this.transactions.clear();
		this.customers.clear();
		this.recipients.clear();
		this.accounts.clear();
		this.subscriptions.clear();
	}

}
