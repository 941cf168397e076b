package io.github.k2connect.test;

import java.util.Map;
import java.util.function.Function;

import io.github.k2connect.client.ApiVersion;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Recipients of payments: pay recipients, and external recipients, which follow them in
 * the second version of the API. No result is posted.
 */
final class Recipients implements SimulatedOutcome {

	private static final String PAY_RECIPIENT = "pay_recipient";

	private static final String EXTERNAL_RECIPIENT = "external_recipient";

	private final String property;

	private Recipients(String property) {
		this.property = property;
	}

	/**
	 * Describe pay recipients. Kopo Kopo's SDK for Ruby creates them in the second
	 * version too, which the documentation does not name.
	 */
	static ResourceDescription payRecipients(Strictness strictness) {
		BodyRules rules = rules((body) -> PAY_RECIPIENT, ApiVersion.V1);
		return new ResourceDescription("pay_recipients", PAY_RECIPIENT,
				(strictness == Strictness.STRICT) ? ResourceDescription.inV1(rules)
						: Map.of(ApiVersion.V1, rules, ApiVersion.V2, rules((body) -> PAY_RECIPIENT, ApiVersion.V2)),
				new Recipients(PAY_RECIPIENT));
	}

	/**
	 * Describe external recipients. Kopo Kopo's SDKs for Node and Python still call the
	 * property as it was called in the first version.
	 */
	static ResourceDescription externalRecipients(Strictness strictness) {
		BodyRules rules = rules((body) -> (strictness == Strictness.LENIENT && !body.hasNonNull(EXTERNAL_RECIPIENT)
				&& body.hasNonNull(PAY_RECIPIENT)) ? PAY_RECIPIENT : EXTERNAL_RECIPIENT, ApiVersion.V2);
		return new ResourceDescription("external_recipients", EXTERNAL_RECIPIENT, ResourceDescription.inV2(rules),
				new Recipients(EXTERNAL_RECIPIENT));
	}

	private static BodyRules rules(Function<JsonNode, String> property, ApiVersion version) {
		return BodyRules.body()
			.required("type", Destinations.type())
			.dependingOn((body) -> BodyRules.body()
				.required(property.apply(body), Destinations.recipientRules(body.path("type"), version)));
	}

	@Override
	public ObjectNode pending(ResourceRequest request) {
		return attributes(request, "Pending", "Unavailable");
	}

	@Override
	public Completion complete(ResourceRequest request, Ledger ledger) {
		String reference = Identifiers.id();
		ledger.recipientAdded(reference, details(request));
		return Completion.of(attributes(request, "Approved", reference));
	}

	private ObjectNode details(ResourceRequest request) {
		return (ObjectNode) request.part("/" + (request.has("/" + this.property) ? this.property : PAY_RECIPIENT));
	}

	private ObjectNode attributes(ResourceRequest request, String status, String reference) {
		return Json.object()
			.put("recipient_type", Destinations.label(request.text("/type", "")))
			.setAll(details(request))
			.put("status", status)
			.put("recipient_reference", reference);
	}

}
