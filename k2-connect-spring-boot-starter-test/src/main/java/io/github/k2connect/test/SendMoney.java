package io.github.k2connect.test;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Money that is sent to several destinations at once. Without destinations it is the
 * whole balance that goes to the merchant's own account.
 */
final class SendMoney implements SimulatedOutcome {

	/**
	 * The properties of each type of destination, the first of which identifies one.
	 */
	private static final Map<String, List<String>> PROPERTIES = Map.of(Destinations.MOBILE_WALLET,
			List.of("phone_number", "network"), Destinations.BANK_ACCOUNT,
			List.of("account_number", "account_name", "bank_branch_ref"), Destinations.TILL, List.of("till_number"),
			Destinations.PAYBILL, List.of("paybill_number", "paybill_account_number"), Settlements.WALLET,
			List.of("reference"), Settlements.BANK_ACCOUNT, List.of("reference"));

	private static final BodyRules RULES = BodyRules.body()
		.optional("destinations", PropertyCheck.each(SendMoney::destinationRules))
		.required("currency", PropertyCheck.currency())
		.optional("source_identifier", PropertyCheck.text())
		.optional("metadata", PropertyCheck.metadata())
		.required("_links", BodyRules.CALLBACK);

	private SendMoney() {
	}

	static ResourceDescription description() {
		return new ResourceDescription("send_money", "send_money", ResourceDescription.inV2(RULES), new SendMoney());
	}

	private static BodyRules destinationRules(JsonNode destination) {
		String type = destination.path("type").asString("");
		BodyRules rules = BodyRules.body()
			.required("type", PropertyCheck.oneOf(PROPERTIES.keySet()))
			.required("amount", PropertyCheck.amount())
			.optional("nickname", PropertyCheck.text())
			.optional("favourite", PropertyCheck.flag());
		for (String property : PROPERTIES.getOrDefault(type, List.of())) {
			rules = rules.required(property,
					"phone_number".equals(property) ? PropertyCheck.phoneNumberWithoutPlus() : PropertyCheck.text());
		}
		return isMerchants(type) ? rules.optional("description", PropertyCheck.text())
				: rules.required("description", PropertyCheck.text());
	}

	private static boolean isMerchants(String destinationType) {
		return Settlements.DESTINATION_TYPES.contains(destinationType);
	}

	@Override
	public ObjectNode pending(ResourceRequest request) {
		return attributes(request, "Scheduled", NullNode.getInstance());
	}

	@Override
	public Completion complete(ResourceRequest request, Ledger ledger) {
		List<ObjectNode> disbursements = new ArrayList<>();
		List<SimulatedWebhook> events = new ArrayList<>();
		BigDecimal total = BigDecimal.ZERO;
		for (JsonNode destination : destinationsOrSweep(request)) {
			String type = destination.path("type").asString();
			BigDecimal amount = amount(destination);
			ObjectNode disbursement = TransferBatches.disbursement(request, Amounts.write(amount), type,
					destination.path(PROPERTIES.getOrDefault(type, List.of()).get(0)).asString());
			total = total.add(amount);
			disbursements.add(disbursement);
			if (isMerchants(type)) {
				events.add(Settlements.completed(disbursement, type, ledger));
			}
		}
		ArrayNode batches = TransferBatches.transferred(Amounts.write(total), disbursements);
		return new Completion(attributes(request, "Processed", batches), events);
	}

	private static Iterable<JsonNode> destinationsOrSweep(ResourceRequest request) {
		return request.has("/destinations") ? request.part("/destinations")
				: List.of(Json.object()
					.put("type", Settlements.BANK_ACCOUNT)
					.put("reference", Identifiers.id())
					.put("amount", Settlements.WHOLE_BALANCE));
	}

	private static BigDecimal amount(JsonNode destination) {
		return Amounts.read(destination.path("amount")).orElseThrow();
	}

	private static ObjectNode attributes(ResourceRequest request, String status, JsonNode transferBatches) {
		ArrayNode destinations = Json.MAPPER.createArrayNode();
		for (JsonNode destination : request.part("/destinations")) {
			destinations.add(((ObjectNode) destination).put("amount", Amounts.write(amount(destination))));
		}
		return Json.object()
			.put("status", status)
			.put("created_at", request.time())
			.put("source_identifier", request.text("/source_identifier"))
			.set("destinations", destinations)
			.put("currency", request.text("/currency"))
			.set("transfer_batches", transferBatches)
			.putNull("errors")
			.set("metadata", request.part("/metadata"))
			.set("_links", request.links());
	}

}
