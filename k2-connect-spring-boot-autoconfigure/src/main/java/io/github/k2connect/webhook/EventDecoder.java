package io.github.k2connect.webhook;

import java.util.Arrays;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.k2connect.Sha256;
import io.github.k2connect.event.DarajaTransaction;
import io.github.k2connect.event.K2Event;
import io.github.k2connect.event.RawJson;
import io.github.k2connect.event.ResultType;
import io.github.k2connect.event.UnrecognizedK2Event;
import io.github.k2connect.json.JsonObject;
import io.github.k2connect.json.JsonObject.UnreadableJsonException;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;

/**
 * Decoder for the messages of Kopo Kopo, by {@link WebhookTopic} and {@link ResultType}.
 *
 * @hidden
 */
@API(status = API.Status.INTERNAL)
public final class EventDecoder {

	private EventDecoder() {
	}

	/**
	 * Return the topics and types for which there is an event record.
	 * @return all topics and types
	 */
	public static Set<String> kinds() {
		Stream<String> topics = Arrays.stream(WebhookTopic.values()).map(WebhookTopic::value);
		return Stream.of(topics, ResultType.names().stream(), Stream.of(DarajaTransaction.TOPIC))
			.flatMap((kinds) -> kinds)
			.collect(Collectors.toUnmodifiableSet());
	}

	/**
	 * Decode a webhook or an asynchronous result.
	 * @param body the body as received
	 * @param json the body, parsed
	 * @param account the name of the Kopo Kopo account that the message is for
	 * @return the event, an {@link UnrecognizedK2Event} if there is no record for it
	 * @throws UnreadableJsonException if it has no id
	 */
	public static K2Event decode(byte[] body, JsonObject json, String account) {
		if (json.has("data")) {
			JsonObject data = json.object("data");
			return decode(body, account, () -> data.text("id"), () -> data.text("type"),
					(id, type) -> ResultType.decode(id, account, type, data, RawJson.of(body)));
		}
		if (json.has("TransID") && !json.has("topic")) {
			return decode(body, account, () -> json.text("TransID"), () -> DarajaTransaction.TOPIC,
					(id, topic) -> DarajaTransaction.from(id, account, json, RawJson.of(body)));
		}
		return decode(body, account, () -> json.text("id"), () -> json.text("topic"),
				(id, topic) -> WebhookTopic.decode(id, account, topic, json, RawJson.of(body)));
	}

	private static K2Event decode(byte[] body, String account, Supplier<@Nullable String> idOf,
			Supplier<@Nullable String> kindOf, BiFunction<String, @Nullable String, K2Event> reader) {
		String id = null;
		String kind = null;
		try {
			id = idOf.get();
			kind = kindOf.get();
			if (StringUtils.hasText(id)) {
				return reader.apply(id, kind);
			}
		}
		catch (UnreadableJsonException ex) {
			return new UnrecognizedK2Event(StringUtils.hasText(id) ? id : Sha256.hex(body), account, kind,
					RawJson.text(body), ex.getMessage());
		}
		throw UnreadableJsonException.missing("id");
	}

}
