package io.github.k2connect.test;

import java.util.List;

/**
 * Every kind of resource that the API has.
 */
final class ResourceDescriptions {

	private ResourceDescriptions() {
	}

	static List<ResourceDescription> all() {
		return List.of(IncomingPayments.description());
	}

}
