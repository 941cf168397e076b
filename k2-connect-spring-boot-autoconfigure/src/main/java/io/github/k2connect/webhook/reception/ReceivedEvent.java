package io.github.k2connect.webhook.reception;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.k2connect.K2Meter.Value;
import io.github.k2connect.event.K2Event;
import io.github.k2connect.event.K2ResultEvent;
import io.github.k2connect.event.K2WebhookEvent;
import io.github.k2connect.json.JsonObject;
import io.github.k2connect.json.JsonObject.UnreadableJsonException;
import io.github.k2connect.webhook.EventDecoder;
import io.github.k2connect.webhook.store.EventIdentity;
import org.apiguardian.api.API;

/**
 * A genuine message.
 *
 * @param event the event
 * @param identity the identity of the event
 * @param body the body as received
 * @hidden
 */
@API(status = API.Status.INTERNAL)
@SuppressWarnings("ArrayRecordComponent")
public record ReceivedEvent(K2Event event, EventIdentity identity, byte[] body) implements Publication {

	/**
	 * Decode a message whose signature was verified.
	 * @param body the body as received
	 * @param account the name of the Kopo Kopo account that the message is for
	 * @return the event
	 * @throws UnreadableJsonException if it is not exactly one JSON object or has no id
	 */
	public static ReceivedEvent decode(byte[] body, String account) {
		JsonObject json = JsonObject.parse(body);
		K2Event event = EventDecoder.decode(body, json, account);
		return new ReceivedEvent(event, EventIdentity.of(event, json), body);
	}

	/**
	 * Return all values of {@link #kind()}.
	 * @return the topics and types, and {@code unknown}
	 */
	public static Set<String> kinds() {
		return Stream.concat(EventDecoder.kinds().stream(), Stream.of(Value.UNKNOWN.asString()))
			.collect(Collectors.toSet());
	}

	/**
	 * Return the topic or type if there is an event record for it.
	 */
	@Override
	public String kind() {
		if (this.event instanceof K2WebhookEvent webhook) {
			return webhook.topic();
		}
		return (this.event instanceof K2ResultEvent result) ? result.type() : Value.UNKNOWN.asString();
	}

}
