package io.github.k2connect.event;

import java.net.URI;

import io.github.k2connect.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * What every result has in common.
 *
 * @param id the id of what was started
 * @param type the type of what was started
 * @param attributes how it stands
 */
record ResultMessage(String id, String type, JsonObject attributes) {

	@Nullable String status() {
		return this.attributes.text("status");
	}

	@Nullable URI linkSelf() {
		return this.attributes.object("_links").uri("self");
	}

	@Nullable URI callbackUrl() {
		return this.attributes.object("_links").uri("callback_url");
	}

}
