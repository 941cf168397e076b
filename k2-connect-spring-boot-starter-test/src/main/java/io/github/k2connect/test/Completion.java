package io.github.k2connect.test;

import java.util.List;

import tools.jackson.databind.node.ObjectNode;

/**
 * End of the work on a request.
 *
 * @param attributes the final attributes of the resource
 * @param events the webhooks for the subscribers
 */
record Completion(ObjectNode attributes, List<SimulatedWebhook> events) {

	Completion {
		events = List.copyOf(events);
	}

	static Completion of(ObjectNode attributes) {
		return new Completion(attributes, List.of());
	}

}
