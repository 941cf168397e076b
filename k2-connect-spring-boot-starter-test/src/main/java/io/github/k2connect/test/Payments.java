package io.github.k2connect.test;

import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Payments to recipients.
 */
final class Payments implements SimulatedOutcome {

	private static final BodyRules RULES = BodyRules.body()
		.required("destination_type", Destinations.type())
		.required("destination_reference", PropertyCheck.text())
		.required("amount", BodyRules.MONEY)
		.required("description", PropertyCheck.text())
		.optional("category", PropertyCheck.textOrEmpty())
		.optional("tags", PropertyCheck.texts())
		.optional("metadata", PropertyCheck.metadata())
		.required("_links", BodyRules.CALLBACK);

	private Payments() {
	}

	static ResourceDescription description() {
		return new ResourceDescription("payments", "payment", ResourceDescription.inV1(RULES), new Payments());
	}

	@Override
	public ObjectNode pending(ResourceRequest request) {
		return attributes(request, "Pending", TransferBatches.none());
	}

	@Override
	public @Nullable Completion complete(ResourceRequest request, Ledger ledger) {
		String reference = request.text("/destination_reference", "");
		PayoutAnswer answer = PayoutAnswer.of(ledger.phoneNumber(reference));
		if (answer == PayoutAnswer.NEVER_ANSWERS) {
			return null;
		}
		List<ObjectNode> disbursements = List.of(TransferBatches.disbursement(request, request.amount("/amount/value"),
				Destinations.label(request.text("/destination_type", "")), reference, answer));
		return Completion
			.of(attributes(request, TransferBatches.status(disbursements), TransferBatches.of(disbursements)));
	}

	private static ObjectNode attributes(ResourceRequest request, String status, ArrayNode transferBatches) {
		return Json.object()
			.put("status", status)
			.put("created_at", request.time())
			.set("amount", request.money())
			.set("transfer_batches", transferBatches)
			.set("metadata", request.part("/metadata"))
			.set("_links", request.links());
	}

}
