package io.github.k2connect.test;

import java.util.List;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Batches in which money is sent.
 */
final class TransferBatches {

	private static final String FAILED = "Failed";

	private static final String TRANSFERRED = "Transferred";

	private TransferBatches() {
	}

	static ArrayNode none() {
		return Json.MAPPER.createArrayNode();
	}

	/**
	 * Write one batch. It fails if nothing arrived.
	 */
	static ArrayNode of(List<ObjectNode> disbursements) {
		ArrayNode batches = none();
		batches.addObject()
			.put("status", allFailed(disbursements) ? FAILED : TRANSFERRED)
			.putArray("disbursements")
			.addAll(disbursements);
		return batches;
	}

	/**
	 * Write one batch, with its amount.
	 */
	static ArrayNode of(String amount, List<ObjectNode> disbursements) {
		ArrayNode batches = of(disbursements);
		((ObjectNode) batches.get(0)).put("amount", amount);
		return batches;
	}

	/**
	 * Return the status of a request. It fails if nothing arrived.
	 */
	static String status(List<ObjectNode> disbursements) {
		return allFailed(disbursements) ? FAILED : "Processed";
	}

	private static boolean allFailed(List<ObjectNode> disbursements) {
		return disbursements.stream().allMatch(TransferBatches::isFailed);
	}

	static boolean isFailed(ObjectNode disbursement) {
		return disbursement.path("status").asString().equals(FAILED);
	}

	static ObjectNode disbursement(ResourceRequest request, String amount, String destinationType,
			String destinationReference, PayoutAnswer answer) {
		ObjectNode disbursement = Json.object()
			.put("amount", amount)
			.put("status", TRANSFERRED)
			.put("destination_type", destinationType)
			.put("destination_reference", destinationReference)
			.put("origination_time", request.dueTime())
			.put("transaction_reference", Identifiers.transactionReference());
		return (answer == PayoutAnswer.FAILS) ? disbursement.setAll(failure("The service request is not processed"))
				: disbursement;
	}

	/**
	 * Return the properties that a disbursement has when it failed.
	 */
	static ObjectNode failure(String error) {
		ObjectNode failure = Json.object().put("status", FAILED).putNull("transaction_reference");
		failure.putArray("errors").add(error);
		return failure;
	}

}
