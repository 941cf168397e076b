package io.github.k2connect.polling;

import java.net.URI;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;

import io.github.k2connect.InvalidK2RequestException;
import io.github.k2connect.Scope;
import io.github.k2connect.json.JsonBody;
import io.github.k2connect.request.CallbackRequestBuilder;
import io.github.k2connect.request.RequestValidator;
import org.jspecify.annotations.Nullable;

/**
 * Request for the transactions of a period.
 *
 * @param fromTime the start of the period, sent with its offset
 * @param toTime the end of the period, after its start
 * @param scope whether to ask for the whole company or for one till
 * @param scopeReference the number of the till, {@code null} for the whole company; a
 * reference for the whole company is sent unchanged
 * @param callbackUrl the URL to which the result is sent, or {@code null} for the default
 * @param extra properties that this library does not know, by their paths in the JSON
 */
public record PollingRequest(OffsetDateTime fromTime, OffsetDateTime toTime, Scope scope,
		@Nullable String scopeReference, @Nullable URI callbackUrl, Map<String, Object> extra) {

	/**
	 * Validate and normalize the request.
	 * @throws InvalidK2RequestException if it is not valid
	 */
	public PollingRequest {
		RequestValidator violations = new RequestValidator();
		violations.required("fromTime", fromTime);
		violations.required("toTime", toTime);
		if (fromTime != null && toTime != null && !fromTime.isBefore(toTime)) {
			violations.add("fromTime", "must be before toTime");
		}
		violations.required("scope", scope);
		scopeReference = violations.scopeReference(scope, scopeReference);
		violations.callbackUrl("callbackUrl", callbackUrl);
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
	 * Create a new builder with the values of this request.
	 * @return the builder
	 */
	public Builder toBuilder() {
		return new Builder().fromTime(this.fromTime)
			.toTime(this.toTime)
			.scope(this.scope)
			.scopeReference(this.scopeReference)
			.callbackUrl(this.callbackUrl)
			.extra(this.extra);
	}

	JsonBody toJson(URI callback) {
		return new JsonBody().put("scope", this.scope.value())
			.put("scope_reference", this.scopeReference)
			.put("from_time", DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(this.fromTime))
			.put("to_time", DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(this.toTime))
			.callbackUrl(callback)
			.extra(this.extra);
	}

	/**
	 * Builder for {@link PollingRequest}.
	 */
	public static final class Builder extends CallbackRequestBuilder<PollingRequest, Builder> {

		private @Nullable OffsetDateTime fromTime;

		private @Nullable OffsetDateTime toTime;

		private @Nullable Scope scope;

		private @Nullable String scopeReference;

		private Builder() {
		}

		/** Set the start of the period, which is sent with its offset; required. */
		public Builder fromTime(OffsetDateTime fromTime) {
			this.fromTime = fromTime;
			return this;
		}

		/**
		 * Set the end of the period, which is sent with its offset; required and after
		 * the start.
		 */
		public Builder toTime(OffsetDateTime toTime) {
			this.toTime = toTime;
			return this;
		}

		/** Set whether to ask for the whole company or for one till; required. */
		public Builder scope(Scope scope) {
			this.scope = scope;
			return this;
		}

		/** Set the number of the till; required when the scope is a till. */
		public Builder scopeReference(@Nullable String scopeReference) {
			this.scopeReference = scopeReference;
			return this;
		}

		@Override
		@SuppressWarnings("NullAway") // the record rejects missing values
		public PollingRequest build() {
			return new PollingRequest(this.fromTime, this.toTime, this.scope, this.scopeReference, callbackUrl(),
					extra());
		}

	}

}
