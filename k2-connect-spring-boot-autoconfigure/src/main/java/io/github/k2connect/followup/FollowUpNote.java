package io.github.k2connect.followup;

import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

import io.github.k2connect.K2Location;
import io.github.k2connect.Sha256;
import io.github.k2connect.json.JsonBody;
import io.github.k2connect.json.JsonObject;
import io.github.k2connect.json.UnreadableJsonException;
import org.jspecify.annotations.Nullable;

/**
 * The data of a follow-up in db-scheduler's table, as a JSON object. Later versions must
 * be able to read it.
 *
 * @param account the name of the account
 * @param type the type of the result on the wire
 * @param location the URL of the resource, or {@code null} while it is unknown
 * @param startedAt when the request was sent
 * @param calls how often the scheduler has executed the follow-up
 * @param strangers how often in a row Kopo Kopo did not know the resource, or returned
 * another one
 * @param expiresAt when the resource expires, or {@code null}
 * @param turn when the next status request may be sent, or {@code null} if it does not
 * wait for a turn
 */
record FollowUpNote(String account, String type, @Nullable URI location, Instant startedAt, int calls, int strangers,
		@Nullable Instant expiresAt, @Nullable Instant turn) {

	/**
	 * Return the type for keys and comparisons. Kopo Kopo has two names for the type of a
	 * reversal.
	 */
	static String canonical(String type) {
		return type.equals("reversals") ? "reversal" : type;
	}

	static FollowUpNote begun(String account, String type, Instant now) {
		return new FollowUpNote(account, type, null, now, 0, 0, null, null);
	}

	FollowUpNote started(URI location) {
		return new FollowUpNote(this.account, this.type, location, this.startedAt, 0, 0, null, null);
	}

	FollowUpNote asked() {
		return new FollowUpNote(this.account, this.type, this.location, this.startedAt, this.calls + 1, this.strangers,
				this.expiresAt, null);
	}

	FollowUpNote expiring(@Nullable Instant expiry) {
		return new FollowUpNote(this.account, this.type, this.location, this.startedAt, this.calls, 0,
				(expiry != null) ? expiry : this.expiresAt, null);
	}

	FollowUpNote strange() {
		return new FollowUpNote(this.account, this.type, this.location, this.startedAt, this.calls, this.strangers + 1,
				this.expiresAt, null);
	}

	FollowUpNote queued(Instant queuedFor) {
		return new FollowUpNote(this.account, this.type, this.location, this.startedAt, this.calls, this.strangers,
				this.expiresAt, queuedFor);
	}

	@Nullable String id() {
		return (this.location != null) ? K2Location.id(this.location) : null;
	}

	/**
	 * Return the key of the follow-up. It can be computed from the location of the
	 * request and from its result.
	 */
	static String key(String account, String type, String id) {
		String text = account + ":" + canonical(type) + ":" + id;
		return Sha256.hex(text.getBytes(StandardCharsets.UTF_8));
	}

	String write() {
		byte[] json = new JsonBody().put("account", this.account)
			.put("type", this.type)
			.put("location", (this.location != null) ? this.location.toString() : null)
			.put("startedAt", this.startedAt.toString())
			.put("calls", BigDecimal.valueOf(this.calls))
			.put("strangers", BigDecimal.valueOf(this.strangers))
			.put("expiresAt", (this.expiresAt != null) ? this.expiresAt.toString() : null)
			.put("turn", (this.turn != null) ? this.turn.toString() : null)
			.toBytes();
		return new String(json, StandardCharsets.UTF_8);
	}

	/**
	 * Read the text that {@link #write()} returned.
	 * @throws UnreadableJsonException if it is another text
	 */
	static FollowUpNote read(String text) {
		JsonObject json = JsonObject.parse(text.getBytes(StandardCharsets.UTF_8));
		Instant startedAt = json.instant("startedAt");
		if (startedAt == null) {
			throw UnreadableJsonException.property("startedAt", "there");
		}
		return new FollowUpNote(json.requiredText("account"), json.requiredText("type"), json.uri("location"),
				startedAt, number(json, "calls"), number(json, "strangers"), json.instant("expiresAt"),
				json.instant("turn"));
	}

	private static int number(JsonObject json, String name) {
		BigDecimal number = json.amount(name);
		return (number != null) ? number.intValue() : 0;
	}

}
