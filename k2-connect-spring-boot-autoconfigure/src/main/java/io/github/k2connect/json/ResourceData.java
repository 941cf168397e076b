package io.github.k2connect.json;

import java.util.List;

import org.apiguardian.api.API;

/**
 * The resource in a response of Kopo Kopo.
 *
 * @param id the resource's id
 * @param type the resource's type
 * @param attributes its attributes
 * @hidden
 */
@API(status = API.Status.INTERNAL)
public record ResourceData(String id, String type, JsonObject attributes) {

	/**
	 * Read a resource.
	 * @param json the response: an object with the resource as {@code data}
	 * @param types the accepted types
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
