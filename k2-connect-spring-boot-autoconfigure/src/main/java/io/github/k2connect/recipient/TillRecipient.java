package io.github.k2connect.recipient;

import java.util.Map;

import io.github.k2connect.InvalidK2RequestException;
import io.github.k2connect.request.NicknameRequestBuilder;
import io.github.k2connect.json.JsonBody;
import io.github.k2connect.request.RequestValidator;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * A recipient with a till. Created by {@link Recipient#till()}.
 *
 * @param tillNumber the till's number
 * @param tillName the till's name
 * @param nickname the merchant's name for the recipient, sent to version 2 only, or
 * {@code null}
 * @param extra properties that this library does not know, by their paths in the JSON
 */
public record TillRecipient(String tillNumber, String tillName, @Nullable String nickname,
		Map<String, Object> extra) implements Recipient {

	/**
	 * Validate and normalize the recipient.
	 * @throws InvalidK2RequestException if it is not valid
	 */
	public TillRecipient {
		RequestValidator violations = new RequestValidator();
		tillNumber = violations.required("tillNumber", tillNumber);
		tillName = violations.required("tillName", tillName);
		nickname = violations.optional(nickname);
		extra = violations.extra(extra);
		violations.throwIfAny();
	}

	@Override
	public String type() {
		return "till";
	}

	@Override
	public Builder toBuilder() {
		return new Builder().tillNumber(this.tillNumber)
			.tillName(this.tillName)
			.nickname(this.nickname)
			.extra(this.extra);
	}

	/**
	 * {@inheritDoc}
	 * @hidden
	 */
	@API(status = API.Status.INTERNAL)
	@Override
	public JsonBody properties() {
		return new JsonBody().put("till_number", this.tillNumber).put("till_name", this.tillName);
	}

	/**
	 * Builder for {@link TillRecipient}.
	 */
	public static final class Builder extends NicknameRequestBuilder<TillRecipient, Builder> {

		private @Nullable String tillNumber;

		private @Nullable String tillName;

		Builder() {
		}

		/** Set the till's number; required. */
		public Builder tillNumber(String tillNumber) {
			this.tillNumber = tillNumber;
			return this;
		}

		/** Set the till's name; required. */
		public Builder tillName(String tillName) {
			this.tillName = tillName;
			return this;
		}

		@Override
		@SuppressWarnings("NullAway") // the record rejects missing values
		public TillRecipient build() {
			return new TillRecipient(this.tillNumber, this.tillName, nickname(), extra());
		}

	}

}
