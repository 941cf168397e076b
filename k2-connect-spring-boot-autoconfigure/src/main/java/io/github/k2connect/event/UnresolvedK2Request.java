package io.github.k2connect.event;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;

import io.github.k2connect.K2Location;
import io.github.k2connect.json.JsonBody;
import io.github.k2connect.json.JsonObject;
import io.github.k2connect.json.JsonObject.UnreadableJsonException;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Event for a request without a final result: its follow-up has timed out, or Kopo Kopo
 * does not know the request. It is published once. Money may have moved, so a person
 * should look up the request in Kopo Kopo's dashboard. If a result comes later, it is
 * still published.
 *
 * @param account the name of the Kopo Kopo account that sent the request
 * @param type the type of the result on the wire, for example {@code incoming_payment}
 * @param id the id of the result, or the key of the follow-up if the response of Kopo
 * Kopo was not stored, for example because the instance crashed
 * @param location the location of the resource, or {@code null} if the response was not
 * stored
 * @param startedAt when the request was sent
 * @param metadata the metadata of the request, empty if it has none; entries beyond 2000
 * bytes of JSON are left out
 */
public record UnresolvedK2Request(String account, String type, String id, @Nullable K2Location location,
		Instant startedAt, Map<String, String> metadata) implements K2DetectedEvent {

	/**
	 * Create an event with a copy of the metadata, for {@link K2Event#DEFAULT_ACCOUNT}
	 * when no account is given.
	 */
	public UnresolvedK2Request {
		account = Objects.requireNonNullElse(account, DEFAULT_ACCOUNT);
		metadata = ImmutableCopies.of(metadata);
	}

	/**
	 * Read the event.
	 * @param account the name of the account
	 * @param json the event as it was written
	 * @return the event
	 * @throws UnreadableJsonException if a property is missing
	 * @hidden
	 */
	@API(status = API.Status.INTERNAL)
	public static UnresolvedK2Request from(String account, JsonObject json) {
		String location = json.text("location");
		Instant startedAt = json.instant("startedAt");
		if (startedAt == null) {
			throw UnreadableJsonException.missing("startedAt");
		}
		return new UnresolvedK2Request(account, json.requiredText("type"), json.requiredText("id"),
				(location != null) ? K2Location.of(location) : null, startedAt, json.textMap("metadata"));
	}

	/**
	 * Write the event, without its account.
	 * @return the JSON
	 * @hidden
	 */
	@API(status = API.Status.INTERNAL)
	public JsonBody toJson() {
		return new JsonBody().put("type", this.type)
			.put("id", this.id)
			.putText("location", (this.location != null) ? this.location.uri() : null)
			.putText("startedAt", this.startedAt)
			.metadata(this.metadata);
	}

}
