package io.github.k2connect.event;

import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;

import io.github.k2connect.JsonObject;
import io.github.k2connect.UnreadableJsonException;
import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;

/**
 * Makes events of what Kopo Kopo sends. The two tables are the one place that knows which
 * topic and which type is which record.
 */
public final class EventDecoder {

	private static final Map<String, Function<WebhookMessage, K2WebhookEvent>> TOPICS = Map
		.ofEntries(Map.entry("buygoods_transaction_received", BuygoodsTransactionReceived::from));

	private static final Map<String, Function<ResultMessage, K2ResultEvent>> TYPES = Map
		.ofEntries(Map.entry("incoming_payment", StkPushResult::from));

	private EventDecoder() {
	}

	/**
	 * Decodes a webhook or an asynchronous result.
	 * @param body the body as received
	 * @return the event, an {@link UnrecognizedK2Event} if there is no record for it
	 * @throws UnreadableJsonException if the body is not exactly one JSON object, or has
	 * no id
	 */
	public static K2Event decode(byte[] body) {
		JsonObject json = JsonObject.parse(body);
		if (json.has("data")) {
			JsonObject data = json.object("data");
			return decode(new RawBody(body), data, "type", (id, type) -> result(id, type, data));
		}
		return decode(new RawBody(body), json, "topic", (id, topic) -> webhook(id, topic, json));
	}

	/**
	 * Decodes the status of something that was started.
	 * @param <R> the type of the result
	 * @param json the answer: an object whose {@code data} is the resource
	 * @param type the type of the result
	 * @return the result
	 * @throws UnreadableJsonException if it is another resource, or cannot be read
	 */
	public static <R extends K2ResultEvent> R decodeStatus(JsonObject json, Class<R> type) {
		JsonObject data = json.object("data");
		String id = data.text("id");
		if (!StringUtils.hasText(id)) {
			throw missingId();
		}
		K2ResultEvent result = result(id, data.text("type"), data);
		if (!type.isInstance(result)) {
			throw UnreadableJsonException.property("type", "that of a " + type.getSimpleName());
		}
		return type.cast(result);
	}

	private static K2Event decode(RawBody body, JsonObject identified, String kindProperty,
			BiFunction<String, @Nullable String, K2Event> reader) {
		String id = null;
		String kind = null;
		try {
			id = identified.text("id");
			kind = identified.text(kindProperty);
			if (StringUtils.hasText(id)) {
				return reader.apply(id, kind);
			}
		}
		catch (UnreadableJsonException ex) {
			return new UnrecognizedK2Event(StringUtils.hasText(id) ? id : body.digest(), kind, body.text(),
					ex.getMessage());
		}
		throw missingId();
	}

	private static K2WebhookEvent webhook(String id, @Nullable String topic, JsonObject json) {
		Function<WebhookMessage, K2WebhookEvent> reader = (topic != null) ? TOPICS.get(topic) : null;
		if (topic == null || reader == null) {
			throw UnreadableJsonException.property("topic", "a known topic");
		}
		return reader.apply(new WebhookMessage(id, topic, json));
	}

	private static K2ResultEvent result(String id, @Nullable String type, JsonObject data) {
		Function<ResultMessage, K2ResultEvent> reader = (type != null) ? TYPES.get(type) : null;
		if (type == null || reader == null) {
			throw UnreadableJsonException.property("type", "a known type");
		}
		return reader.apply(new ResultMessage(id, type, data.object("attributes")));
	}

	private static UnreadableJsonException missingId() {
		return UnreadableJsonException.property("id", "there");
	}

}
