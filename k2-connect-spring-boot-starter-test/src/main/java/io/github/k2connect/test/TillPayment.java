package io.github.k2connect.test;

import java.util.ArrayList;
import java.util.List;

import tools.jackson.databind.node.ObjectNode;

/**
 * Payment that a till has received.
 *
 * @param transaction the resource of the buygoods transaction
 * @param events its webhooks
 */
record TillPayment(ObjectNode transaction, List<SimulatedWebhook> events) {

	/**
	 * Receive a payment.
	 * @param transaction the resource of the buygoods transaction
	 * @param phoneNumber the whole number of the payer
	 * @param ledger the ledger of the account
	 */
	static TillPayment receive(ObjectNode transaction, String phoneNumber, Ledger ledger) {
		ledger.received(transaction);
		List<SimulatedWebhook> events = new ArrayList<>();
		events.add(SimulatedWebhook.buygoodsTransactionReceived().withResource(transaction));
		if (ledger.isNewCustomer(phoneNumber)) {
			events.add(SimulatedWebhook.customerCreated().withResource(customer(transaction)));
		}
		return new TillPayment(transaction, events);
	}

	private static ObjectNode customer(ObjectNode transaction) {
		return Json.object()
			.set("first_name", transaction.path("sender_first_name"))
			.set("middle_name", transaction.path("sender_middle_name"))
			.set("last_name", transaction.path("sender_last_name"))
			.set("phone_number", transaction.path("sender_phone_number"));
	}

}
