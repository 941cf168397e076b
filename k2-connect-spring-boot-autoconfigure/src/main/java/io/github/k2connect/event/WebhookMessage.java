package io.github.k2connect.event;

import java.net.URI;
import java.time.OffsetDateTime;

import io.github.k2connect.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * What every webhook has in common.
 *
 * @param id the webhook's id
 * @param topic the topic
 * @param json the whole message
 */
record WebhookMessage(String id, String topic, JsonObject json) {

	@Nullable OffsetDateTime createdAt() {
		return this.json.time("created_at");
	}

	@Nullable String eventType() {
		return event().text("type");
	}

	@Nullable URI linkSelf() {
		return this.json.object("_links").uri("self");
	}

	@Nullable URI linkResource() {
		return this.json.object("_links").uri("resource");
	}

	JsonObject resource() {
		return event().object("resource");
	}

	private JsonObject event() {
		return this.json.object("event");
	}

}
