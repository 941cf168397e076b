package io.github.k2connect.test;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Money that is sent to several destinations at once. Without destinations, the whole
 * balance is sent to the merchant's own account.
 */
final class SendMoney implements SimulatedOutcome {

	private static final String REFERENCE = "reference";

	private static final String NETWORK = "network";

	/**
	 * The properties of each type of destination.
	 */
	private static final Map<String, List<String>> PROPERTIES = Map.of(Destinations.MOBILE_WALLET,
			List.of("phone_number", NETWORK), Destinations.BANK_ACCOUNT,
			List.of("account_number", "account_name", "bank_branch_ref"), Destinations.TILL, List.of("till_number"),
			Destinations.PAYBILL, List.of("paybill_number", "paybill_account_number"), Settlements.WALLET,
			List.of(REFERENCE), Settlements.BANK_ACCOUNT, List.of(REFERENCE));

	/**
	 * The properties of the destination in a disbursement.
	 */
	private static final Set<String> DISBURSEMENT_PROPERTIES = Set.of("nickname", "favourite", "phone_number",
			"account_name", "account_number", "bank_branch_ref", "till_number", "paybill_number",
			"paybill_account_number");

	private static final BodyRules RULES = BodyRules.body()
		.optional("destinations", PropertyCheck.each(SendMoney::destinationRules))
		.required("currency", PropertyCheck.currency())
		.optional("source_identifier", PropertyCheck.textOrEmpty())
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
			.optional("nickname", PropertyCheck.textOrEmpty())
			.optional("favourite", PropertyCheck.flag());
		for (String property : properties(type)) {
			rules = switch (property) {
				case "phone_number" -> rules.required(property, PropertyCheck.phoneNumberWithoutPlus());
				case NETWORK -> rules.requiredWhenStrict(property, PropertyCheck.text());
				default -> rules.required(property, PropertyCheck.text());
			};
		}
		return isMerchants(type) ? rules.optional("description", PropertyCheck.textOrEmpty())
				: rules.required("description", PropertyCheck.text());
	}

	private static List<String> properties(String destinationType) {
		return PROPERTIES.getOrDefault(destinationType, List.of());
	}

	private static boolean isMerchants(String destinationType) {
		return Settlements.DESTINATION_TYPES.contains(destinationType);
	}

	@Override
	public ObjectNode pending(ResourceRequest request) {
		return attributes(request, "Scheduled", NullNode.getInstance());
	}

	@Override
	public @Nullable Completion complete(ResourceRequest request, Ledger ledger) {
		List<ObjectNode> disbursements = new ArrayList<>();
		List<SimulatedWebhook> events = new ArrayList<>();
		BigDecimal total = BigDecimal.ZERO;
		for (JsonNode destination : destinationsOrSweep(request)) {
			String type = destination.path("type").asString();
			BigDecimal amount = amount(destination);
			PayoutAnswer answer = PayoutAnswer.of(phoneNumber(destination, ledger));
			if (answer == PayoutAnswer.NEVER_ANSWERS) {
				return null;
			}
			ObjectNode disbursement = disbursement(request, destination, type, amount, answer);
			total = total.add(amount);
			disbursements.add(disbursement);
			if (isMerchants(type)) {
				events.addAll(Settlements.completed(disbursement, type, ledger));
			}
		}
		ArrayNode batches = TransferBatches.of(Amounts.write(total), disbursements);
		return new Completion(attributes(request, TransferBatches.status(disbursements), batches), events);
	}

	/**
	 * Return the number of the phone that receives the money.
	 * @return empty when it is not for a phone
	 */
	private static String phoneNumber(JsonNode destination, Ledger ledger) {
		return destination.path("phone_number").asString(ledger.phoneNumber(destination.path(REFERENCE).asString("")));
	}

	/**
	 * Write a disbursement, with the destination of the request.
	 */
	private static ObjectNode disbursement(ResourceRequest request, JsonNode destination, String type,
			BigDecimal amount, PayoutAnswer answer) {
		ObjectNode disbursement = Json.object()
			.putNull("errors")
			.setAll(TransferBatches.disbursement(request, Amounts.write(amount), type,
					destination.path(REFERENCE).asString(Identifiers.id()), answer));
		disbursement.putNull("nickname").putNull("favourite");
		destination.propertyStream()
			.filter((property) -> DISBURSEMENT_PROPERTIES.contains(property.getKey()))
			.forEach((property) -> disbursement.set(property.getKey(), property.getValue().deepCopy()));
		return disbursement;
	}

	/**
	 * Return the destinations of a request. A request without destinations sweeps the
	 * whole balance.
	 */
	private static Iterable<JsonNode> destinationsOrSweep(ResourceRequest request) {
		JsonNode destinations = request.part("/destinations");
		return !destinations.isEmpty() ? destinations
				: List.of(Json.object()
					.put("type", Settlements.BANK_ACCOUNT)
					.put("reference", Identifiers.id())
					.put("amount", Settlements.WHOLE_BALANCE));
	}

	private static BigDecimal amount(JsonNode destination) {
		return Amounts.read(destination.path("amount")).orElseThrow();
	}

	private static ObjectNode attributes(ResourceRequest request, String status, JsonNode transferBatches) {
		JsonNode destinations = request.part("/destinations");
		for (JsonNode destination : destinations) {
			((ObjectNode) destination).put("amount", Amounts.number(destination.path("amount")));
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
