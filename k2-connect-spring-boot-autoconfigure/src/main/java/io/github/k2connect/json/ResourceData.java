package io.github.k2connect.json;

import java.util.List;

import org.apiguardian.api.API;

/**
 * A resource, as Kopo Kopo answers when it is asked for one.
 *
 * @param id the resource's id
 * @param type the resource's type
 * @param attributes all else that is known of it
 * @hidden
 */
@API(status = API.Status.INTERNAL)
public record ResourceData(String id, String type, JsonObject attributes) {

	/**
	 * Read a resource.
	 * @param json the answer: an object whose {@code data} is the resource
	 * @param types the types that it may have
	 * @return the resource
	 * @throws UnreadableJsonException if it has no id, or another type
	 */
	public static ResourceData of(JsonObject json, String... types) {
		JsonObject data = json.object("data");
		String id = data.requiredText("id");
		String type = data.text("type");
		if (type == null || !List.of(types).contains(type)) {
			throw UnreadableJsonException.property("type", String.join(" or ", types));
		}
		return new ResourceData(id, type, data.object("attributes"));
	}

}
