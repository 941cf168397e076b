package io.github.k2connect.test;

import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Fault of a message that the simulator sends.
 */
final class CallbackFault extends SimulatedFault {

	private static final String TRANSACTION = "/data/attributes/event/resource";

	private final Predicate<Message> concerned;

	private final Function<Message, List<Message>> effect;

	CallbackFault(Kind kind, String name, Predicate<Message> concerned, Function<Message, List<Message>> effect) {
		super(name, kind);
		this.concerned = concerned;
		this.effect = effect;
	}

	static CallbackFault of(Kind kind, String name, UnaryOperator<Message> effect) {
		return new CallbackFault(kind, name, (message) -> true, (message) -> List.of(effect.apply(message)));
	}

	static CallbackFault removingReference() {
		return new CallbackFault(Kind.CONTENT, "Success without a reference",
				(message) -> transaction(message.body()).has("reference"),
				(message) -> List.of(message.withBody(withoutReference(message.body()))));
	}

	private static byte[] withoutReference(byte[] body) {
		ObjectNode json = Json.parseObject(body).orElseThrow();
		((ObjectNode) json.at(TRANSACTION)).remove("reference");
		return Json.bytes(json);
	}

	private static JsonNode transaction(byte[] body) {
		return Json.parseObject(body).orElseGet(Json::object).at(TRANSACTION);
	}

	boolean concerns(Message message) {
		return this.concerned.test(message);
	}

	/**
	 * Return what is sent instead of a message.
	 */
	List<Message> apply(Message message) {
		return this.effect.apply(message);
	}

}
