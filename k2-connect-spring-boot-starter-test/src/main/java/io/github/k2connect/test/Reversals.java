package io.github.k2connect.test;

import java.util.List;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reversals of transactions that a till has received from an incoming payment, a payment
 * link or a delivered webhook. The reversal of any other transaction fails.
 */
final class Reversals implements SimulatedOutcome {

	private static final BodyRules RULES = BodyRules.body()
		.required("transaction_reference", PropertyCheck.text())
		.required("reason", PropertyCheck.text())
		.optional("metadata", PropertyCheck.metadata())
		.required("_links", BodyRules.CALLBACK);

	private Reversals() {
	}

	static ResourceDescription description() {
		return new ResourceDescription("reversals", "reversal", ResourceDescription.inV2(RULES), new Reversals());
	}

	@Override
	public ObjectNode pending(ResourceRequest request) {
		return attributes(request, "Received", NullNode.getInstance(), NullNode.getInstance());
	}

	@Override
	public Completion complete(ResourceRequest request, Ledger ledger) {
		return ledger.reverse(request.text("/transaction_reference", ""))
			.map((transaction) -> reversed(request, transaction))
			.orElseGet(() -> failed(request));
	}

	private static Completion reversed(ResourceRequest request, ObjectNode transaction) {
		ObjectNode bulkPayment = Json.object()
			.set("amount", transaction.path("amount"))
			.put("status", "Transferred")
			.put("origination_time", request.dueTime())
			.put("transaction_reference", Identifiers.transactionReference());
		return new Completion(attributes(request, "Processed", bulkPayment, NullNode.getInstance()),
				List.of(SimulatedWebhook.buygoodsTransactionReversed().withResource(transaction)));
	}

	private static Completion failed(ResourceRequest request) {
		ArrayNode errors = Json.MAPPER.createArrayNode().add("The transaction is unknown or was reversed before");
		return Completion.of(attributes(request, "Failed", NullNode.getInstance(), errors));
	}

	private static ObjectNode attributes(ResourceRequest request, String status, JsonNode bulkPayment,
			JsonNode errors) {
		return Json.object()
			.put("transaction_reference", request.text("/transaction_reference"))
			.put("reason", request.text("/reason"))
			.put("status", status)
			.put("created_at", request.time())
			.set("reversal_bulk_payment", bulkPayment)
			.set("errors", errors)
			.set("metadata", request.part("/metadata"))
			.set("_links", request.links());
	}

}
