package io.github.k2connect.test;

import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import tools.jackson.databind.node.ObjectNode;

/**
 * Books of the simulated Kopo Kopo: the transactions that tills have received.
 */
final class Ledger {

	private final Queue<ObjectNode> transactions = new ConcurrentLinkedQueue<>();

	/**
	 * Enter a transaction.
	 * @param transaction the resource of a buygoods transaction
	 */
	void received(ObjectNode transaction) {
		this.transactions.add(transaction.deepCopy());
	}

	Optional<ObjectNode> transaction(String reference) {
		return this.transactions.stream()
			.filter((transaction) -> reference.equals(transaction.path("reference").asString()))
			.map(ObjectNode::deepCopy)
			.findFirst();
	}

	List<ObjectNode> transactions() {
		return this.transactions.stream().map(ObjectNode::deepCopy).toList();
	}

	void clear() {
		this.transactions.clear();
	}

}
