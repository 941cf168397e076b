package io.github.k2connect.test;

import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Request bodies that the contract allows, and changes that it may not.
 */
final class Bodies {

	static final String CALLBACK_URL = "https://shop.example/k2/webhooks";

	private Bodies() {
	}

	static ObjectNode of(String json) {
		return (ObjectNode) Json.MAPPER.readTree(json);
	}

	static ObjectNode incomingPayment(String phoneNumber) {
		return set(of("""
				{
				  "payment_channel": "M-PESA STK Push",
				  "till_number": "K000000",
				  "subscriber": {"first_name": "Joe", "last_name": "Mwangi", "email": "joe@example.com"},
				  "amount": {"currency": "KES", "value": 2200},
				  "metadata": {"order": "123"},
				  "_links": {"callback_url": "https://shop.example/k2/webhooks"}
				}
				"""), "/subscriber/phone_number", phoneNumber);
	}

	static ObjectNode set(ObjectNode body, String pointer, Object value) {
		JsonPointer target = JsonPointer.compile(pointer);
		body.withObject(target.head(), JsonNode.OverwriteMode.ALL, true)
			.set(target.last().getMatchingProperty(), Json.MAPPER.valueToTree(value));
		return body;
	}

	static ObjectNode remove(ObjectNode body, String pointer) {
		JsonPointer target = JsonPointer.compile(pointer);
		((ObjectNode) body.at(target.head())).remove(target.last().getMatchingProperty());
		return body;
	}

}
