package io.github.k2connect.test;

import java.net.URI;
import java.time.Duration;
import java.util.List;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Responses of Kopo Kopo, including errors.
 */
final class Responses {

	private Responses() {
	}

	static ResponseDefinition ok(JsonNode body) {
		return json(200, body);
	}

	static ResponseDefinition created(URI location) {
		return WireMock.aResponse().withStatus(201).withHeader("location", location.toString()).build();
	}

	static ResponseDefinition badRequest(List<String> violations) {
		ObjectNode error = Json.object().put("error_code", "400");
		if (violations.size() == 1) {
			return json(400, error.put("error_message", violations.get(0)));
		}
		violations.forEach(error.putArray("error_message")::add);
		return json(400, error);
	}

	static ResponseDefinition notJson() {
		return badRequest(List.of("The body must be a JSON object"));
	}

	static ResponseDefinition unauthorized(String message) {
		return error(401, message);
	}

	static ResponseDefinition notFound() {
		return error(404, "The requested resource was not found");
	}

	static ResponseDefinition tooManyRequests(Duration retryAfter) {
		return ResponseDefinitionBuilder.like(fault(429))
			.withHeader("retry-after", Long.toString(retryAfter.toSeconds()))
			.build();
	}

	/**
	 * Respond with an error that has nothing to do with the request.
	 */
	static ResponseDefinition fault(int status) {
		return error(status, "The simulator was told to respond with status " + status);
	}

	/**
	 * Close the connection without a response.
	 */
	static ResponseDefinition none() {
		return WireMock.aResponse().withFault(Fault.EMPTY_RESPONSE).build();
	}

	static ResponseDefinition oauthError(String error, String description) {
		return json(401, Json.object().put("error", error).put("error_description", description));
	}

	private static ResponseDefinition error(int status, String message) {
		return json(status, Json.object().put("error_code", Integer.toString(status)).put("error_message", message));
	}

	private static ResponseDefinition json(int status, JsonNode body) {
		ResponseDefinitionBuilder response = WireMock.aResponse()
			.withStatus(status)
			.withHeader("content-type", "application/json; charset=utf-8");
		return response.withBody(Json.bytes(body)).build();
	}

}
