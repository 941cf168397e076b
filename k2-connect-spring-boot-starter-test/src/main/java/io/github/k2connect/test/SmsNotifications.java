package io.github.k2connect.test;

import tools.jackson.databind.node.ObjectNode;

/**
 * Messages to the customers of transactions.
 */
final class SmsNotifications implements SimulatedOutcome {

	private static final BodyRules RULES = BodyRules.body()
		.required("webhook_event_reference", PropertyCheck.text())
		.required("message", PropertyCheck.text())
		.required("_links", BodyRules.CALLBACK);

	private SmsNotifications() {
	}

	static ResourceDescription description() {
		return new ResourceDescription("transaction_sms_notifications", "transaction_sms_notification",
				ResourceDescription.inV1(RULES), new SmsNotifications());
	}

	@Override
	public ObjectNode pending(ResourceRequest request) {
		return attributes(request, "Pending");
	}

	@Override
	public Completion complete(ResourceRequest request, Ledger ledger) {
		return Completion.of(attributes(request, "Success"));
	}

	private static ObjectNode attributes(ResourceRequest request, String status) {
		return Json.object()
			.put("status", status)
			.put("message", request.text("/message"))
			.put("webhook_event_reference", request.text("/webhook_event_reference"))
			.set("_links", request.links());
	}

}
