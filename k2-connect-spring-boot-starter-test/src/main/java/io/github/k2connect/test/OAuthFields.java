package io.github.k2connect.test;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import com.github.tomakehurst.wiremock.http.Request;
import tools.jackson.databind.node.ObjectNode;

/**
 * Fields of an OAuth request, whose body is a form or a JSON object.
 */
final class OAuthFields {

	static final String MASK = "***";

	private static final Set<String> PUBLIC = Set.of("client_id", "grant_type");

	private static final Set<String> SECRET = Set.of("client_secret", "token");

	private final Map<String, String> fields;

	private OAuthFields(Map<String, String> fields) {
		this.fields = fields;
	}

	/**
	 * Read the fields of a request. A body that cannot be read has none.
	 */
	static OAuthFields of(Request request) {
		Optional<ObjectNode> json = Json.parseObject(request.getBody());
		return new OAuthFields(
				json.map(OAuthFields::fromJson).orElseGet(() -> FormFields.parse(request.getBodyAsString()).values()));
	}

	/**
	 * Return the value of a field.
	 * @return the value, empty when the field is missing
	 */
	String get(String name) {
		return this.fields.getOrDefault(name, "");
	}

	/**
	 * Write the known fields as a form without their secrets.
	 */
	String masked() {
		return this.fields.entrySet()
			.stream()
			.filter((field) -> PUBLIC.contains(field.getKey()) || SECRET.contains(field.getKey()))
			.map((field) -> field.getKey() + "=" + (SECRET.contains(field.getKey()) ? MASK : field.getValue()))
			.sorted()
			.collect(Collectors.joining("&"));
	}

	private static Map<String, String> fromJson(ObjectNode body) {
		Map<String, String> fields = new HashMap<>();
		body.properties().forEach((field) -> fields.put(field.getKey(), field.getValue().asString("")));
		return fields;
	}

}
