package io.github.k2connect.event;

import java.util.Objects;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import io.github.k2connect.json.JsonObject;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * The properties that all results have.
 *
 * @param id the id of the request
 * @param account the name of the Kopo Kopo account that the result is for
 * @param type the type of the request, as Kopo Kopo writes it
 * @param status the status, as Kopo Kopo writes it
 * @param linkSelf the URL of the resource, as Kopo Kopo writes it
 * @param callbackUrl the URL to which Kopo Kopo sends the result, as Kopo Kopo writes it
 * @param body the body as received, which {@link K2Event#rawJson()} returns as text; no
 * part of the JSON form
 */
public record ResultEnvelope(String id, String account, String type, @Nullable String status, @Nullable String linkSelf,
		@Nullable String callbackUrl, @JsonIgnore RawJson body) {

	/**
	 * Create a new envelope, for {@link K2Event#DEFAULT_ACCOUNT} when no account is
	 * given.
	 * @hidden
	 */
	@API(status = API.Status.INTERNAL)
	public ResultEnvelope {
		account = Objects.requireNonNullElse(account, K2Event.DEFAULT_ACCOUNT);
		body = Objects.requireNonNullElse(body, RawJson.NONE);
	}

	/**
	 * Create a new envelope without the body of a message, as JSON has none.
	 * @param id the id of the request
	 * @param account the name of the Kopo Kopo account that the result is for
	 * @param type the type of the request
	 * @param status the status
	 * @param linkSelf the URL of the resource
	 * @param callbackUrl the URL to which Kopo Kopo sends the result
	 */
	@JsonCreator
	public ResultEnvelope(String id, String account, String type, @Nullable String status, @Nullable String linkSelf,
			@Nullable String callbackUrl) {
		this(id, account, type, status, linkSelf, callbackUrl, RawJson.NONE);
	}

	/**
	 * Return the body as received.
	 * @return the body, which may be absent
	 * @hidden
	 */
	@API(status = API.Status.INTERNAL)
	@Override
	public RawJson body() {
		return this.body;
	}

	static ResultEnvelope from(String id, String account, String type, JsonObject attributes, RawJson body) {
		JsonObject links = attributes.object("_links");
		return new ResultEnvelope(id, account, type, attributes.text("status"), links.text("self"),
				links.text("callback_url"), body);
	}

}
