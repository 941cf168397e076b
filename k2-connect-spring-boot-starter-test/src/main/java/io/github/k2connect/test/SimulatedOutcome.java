package io.github.k2connect.test;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What becomes of a request for a resource, written as the attributes of the resource.
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
	 * Do the work.
	 * @param request what was asked for
	 * @param ledger the books of the simulated Kopo Kopo, to read and to write
	 * @return what came of it, {@code null} when nothing is ever heard
	 */
	@Nullable Completion complete(ResourceRequest request, Ledger ledger);

}
