package io.github.k2connect.webhook.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import io.github.k2connect.Sha256;
import io.github.k2connect.event.K2Event;
import io.github.k2connect.event.K2ResultEvent;
import io.github.k2connect.event.K2WebhookEvent;
import io.github.k2connect.event.Outcome;
import io.github.k2connect.event.ResultType;
import io.github.k2connect.event.UnrecognizedK2Event;
import io.github.k2connect.json.JsonObject;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * The identity of an event within one Kopo Kopo account. Two deliveries with the same
 * identity are the same event. The identity of a webhook is its topic and id, that of a
 * final result its type, id, status and outcome, and that of a pending result its type,
 * id and content, because one request may have several results. The identity of an
 * unrecognized message includes its content: the message may be sent again with
 * corrections, or a later version may recognize it.
 *
 * @param account the name of the account
 * @param kind the topic or type, or {@code unknown}
 * @param id the event's id
 * @param content the part that distinguishes events of the same kind and id, or
 * {@code null} if not needed
 * @param reference the M-PESA reference of the customer's payment that the event is
 * about, empty if it has none, or {@code null} if it is about no such payment
 */
public record EventIdentity(String account, String kind, String id, @Nullable String content,
		@Nullable String reference) {

	/**
	 * Create the identity of an event that is about no customer's payment.
	 * @param account the name of the account
	 * @param kind the topic or type, or {@code unknown}
	 * @param id the event's id
	 * @param content the part that distinguishes events of the same kind and id, or
	 * {@code null} if not needed
	 */
	public EventIdentity(String account, String kind, String id, @Nullable String content) {
		this(account, kind, id, content, null);
	}

	/**
	 * Return the identity of an event.
	 * @param event the event
	 * @param json the message
	 * @return the identity
	 * @hidden
	 */
	@API(status = API.Status.INTERNAL)
	public static EventIdentity of(K2Event event, JsonObject json) {
		if (event instanceof K2WebhookEvent webhook) {
			return new EventIdentity(event.account(), webhook.topic(), event.id(), null, PaymentReference.of(webhook));
		}
		if (event instanceof K2ResultEvent result) {
			Outcome outcome = result.outcome();
			return new EventIdentity(event.account(), ResultType.canonical(result.type()), event.id(),
					(outcome == Outcome.PENDING) ? json.digest() : outcome + " " + result.status(),
					PaymentReference.of(result));
		}
		String kind = ((UnrecognizedK2Event) event).kind();
		return new EventIdentity(event.account(), (kind != null) ? kind : "unknown", event.id(),
				"unrecognized " + json.digest(), PaymentReference.of(event));
	}

	/**
	 * Return the identity in a form of fixed length, for use as a database key.
	 * @return 64 hexadecimal digits
	 */
	public String key() {
		return Sha256.hex(bytes(part(this.account) + part(this.kind) + part(this.id) + this.content));
	}

	private static String part(String part) {
		return part.length() + ":" + part;
	}

	/**
	 * Return the text in UTF-8. A text with a lone surrogate cannot be encoded in UTF-8:
	 * it gets an encoding that begins with a byte that UTF-8 never uses.
	 */
	private static byte[] bytes(String text) {
		byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
		if (new String(utf8, StandardCharsets.UTF_8).equals(text)) {
			return utf8;
		}
		ByteBuffer bytes = ByteBuffer.allocate(1 + text.length() * Character.BYTES);
		bytes.put((byte) 0xFF).asCharBuffer().put(text);
		return bytes.array();
	}

}
