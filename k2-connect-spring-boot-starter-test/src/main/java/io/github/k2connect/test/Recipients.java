package io.github.k2connect.test;

import java.util.Map;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Recipients of payments: pay recipients, and external recipients, which follow them in
 * the second version of the API. No result is posted.
 */
final class Recipients implements SimulatedOutcome {

	private final String property;

	private Recipients(String property) {
		this.property = property;
	}

	static ResourceDescription payRecipients() {
		return description("pay_recipients", "pay_recipient", ApiVersion.V1);
	}

	static ResourceDescription externalRecipients() {
		return description("external_recipients", "external_recipient", ApiVersion.V2);
	}

	private static ResourceDescription description(String path, String type, ApiVersion version) {
		BodyRules rules = BodyRules.body()
			.required("type", Destinations.type())
			.dependingOn((body) -> BodyRules.body().required(type, Destinations.recipientRules(body.path("type"))));
		return new ResourceDescription(path, type, Map.of(version, rules), new Recipients(type));
	}

	@Override
	public ObjectNode pending(ResourceRequest request) {
		return attributes(request, "Pending", "Unavailable");
	}

	@Override
	public Completion complete(ResourceRequest request, Ledger ledger) {
		return Completion.of(attributes(request, "Approved", Identifiers.id()));
	}

	private ObjectNode attributes(ResourceRequest request, String status, String reference) {
		JsonNode details = request.part("/" + this.property);
		return Json.object()
			.put("recipient_type", Destinations.label(request.text("/type", "")))
			.setAll((ObjectNode) details)
			.put("status", status)
			.put("recipient_reference", reference);
	}

}
