package io.github.k2connect.test;

import java.nio.charset.StandardCharsets;

import tools.jackson.databind.node.ObjectNode;

/**
 * Names of messages: the topic of a webhook, the type of a result.
 */
final class Messages {

	private Messages() {
	}

	/**
	 * Return the name of a message.
	 * @return the name, empty when the body is not a message
	 */
	static String name(String body) {
		ObjectNode json = Json.parseObject(body.getBytes(StandardCharsets.UTF_8)).orElseGet(Json::object);
		String topic = json.path("topic").asString("");
		return !topic.isEmpty() ? topic : json.at("/data/type").asString("");
	}

}
