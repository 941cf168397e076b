package io.github.k2connect.webhook.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.k2connect.Sha256;
import io.github.k2connect.event.K2Event;
import io.github.k2connect.event.K2ResultEvent;
import io.github.k2connect.event.K2WebhookEvent;
import io.github.k2connect.event.ReversalResult;
import io.github.k2connect.event.UnrecognizedK2Event;
import io.github.k2connect.json.JsonObject;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * What makes two deliveries the same event, within one Kopo Kopo account: for a webhook
 * its topic and id; for a final result its type, id and status, whether it came by
 * callback or was asked for; for a pending result its type, id and content, since the
 * result of one request may come more than once. What was not recognized is the same when
 * its content is, and is never the same as what was: the message may come again
 * corrected, or be recognized by a later version.
 *
 * @param account the name of the account
 * @param kind the topic or type, or {@code unknown}
 * @param id the event's id
 * @param content what tells apart events of the same kind and id, or {@code null} where
 * these are enough
 */
public record EventIdentity(String account, String kind, String id, @Nullable String content) {

	/**
	 * Return the identity of an event.
	 * @param event the event
	 * @param json the message that it was decoded from
	 * @return the identity
	 * @hidden
	 */
	@API(status = API.Status.INTERNAL)
	public static EventIdentity of(K2Event event, JsonObject json) {
		if (event instanceof K2WebhookEvent webhook) {
			return new EventIdentity(event.account(), webhook.topic(), event.id(), null);
		}
		if (event instanceof K2ResultEvent result) {
			return new EventIdentity(event.account(), kind(result), event.id(),
					result.isPending() ? json.digest() : result.outcome() + " " + result.status());
		}
		String kind = ((UnrecognizedK2Event) event).kind();
		return new EventIdentity(event.account(), (kind != null) ? kind : "unknown", event.id(),
				"unrecognized " + json.digest());
	}

	/**
	 * Return the type of a result. Kopo Kopo has two names for that of a reversal, and
	 * may use one in the callback and the other in the response.
	 */
	private static String kind(K2ResultEvent result) {
		return (result instanceof ReversalResult) ? "reversal" : result.type();
	}

	/**
	 * Return the identity in a form of fixed length, as a key of a database.
	 * @return 64 hexadecimal digits
	 */
	public String key() {
		String text = Stream.of(this.account, this.kind, this.id)
			.map((part) -> part.length() + ":" + part)
			.collect(Collectors.joining("", "", String.valueOf(this.content)));
		return Sha256.hex(bytes(text));
	}

	/**
	 * Return the text in UTF-8. A text with a lone surrogate has no such form; it has one
	 * that begins with a byte that UTF-8 never has.
	 */
	private static byte[] bytes(String text) {
		if (StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
			return text.getBytes(StandardCharsets.UTF_8);
		}
		ByteBuffer bytes = ByteBuffer.allocate(1 + text.length() * Character.BYTES);
		bytes.put((byte) 0xFF).asCharBuffer().put(text);
		return bytes.array();
	}

}
