package io.github.k2connect.recipient;

import io.github.k2connect.InvalidK2RequestException;
import io.github.k2connect.json.JsonBody;
import io.github.k2connect.request.RequestValidator;
import org.jspecify.annotations.Nullable;

/**
 * A recipient who is paid to a paybill. Made by {@link Recipient#paybill()}.
 *
 * @param paybillName the paybill's name
 * @param paybillNumber the paybill's number
 * @param paybillAccountNumber the number of the account at the paybill
 * @param nickname what the merchant calls the recipient, sent to version 2 only, or
 * {@code null}
 */
public record PaybillRecipient(String paybillName, String paybillNumber, String paybillAccountNumber,
		@Nullable String nickname) implements Recipient {

	/**
	 * Validate the recipient and bring it into the form in which it is sent.
	 * @throws InvalidK2RequestException if it cannot be sent
	 */
	public PaybillRecipient {
		RequestValidator violations = new RequestValidator();
		paybillName = violations.required("paybillName", paybillName);
		paybillNumber = violations.required("paybillNumber", paybillNumber);
		paybillAccountNumber = violations.required("paybillAccountNumber", paybillAccountNumber);
		nickname = violations.optional(nickname);
		violations.throwIfAny();
	}

	@Override
	public String type() {
		return "paybill";
	}

	@Override
	public JsonBody properties() {
		return new JsonBody().put("paybill_name", this.paybillName)
			.put("paybill_number", this.paybillNumber)
			.put("paybill_account_number", this.paybillAccountNumber);
	}

	/**
	 * Builder for {@link PaybillRecipient}.
	 */
	public static final class Builder {

		private @Nullable String paybillName;

		private @Nullable String paybillNumber;

		private @Nullable String paybillAccountNumber;

		private @Nullable String nickname;

		Builder() {
		}

		/**
		 * Set the paybill's name. Required.
		 * @param paybillName the name
		 * @return this builder
		 */
		public Builder paybillName(String paybillName) {
			this.paybillName = paybillName;
			return this;
		}

		/**
		 * Set the paybill's number. Required.
		 * @param paybillNumber the number
		 * @return this builder
		 */
		public Builder paybillNumber(String paybillNumber) {
			this.paybillNumber = paybillNumber;
			return this;
		}

		/**
		 * Set the number of the account at the paybill. Required.
		 * @param paybillAccountNumber the number
		 * @return this builder
		 */
		public Builder paybillAccountNumber(String paybillAccountNumber) {
			this.paybillAccountNumber = paybillAccountNumber;
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
		public PaybillRecipient build() {
			return new PaybillRecipient(this.paybillName, this.paybillNumber, this.paybillAccountNumber, this.nickname);
		}

	}

}
