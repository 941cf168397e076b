package io.github.k2connect.followup;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

import io.github.k2connect.K2Location;
import io.github.k2connect.Sha256;
import io.github.k2connect.event.ResultType;
import io.github.k2connect.event.UnresolvedK2Request;
import io.github.k2connect.json.JsonBody;
import io.github.k2connect.json.JsonObject;
import io.github.k2connect.json.JsonObject.UnreadableJsonException;
import org.jspecify.annotations.Nullable;

/**
 * The data of a follow-up in the table of tasks, as a JSON object. Later versions must be
 * able to read it.
 *
 * @param account the name of the account
 * @param type the type of the result on the wire
 * @param location the URL of the resource, or {@code null} while it is unknown
 * @param startedAt when the request was sent
 * @param metadata the metadata of the request
 * @param calls how often the scheduler has executed the follow-up
 * @param unknownFor the sum of the delays since Kopo Kopo has not known the resource, or
 * has returned another one; the time of a clock could jump
 * @param expiresAt when the resource expires, or {@code null}
 * @param turn when the next status request may be sent, or {@code null} if it does not
 * wait for a turn
 */
record FollowUpState(String account, String type, @Nullable URI location, Instant startedAt,
		Map<String, String> metadata, int calls, Duration unknownFor, @Nullable Instant expiresAt,
		@Nullable Instant turn) {

	private static final int MAX_METADATA_BYTES = 2000;

	/**
	 * Return a follow-up without a URL. Metadata beyond the maximum size is left out.
	 */
	static FollowUpState begun(String account, String type, Map<String, String> metadata, Instant now) {
		return new FollowUpState(account, type, null, now, bounded(metadata), 0, Duration.ZERO, null, null);
	}

	private static Map<String, String> bounded(Map<String, String> metadata) {
		Map<String, String> bounded = new LinkedHashMap<>();
		int bytes = 0;
		for (Map.Entry<String, String> entry : metadata.entrySet()) {
			int size = new JsonBody().put(entry.getKey(), entry.getValue()).toBytes().length;
			if (bytes + size <= MAX_METADATA_BYTES) {
				bounded.put(entry.getKey(), entry.getValue());
				bytes += size;
			}
		}
		return bounded;
	}

	FollowUpState started(URI location) {
		return new FollowUpState(this.account, this.type, location, this.startedAt, this.metadata, 0, Duration.ZERO,
				null, null);
	}

	FollowUpState asked() {
		return with(this.calls + 1, this.unknownFor, this.expiresAt, null);
	}

	FollowUpState expiring(@Nullable Instant expiry) {
		return with(this.calls, Duration.ZERO, (expiry != null) ? expiry : this.expiresAt, null);
	}

	FollowUpState unknown(Duration delay) {
		return with(this.calls, this.unknownFor.plus(delay), this.expiresAt, null);
	}

	FollowUpState queued(Instant queuedFor) {
		return with(this.calls, this.unknownFor, this.expiresAt, queuedFor);
	}

	private FollowUpState with(int calls, Duration unknownFor, @Nullable Instant expiresAt, @Nullable Instant turn) {
		return new FollowUpState(this.account, this.type, this.location, this.startedAt, this.metadata, calls,
				unknownFor, expiresAt, turn);
	}

	@Nullable String id() {
		return (this.location != null) ? new K2Location(this.location).id() : null;
	}

	/**
	 * Return the event for the case that there is no final result.
	 * @param key the key of the follow-up, which is the id if there is no other
	 */
	UnresolvedK2Request unresolved(String key) {
		K2Location resource = (this.location != null) ? new K2Location(this.location) : null;
		return new UnresolvedK2Request(this.account, this.type, (resource != null) ? resource.id() : key, resource,
				this.startedAt, this.metadata);
	}

	/**
	 * Return the name for log messages.
	 */
	String name() {
		String id = id();
		return this.type + ((id != null) ? " " + id : " without an id") + " of account " + this.account;
	}

	/**
	 * Return the key of the follow-up. It can be computed from the location of the
	 * request and from its result.
	 */
	static String key(String account, String type, String id) {
		String text = account + ":" + ResultType.canonical(type) + ":" + id;
		return Sha256.hex(text.getBytes(StandardCharsets.UTF_8));
	}

	String write() {
		return new JsonBody().put("account", this.account)
			.put("type", this.type)
			.putText("location", this.location)
			.putText("startedAt", this.startedAt)
			.metadata(this.metadata)
			.put("calls", this.calls)
			.put("unknownFor", this.unknownFor.toMillis())
			.putText("expiresAt", this.expiresAt)
			.putText("turn", this.turn)
			.toText();
	}

	/**
	 * Read the text that {@link #write()} returned, of this version or an earlier one.
	 * @throws UnreadableJsonException if it is another text
	 */
	static FollowUpState read(String text) {
		JsonObject json = JsonObject.parse(text);
		Instant startedAt = json.instant("startedAt");
		if (startedAt == null) {
			throw UnreadableJsonException.missing("startedAt");
		}
		return new FollowUpState(json.requiredText("account"), json.requiredText("type"), json.uri("location"),
				startedAt, json.textMap("metadata"), (int) json.count("calls"),
				Duration.ofMillis(json.count("unknownFor")), json.instant("expiresAt"), json.instant("turn"));
	}

}
