package io.github.k2connect.event;

import java.time.OffsetDateTime;
import java.util.Objects;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import io.github.k2connect.json.JsonObject;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * The properties that all webhooks have.
 *
 * @param id the webhook's id
 * @param account the name of the Kopo Kopo account that the webhook is for
 * @param topic the topic of the subscription, as Kopo Kopo writes it
 * @param createdAt when Kopo Kopo created the webhook
 * @param eventType Kopo Kopo's name for what happened, for example {@code Buygoods
 * Transaction}
 * @param linkSelf the URL of the webhook, as Kopo Kopo writes it
 * @param linkResource the URL of the resource that the webhook is about, as Kopo Kopo
 * writes it
 * @param body the body as received, which {@link K2Event#rawJson()} returns as text; no
 * part of the JSON form
 */
public record WebhookEnvelope(String id, String account, String topic,
		@PreserveOffset @Nullable OffsetDateTime createdAt, @Nullable String eventType, @Nullable String linkSelf,
		@Nullable String linkResource, @JsonIgnore RawJson body) {

	/**
	 * Create a new envelope, for {@link K2Event#DEFAULT_ACCOUNT} when no account is
	 * given.
	 * @hidden
	 */
	@API(status = API.Status.INTERNAL)
	public WebhookEnvelope {
		account = Objects.requireNonNullElse(account, K2Event.DEFAULT_ACCOUNT);
		body = Objects.requireNonNullElse(body, RawJson.NONE);
	}

	/**
	 * Create a new envelope without the body of a message, as JSON has none.
	 * @param id the webhook's id
	 * @param account the name of the Kopo Kopo account that the webhook is for
	 * @param topic the topic of the subscription
	 * @param createdAt when Kopo Kopo created the webhook
	 * @param eventType Kopo Kopo's name for what happened
	 * @param linkSelf the URL of the webhook
	 * @param linkResource the URL of the resource that the webhook is about
	 */
	@JsonCreator
	public WebhookEnvelope(String id, String account, String topic, @Nullable OffsetDateTime createdAt,
			@Nullable String eventType, @Nullable String linkSelf, @Nullable String linkResource) {
		this(id, account, topic, createdAt, eventType, linkSelf, linkResource, RawJson.NONE);
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

	/**
	 * Read the properties that all webhooks have.
	 * @param id the webhook's id
	 * @param account the name of the Kopo Kopo account that the webhook is for
	 * @param topic the topic, as Kopo Kopo writes it
	 * @param json the message
	 * @param body the body as received
	 * @return the properties
	 * @hidden
	 */
	@API(status = API.Status.INTERNAL)
	public static WebhookEnvelope from(String id, String account, String topic, JsonObject json, RawJson body) {
		JsonObject links = json.object("_links");
		return new WebhookEnvelope(id, account, topic, json.time("created_at"), json.object("event").text("type"),
				links.text("self"), links.text("resource"), body);
	}

}
