package io.github.k2connect.recipient;

import io.github.k2connect.InvalidK2RequestException;
import io.github.k2connect.request.NicknameRequestBuilder;
import io.github.k2connect.request.RequestValidator;
import org.jspecify.annotations.Nullable;

/**
 * A recipient with a paybill. Created by {@link Recipient#paybill()}.
 *
 * @param paybillName the paybill's name
 * @param paybillNumber the paybill's number
 * @param paybillAccountNumber the number of the account at the paybill
 * @param nickname the merchant's name for the recipient, sent to version 2 only, or
 * {@code null}
 */
public record PaybillRecipient(String paybillName, String paybillNumber, String paybillAccountNumber,
		@Nullable String nickname) implements Recipient {

	/**
	 * Validate and normalize the recipient.
	 * @throws InvalidK2RequestException if it is not valid
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

	/**
	 * Builder for {@link PaybillRecipient}.
	 */
	public static final class Builder extends NicknameRequestBuilder<PaybillRecipient, Builder> {

		private @Nullable String paybillName;

		private @Nullable String paybillNumber;

		private @Nullable String paybillAccountNumber;

		Builder() {
		}

		/** Set the paybill's name; required. */
		public Builder paybillName(String paybillName) {
			this.paybillName = paybillName;
			return this;
		}

		/** Set the paybill's number; required. */
		public Builder paybillNumber(String paybillNumber) {
			this.paybillNumber = paybillNumber;
			return this;
		}

		/** Set the number of the account at the paybill; required. */
		public Builder paybillAccountNumber(String paybillAccountNumber) {
			this.paybillAccountNumber = paybillAccountNumber;
			return this;
		}

		@Override
		@SuppressWarnings("NullAway") // the record rejects missing values
		public PaybillRecipient build() {
			return new PaybillRecipient(this.paybillName, this.paybillNumber, this.paybillAccountNumber, nickname());
		}

	}

}
