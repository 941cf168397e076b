package io.github.k2connect.recipient;

import io.github.k2connect.InvalidK2RequestException;
import io.github.k2connect.json.JsonBody;
import io.github.k2connect.request.RequestValidator;
import org.jspecify.annotations.Nullable;

/**
 * A recipient who is paid to a till. Made by {@link Recipient#till()}.
 *
 * @param tillNumber the till's number
 * @param tillName the till's name
 * @param nickname what the merchant calls the recipient, sent to version 2 only, or
 * {@code null}
 */
public record TillRecipient(String tillNumber, String tillName, @Nullable String nickname) implements Recipient {

	/**
	 * Validate the recipient and bring it into the form in which it is sent.
	 * @throws InvalidK2RequestException if it cannot be sent
	 */
	public TillRecipient {
		RequestValidator violations = new RequestValidator();
		tillNumber = violations.required("tillNumber", tillNumber);
		tillName = violations.required("tillName", tillName);
		nickname = violations.optional(nickname);
		violations.throwIfAny();
	}

	@Override
	public String type() {
		return "till";
	}

	@Override
	public JsonBody properties() {
		return new JsonBody().put("till_number", this.tillNumber).put("till_name", this.tillName);
	}

	/**
	 * Builder for {@link TillRecipient}.
	 */
	public static final class Builder {

		private @Nullable String tillNumber;

		private @Nullable String tillName;

		private @Nullable String nickname;

		Builder() {
		}

		/**
		 * Set the till's number. Required.
		 * @param tillNumber the number
		 * @return this builder
		 */
		public Builder tillNumber(String tillNumber) {
			this.tillNumber = tillNumber;
			return this;
		}

		/**
		 * Set the till's name. Required.
		 * @param tillName the name
		 * @return this builder
		 */
		public Builder tillName(String tillName) {
			this.tillName = tillName;
			return this;
		}

		/**
		 * Set what the merchant calls the recipient. Sent to version 2 only.
		 * @param nickname the nickname, or {@code null}
		 * @return this builder
		 */
		public Builder nickname(@Nullable String nickname) {
			this.nickname = nickname;
			return this;
		}

		/**
		 * Build the recipient.
		 * @return the recipient
		 * @throws InvalidK2RequestException if it cannot be sent
		 */
		@SuppressWarnings("NullAway") // what is missing is a violation
		public TillRecipient build() {
			return new TillRecipient(this.tillNumber, this.tillName, this.nickname);
		}

	}

}
