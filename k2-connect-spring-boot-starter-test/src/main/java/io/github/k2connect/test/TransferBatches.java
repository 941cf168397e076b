package io.github.k2connect.test;

import java.util.List;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Batches in which money was sent.
 */
final class TransferBatches {

	private TransferBatches() {
	}

	static ArrayNode none() {
		return Json.MAPPER.createArrayNode();
	}

	/**
	 * Write one batch in which everything arrived.
	 */
	static ArrayNode transferred(List<ObjectNode> disbursements) {
		ArrayNode batches = none();
		batches.addObject().put("status", "Transferred").putArray("disbursements").addAll(disbursements);
		return batches;
	}

	/**
	 * Write one batch in which everything arrived, with its amount.
	 */
	static ArrayNode transferred(String amount, List<ObjectNode> disbursements) {
		ArrayNode batches = transferred(disbursements);
		((ObjectNode) batches.get(0)).put("amount", amount);
		return batches;
	}

	static ObjectNode disbursement(ResourceRequest request, String amount, String destinationType,
			String destinationReference) {
		return Json.object()
			.put("amount", amount)
			.put("status", "Transferred")
			.put("destination_type", destinationType)
			.put("destination_reference", destinationReference)
			.put("origination_time", request.dueTime())
			.put("transaction_reference", Identifiers.transactionReference());
	}

}
