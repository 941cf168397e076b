package io.github.k2connect.webhook.inbox;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;

import io.github.k2connect.json.JsonBody;
import io.github.k2connect.json.JsonObject;
import io.github.k2connect.json.JsonObject.UnreadableJsonException;
import io.github.k2connect.scheduling.TaskExecution;
import io.github.k2connect.webhook.reception.Publication;
import io.github.k2connect.webhook.reception.ReceivedEvent;
import io.github.k2connect.webhook.reception.TraceCarrier;
import io.github.k2connect.webhook.store.EventIdentity;

import org.springframework.core.log.LogFormatUtils;

/**
 * An event as it is stored: a text, which is a JSON object with the properties
 * {@code account}, {@code kind}, {@code id}, {@code receivedAt} (ISO 8601) and
 * {@code body} (the body as received, in Base64), {@code own} for an event that
 * k2-connect has created itself, and {@code trace} where there is a tracer.
 *
 * @param account the name of the account
 * @param kind the topic or type, or {@code unknown}
 * @param id the event's id
 * @param receivedAt when it was received
 * @param body the body as received
 * @param own whether k2-connect has created the event itself; no message can be taken for
 * such an event, whatever it contains
 * @param trace the trace in which it was stored
 */
@SuppressWarnings("ArrayRecordComponent")
record StoredEvent(String account, String kind, String id, Instant receivedAt, byte[] body, boolean own,
		TraceCarrier trace) {

	private static final int MAX_LOGGED_LENGTH = 100;

	static StoredEvent of(Publication publication, Instant receivedAt) {
		return of(publication, receivedAt, new TraceCarrier());
	}

	static StoredEvent of(Publication publication, Instant receivedAt, TraceCarrier trace) {
		EventIdentity identity = publication.identity();
		return new StoredEvent(identity.account(), publication.kind(), wellFormed(identity.id()), receivedAt,
				publication.body(), publication instanceof OwnEvent, trace);
	}

	/**
	 * Read the text of an execution. If it is unreadable, the exception does not contain
	 * it.
	 */
	static StoredEvent of(TaskExecution execution) {
		try {
			return read(execution.data());
		}
		catch (RuntimeException ex) {
			throw new IllegalStateException(
					"The data of the task is unreadable (" + ex.getClass().getSimpleName() + ")");
		}
	}

	/**
	 * Return the name of an event in the log: its id and its key, or only its key if it
	 * is unreadable.
	 */
	static String name(TaskExecution execution) {
		try {
			return LogFormatUtils.formatValue(of(execution).id(), MAX_LOGGED_LENGTH, true) + " (" + execution.id()
					+ ")";
		}
		catch (IllegalStateException ex) {
			return execution.id();
		}
	}

	/**
	 * Read the text that {@link #write()} returned.
	 * @param text the text
	 * @return the event
	 * @throws UnreadableJsonException if the text is something else
	 */
	static StoredEvent read(String text) {
		JsonObject json = JsonObject.parse(text);
		try {
			return new StoredEvent(json.requiredText("account"), json.requiredText("kind"), json.requiredText("id"),
					Objects.requireNonNull(json.instant("receivedAt")),
					Base64.getDecoder().decode(json.requiredText("body")), Boolean.TRUE.equals(json.flag("own")),
					TraceCarrier.of(json.textMap("trace")));
		}
		catch (IllegalArgumentException | NullPointerException ex) {
			throw UnreadableJsonException.property("body", "valid Base64");
		}
	}

	String write() {
		JsonBody json = new JsonBody().put("account", this.account)
			.put("kind", this.kind)
			.put("id", this.id)
			.putText("receivedAt", this.receivedAt)
			.put("body", Base64.getEncoder().encodeToString(this.body))
			.put("own", this.own ? true : null);
		Map<String, String> headers = this.trace.headers();
		if (!headers.isEmpty()) {
			JsonBody object = new JsonBody();
			headers.forEach(object::put);
			json.put("trace", object);
		}
		return json.toText();
	}

	Publication decode() {
		return this.own ? OwnEvent.decode(this.kind, this.account, this.body)
				: ReceivedEvent.decode(this.body, this.account);
	}

	/**
	 * Return the text without lone surrogates, which cannot be encoded.
	 */
	private static String wellFormed(String text) {
		return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
	}

	@Override
	public String toString() {
		return "StoredEvent[account=" + this.account + ", kind=" + this.kind + ", receivedAt=" + this.receivedAt + "]";
	}

}
