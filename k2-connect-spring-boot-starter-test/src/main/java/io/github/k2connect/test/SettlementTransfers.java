package io.github.k2connect.test;

import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Settlement transfers. A request without amount and destination transfers the whole
 * balance to the preferred account.
 */
final class SettlementTransfers implements SimulatedOutcome {

	private static final BodyRules RULES = BodyRules.body()
		.optional("amount", SettlementTransfers::amountViolations)
		.optional("destination_type", PropertyCheck.oneOf(Settlements.DESTINATION_TYPES))
		.optional("destination_reference", PropertyCheck.text())
		.dependingOn(SettlementTransfers::wholeDestination)
		.required("_links", BodyRules.CALLBACK);

	private SettlementTransfers() {
	}

	static ResourceDescription description() {
		return new ResourceDescription("settlement_transfers", "settlement_transfer", ResourceDescription.inV1(RULES),
				new SettlementTransfers());
	}

	/**
	 * Check an amount. All its properties may be null for the whole balance.
	 */
	private static List<String> amountViolations(String name, JsonNode amount, Strictness strictness) {
		boolean everything = amount.isObject() && !amount.hasNonNull("value");
		return (everything && strictness == Strictness.LENIENT) ? List.of()
				: BodyRules.MONEY.violations(name, amount, strictness);
	}

	private static BodyRules wholeDestination(JsonNode body) {
		return (body.hasNonNull("destination_type") || body.hasNonNull("destination_reference")) ? BodyRules.body()
			.required("destination_type", PropertyCheck.anything())
			.required("destination_reference", PropertyCheck.anything()) : BodyRules.body();
	}

	@Override
	public ObjectNode pending(ResourceRequest request) {
		return attributes(request, "Pending", TransferBatches.none());
	}

	@Override
	public @Nullable Completion complete(ResourceRequest request, Ledger ledger) {
		PayoutAnswer answer = PayoutAnswer.of(ledger.phoneNumber(request.text("/destination_reference", "")));
		if (answer == PayoutAnswer.NEVER_ANSWERS) {
			return null;
		}
		String destinationType = request.text("/destination_type", Settlements.BANK_ACCOUNT);
		String amount = request.has("/amount/value") ? request.amount("/amount/value") : Settlements.WHOLE_BALANCE;
		ObjectNode disbursement = TransferBatches.disbursement(request, amount, Settlements.label(destinationType),
				request.text("/destination_reference", Identifiers.id()), answer);
		List<ObjectNode> disbursements = List.of(disbursement);
		return new Completion(
				attributes(request, TransferBatches.status(disbursements), TransferBatches.of(disbursements)),
				Settlements.completed(disbursement, destinationType, ledger));
	}

	private static ObjectNode attributes(ResourceRequest request, String status, ArrayNode transferBatches) {
		ObjectNode amount = Json.object().put("currency", "KES").putNull("value");
		if (request.has("/amount/value")) {
			amount.put("value", request.amount("/amount/value"));
		}
		return Json.object()
			.put("status", status)
			.put("created_at", request.time())
			.set("amount", amount)
			.set("transfer_batches", transferBatches)
			.set("_links", request.links());
	}

}
