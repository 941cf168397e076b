package io.github.k2connect.test;

import java.time.OffsetDateTime;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A received transaction as Safaricom's Daraja API writes it.
 */
final class DarajaForm {

	private DarajaForm() {
	}

	/**
	 * Write a transaction in this form.
	 * @param transaction the resource of a buygoods or b2b transaction
	 */
	static ObjectNode of(JsonNode transaction) {
		OffsetDateTime time = OffsetDateTime.parse(transaction.path("origination_time").asString());
		String sender = transaction.path("sending_till").asString(transaction.path("hashed_sender_phone").asString(""));
		return Json.object()
			.put("TransactionType", "Buy Goods")
			.put("TransID", transaction.path("reference").asString())
			.put("TransTime", NairobiTime.formatDaraja(time.toInstant()))
			.put("TransAmount", transaction.path("amount").asString())
			.put("BusinessShortCode", transaction.path("till_number").asString())
			.put("BillRefNumber", "")
			.put("InvoiceNumber", "")
			.put("OrgAccountBalance", "")
			.put("ThirdPartyTransID", "")
			.put("MSISDN", sender)
			.put("FirstName", transaction.path("sender_first_name").asString(""))
			.put("MiddleName", transaction.path("sender_middle_name").asString(""))
			.put("LastName", transaction.path("sender_last_name").asString(""));
	}

}
