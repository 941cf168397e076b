package io.github.k2connect.test;

import java.time.OffsetDateTime;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A till payment in the format of Safaricom's Daraja API.
 */
final class DarajaForm {

	private DarajaForm() {
	}

	/**
	 * Write a payment in this format.
	 * @param topic the topic of its webhook
	 * @param transaction the resource of a buygoods or b2b transaction
	 */
	static ObjectNode of(String topic, JsonNode transaction) {
		String sender = transaction.path("sending_till").asString(transaction.path("hashed_sender_phone").asString(""));
		return Json.object()
			.put("TransactionType", type(topic, transaction))
			.put("TransID", transaction.path("reference").asString(""))
			.put("TransTime", time(transaction.path("origination_time")))
			.put("TransAmount", transaction.path("amount").asString(""))
			.put("BusinessShortCode", transaction.path("till_number").asString(""))
			.put("BillRefNumber", "")
			.put("InvoiceNumber", "")
			.put("OrgAccountBalance", "")
			.put("ThirdPartyTransID", "")
			.put("MSISDN", sender)
			.put("FirstName", transaction.path("sender_first_name").asString(""))
			.put("MiddleName", transaction.path("sender_middle_name").asString(""))
			.put("LastName", transaction.path("sender_last_name").asString(""));
	}

	/**
	 * Return the type of a payment. A business pays from its till or else from its
	 * account. A customer pays to a till, or to an Online Payments Account if the number
	 * begins with {@code K}.
	 */
	private static String type(String topic, JsonNode transaction) {
		if (topic.startsWith("b2b_")) {
			return transaction.path("sending_till").asString("").isEmpty() ? "Business Payment"
					: "Organization To Organization Transfer";
		}
		return transaction.path("till_number").asString("").startsWith("K") ? "Pay Bill" : "Buygoods";
	}

	private static String time(JsonNode originationTime) {
		return PropertyCheck.isTime(originationTime)
				? NairobiTime.formatDaraja(OffsetDateTime.parse(originationTime.asString()).toInstant()) : "";
	}

}
