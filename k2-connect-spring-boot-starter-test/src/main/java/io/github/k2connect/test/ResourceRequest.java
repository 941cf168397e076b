package io.github.k2connect.test;

import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;

import io.github.k2connect.client.ApiVersion;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Accepted request for a resource. Parts of its body are named by JSON pointers.
 *
 * @param version the version of the API in which it was made
 * @param self the URL of the resource
 * @param body the body of the request
 * @param receivedAt when the request came
 * @param dueAt when the work on it is done
 */
record ResourceRequest(ApiVersion version, URI self, ObjectNode body, Instant receivedAt, Instant dueAt) {

	ResourceRequest dueAt(Instant newDueAt) {
		return new ResourceRequest(this.version, this.self, this.body, this.receivedAt, newDueAt);
	}

	/**
	 * Copy a part of the body.
	 * @return the part, a JSON null when it is absent
	 */
	JsonNode part(String pointer) {
		JsonNode part = this.body.at(pointer);
		return part.isMissingNode() ? NullNode.getInstance() : part.deepCopy();
	}

	boolean has(String pointer) {
		return !part(pointer).isNull();
	}

	@Nullable String text(String pointer) {
		JsonNode part = part(pointer);
		return part.isNull() ? null : part.asString();
	}

	String text(String pointer, String otherwise) {
		JsonNode part = part(pointer);
		return part.isNull() ? otherwise : part.asString();
	}

	/**
	 * Return an amount as the text that results write.
	 */
	String amount(String pointer) {
		return Amounts.write(Amounts.read(part(pointer)).orElse(BigDecimal.ZERO));
	}

	/**
	 * Return the amount of the request with its currency, as results of payments write
	 * it.
	 */
	ObjectNode money() {
		return Json.object()
			.put("currency", text("/amount/currency"))
			.put("value", Amounts.number(part("/amount/value")));
	}

	@Nullable URI callbackUrl() {
		String url = text("/_links/callback_url");
		return (url != null) ? URI.create(url) : null;
	}

	ObjectNode links() {
		return Json.object().put("callback_url", text("/_links/callback_url")).put("self", this.self.toString());
	}

	String time() {
		return NairobiTime.format(this.receivedAt);
	}

	String dueTime() {
		return NairobiTime.format(this.dueAt);
	}

}
