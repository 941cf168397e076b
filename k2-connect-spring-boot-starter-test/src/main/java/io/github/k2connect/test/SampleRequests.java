package io.github.k2connect.test;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;

import io.github.k2connect.client.ApiVersion;
import tools.jackson.databind.node.ObjectNode;

/**
 * Sample requests for the resources that have a result, each made now and due now.
 */
final class SampleRequests {

	private static final String ORIGIN = "https://sandbox.kopokopo.com/api/";

	private static final String CALLBACK_URL = "https://duka.example/k2/webhooks";

	private SampleRequests() {
	}

	static ResourceRequest of(ResourceDescription description, String id) {
		ApiVersion version = description.rules().containsKey(ApiVersion.V1) ? ApiVersion.V1 : ApiVersion.V2;
		Instant now = Instant.now();
		ObjectNode body = body(description.type(), now);
		body.putObject("_links").put("callback_url", CALLBACK_URL);
		return new ResourceRequest(version, self(version, description, id), body, now, now);
	}

	private static URI self(ApiVersion version, ResourceDescription description, String id) {
		return URI.create(ORIGIN + version.pathSegment() + "/" + description.path() + "/" + id);
	}

	private static ObjectNode body(String type, Instant now) {
		return switch (type) {
			case "incoming_payment" -> incomingPayment();
			case "payment" -> payment();
			case "settlement_transfer" -> settlementTransfer();
			case "polling" -> polling(now);
			case "transaction_sms_notification" -> smsNotification();
			case "send_money" -> sendMoney();
			case "reversal" -> reversal();
			case "payment_link" -> paymentLink();
			default -> throw new IllegalArgumentException("There is no result of type " + type);
		};
	}

	private static ObjectNode incomingPayment() {
		ObjectNode body = Json.object()
			.put("payment_channel", "M-PESA STK Push")
			.put("till_number", SampleResources.TILL_NUMBER);
		body.putObject("subscriber").put("phone_number", SampleResources.PHONE_NUMBER);
		money(body, 2200);
		return body;
	}

	private static ObjectNode payment() {
		ObjectNode body = Json.object()
			.put("destination_type", Destinations.MOBILE_WALLET)
			.put("destination_reference", Identifiers.id())
			.put("description", "Delivery of Tuesday");
		money(body, 2200);
		return body;
	}

	private static ObjectNode settlementTransfer() {
		ObjectNode body = Json.object()
			.put("destination_type", Settlements.BANK_ACCOUNT)
			.put("destination_reference", Identifiers.id());
		money(body, 49452);
		return body;
	}

	private static ObjectNode polling(Instant now) {
		return Json.object()
			.put("scope", Scopes.TILL)
			.put("scope_reference", SampleResources.TILL_NUMBER)
			.put("from_time", NairobiTime.format(now.minus(Duration.ofHours(1))))
			.put("to_time", NairobiTime.format(now.plus(Duration.ofHours(1))));
	}

	private static ObjectNode smsNotification() {
		return Json.object()
			.put("webhook_event_reference", Identifiers.id())
			.put("message", "Asante! Your parcel is on its way.");
	}

	private static ObjectNode sendMoney() {
		ObjectNode body = Json.object().put("currency", "KES");
		body.putArray("destinations")
			.addObject()
			.put("type", Destinations.TILL)
			.put("till_number", "890123")
			.put("amount", 2200)
			.put("description", "Delivery of Tuesday");
		return body;
	}

	private static ObjectNode reversal() {
		return Json.object()
			.put("transaction_reference", Identifiers.transactionReference())
			.put("reason", "Ordered twice");
	}

	private static ObjectNode paymentLink() {
		return Json.object()
			.put("till_number", SampleResources.TILL_NUMBER)
			.put("currency", "KES")
			.put("amount", 2200)
			.put("payment_reference", "INV-17")
			.put("note", "One kiondo");
	}

	private static void money(ObjectNode body, int value) {
		body.putObject("amount").put("currency", "KES").put("value", value);
	}

}
