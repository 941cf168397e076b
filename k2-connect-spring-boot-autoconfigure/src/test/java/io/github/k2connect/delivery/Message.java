package io.github.k2connect.delivery;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;

import io.github.k2connect.event.K2Event;
import io.github.k2connect.event.K2WebhookEvent;
import io.github.k2connect.event.StkPushResult;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A webhook or a result.
 *
 * @param effect the name of its effect
 * @param json what is sent
 */
record Message(String effect, JsonNode json) {

	private static final JsonMapper MAPPER = JsonMapper.shared();

	static Message webhook(String id) {
		ObjectNode json = sample("buygoods_transaction_received");
		json.put("id", id);
		return new Message("buygoods_transaction_received " + id, json);
	}

	/**
	 * The name of an event's effect.
	 */
	static String effectOf(K2Event event) {
		return (event instanceof StkPushResult result) ? result.type() + " " + result.id() + " " + result.status()
				: ((K2WebhookEvent) event).topic() + " " + event.id();
	}

	/**
	 * One of the results of a request, which has one for each status.
	 */
	static Message result(String id, String status) {
		ObjectNode json = sample("incoming_payment");
		((ObjectNode) json.get("data")).put("id", id);
		((ObjectNode) json.at("/data/attributes")).put("status", status);
		return new Message("incoming_payment " + id + " " + status, json);
	}

	/**
	 * The result of a poll that found this many transactions.
	 */
	static Message poll(int transactions) {
		ObjectNode json = sample("polling");
		ArrayNode found = (ArrayNode) json.at("/data/attributes/transactions");
		JsonNode transaction = found.get(0);
		found.removeAll();
		IntStream.range(0, transactions).forEach((index) -> found.add(transaction));
		return new Message("polling", json);
	}

	/**
	 * Webhooks and results in equal number.
	 */
	static List<Message> many(int count) {
		return IntStream.range(0, count).mapToObj((index) -> switch (index % 4) {
			case 0 -> result("payment-" + index / 4, "Pending");
			case 1 -> result("payment-" + index / 4, "Success");
			default -> webhook("webhook-" + index);
		}).toList();
	}

	private static ObjectNode sample(String kind) {
		String file = "/io/github/k2connect/event/" + kind + ".json";
		try (InputStream body = Objects.requireNonNull(Message.class.getResourceAsStream(file), file)) {
			return (ObjectNode) MAPPER.readTree(body);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	byte[] write() {
		return MAPPER.writeValueAsBytes(this.json);
	}

	/**
	 * The same content with its properties in any order, with or without white space.
	 */
	byte[] write(Random random) {
		ObjectWriter writer = random.nextBoolean() ? MAPPER.writer() : MAPPER.writerWithDefaultPrettyPrinter();
		return writer.writeValueAsBytes(reordered(this.json, random));
	}

	private static JsonNode reordered(JsonNode node, Random random) {
		if (!node.isObject()) {
			return node;
		}
		List<Map.Entry<String, JsonNode>> properties = new ArrayList<>(node.properties());
		Collections.shuffle(properties, random);
		ObjectNode reordered = MAPPER.createObjectNode();
		properties.forEach((property) -> reordered.set(property.getKey(), reordered(property.getValue(), random)));
		return reordered;
	}

}
