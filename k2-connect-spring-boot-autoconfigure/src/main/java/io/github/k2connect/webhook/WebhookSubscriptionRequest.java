package io.github.k2connect.webhook;

import java.net.URI;
import java.util.List;
import java.util.Map;

import io.github.k2connect.InvalidK2RequestException;
import io.github.k2connect.Scope;
import io.github.k2connect.Violation;
import io.github.k2connect.client.ApiVersion;
import io.github.k2connect.json.JsonBody;
import io.github.k2connect.request.RequestBuilder;
import io.github.k2connect.request.RequestValidator;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Request to subscribe to a topic.
 *
 * @param eventType the topic
 * @param url the URL to which the webhooks are sent, or {@code null} for the default
 * callback
 * @param scope the scope: one till or the whole company
 * @param scopeReference the number of the till, for example {@code 000000}; {@code null}
 * for the company
 * @param enableDarajaPayload whether webhooks have the format of Safaricom's Daraja API,
 * or {@code null} for no; only for version 2, and for received buygoods and b2b
 * transactions
 * @param extra properties that this library does not know, by their paths in the JSON
 */
public record WebhookSubscriptionRequest(String eventType, @Nullable URI url, Scope scope,
		@Nullable String scopeReference, @Nullable Boolean enableDarajaPayload, Map<String, Object> extra) {

	/**
	 * Validate and normalize the request.
	 * @throws InvalidK2RequestException if it is not valid
	 */
	public WebhookSubscriptionRequest {
		RequestValidator violations = new RequestValidator();
		eventType = violations.required("eventType", eventType);
		violations.callbackUrl("url", url);
		violations.required("scope", scope);
		scopeReference = violations.scopeReference(scope, scopeReference);
		if (Boolean.TRUE.equals(enableDarajaPayload) && !WebhookTopic.hasDarajaPayload(eventType)) {
			violations.add("enableDarajaPayload", "is for received buygoods and b2b transactions only");
		}
		extra = violations.extra(extra);
		violations.throwIfAny();
	}

	/**
	 * Create a new builder.
	 * @return the builder
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Verify that a version of the API has the properties of the request, and that the
	 * request does not have its extra properties itself.
	 * @param version the version
	 * @throws InvalidK2RequestException if one of them is not so
	 * @hidden
	 */
	@API(status = API.Status.INTERNAL)
	public void validateFor(ApiVersion version) {
		if (Boolean.TRUE.equals(this.enableDarajaPayload) && version == ApiVersion.V1) {
			throw new InvalidK2RequestException(List.of(new Violation("enableDarajaPayload",
					"enableDarajaPayload needs version 2 of the API: k2.api-version=v2")));
		}
		if (this.url != null) {
			toJson(this.url, version);
		}
	}

	/**
	 * Create a new builder with the values of this request.
	 * @return the builder
	 */
	public Builder toBuilder() {
		Builder builder = new Builder().eventType(this.eventType)
			.url(this.url)
			.scope(this.scope)
			.scopeReference(this.scopeReference)
			.extra(this.extra);
		builder.enableDarajaPayload = this.enableDarajaPayload;
		return builder;
	}

	JsonBody toJson(URI webhookUrl, ApiVersion version) {
		boolean choosesPayload = version == ApiVersion.V2 && WebhookTopic.hasDarajaPayload(this.eventType);
		return new JsonBody().put("event_type", this.eventType)
			.put("url", webhookUrl.toString())
			.put("scope", this.scope.value())
			.put("scope_reference", this.scopeReference)
			.put("enable_daraja_payload", choosesPayload ? this.enableDarajaPayload : null)
			.extra(this.extra);
	}

	/**
	 * Builder for {@link WebhookSubscriptionRequest}.
	 */
	public static final class Builder extends RequestBuilder<WebhookSubscriptionRequest, Builder> {

		private @Nullable String eventType;

		private @Nullable URI url;

		private @Nullable Scope scope;

		private @Nullable String scopeReference;

		private @Nullable Boolean enableDarajaPayload;

		private Builder() {
		}

		/** Set the topic; required. */
		public Builder eventType(WebhookTopic eventType) {
			return eventType(eventType.value());
		}

		/**
		 * Set the topic as Kopo Kopo writes it, also one that {@link WebhookTopic} does
		 * not have; required.
		 */
		public Builder eventType(String eventType) {
			this.eventType = eventType;
			return this;
		}

		/**
		 * Set the absolute http or https URL to which the webhooks are sent; the default
		 * is the configured callback.
		 */
		public Builder url(@Nullable URI url) {
			this.url = url;
			return this;
		}

		/**
		 * Set the absolute http or https URL to which the webhooks are sent; the default
		 * is the configured callback.
		 */
		public Builder url(@Nullable String url) {
			return url(RequestValidator.parseUrl(url));
		}

		/** Set whether to subscribe to the whole company or to one till; required. */
		public Builder scope(Scope scope) {
			this.scope = scope;
			return this;
		}

		/** Set the number of the till; required when the scope is a till. */
		public Builder scopeReference(@Nullable String scopeReference) {
			this.scopeReference = scopeReference;
			return this;
		}

		/**
		 * Set whether webhooks have the format of Safaricom's Daraja API. This is only
		 * for version 2, and for received buygoods and b2b transactions. The default is
		 * no.
		 */
		public Builder enableDarajaPayload(boolean enableDarajaPayload) {
			this.enableDarajaPayload = enableDarajaPayload;
			return this;
		}

		@Override
		@SuppressWarnings("NullAway") // the record rejects missing values
		public WebhookSubscriptionRequest build() {
			return new WebhookSubscriptionRequest(this.eventType, this.url, this.scope, this.scopeReference,
					this.enableDarajaPayload, extra());
		}

	}

}
