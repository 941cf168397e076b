package io.github.k2connect.test;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Outcome of a request for a resource, as the attributes of the resource.
 */
interface SimulatedOutcome {

	/**
	 * Return the attributes until the work is done.
	 */
	ObjectNode pending(ResourceRequest request);

	/**
	 * Return whether the work is done at once, without the delay of results.
	 */
	default boolean isImmediate() {
		return false;
	}

	/**
	 * Start the work of a resource that was created.
	 */
	default void start(SimulatedResource resource) {
	}

	/**
	 * Process the request.
	 * @param request the request
	 * @param ledger the ledger of the account
	 * @return the completion, {@code null} when the resource stays pending
	 */
	@Nullable Completion complete(ResourceRequest request, Ledger ledger);

}
