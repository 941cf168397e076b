package io.github.k2connect.recipient;

import java.util.Map;

import io.github.k2connect.InvalidK2RequestException;
import io.github.k2connect.request.NicknameRequestBuilder;
import io.github.k2connect.json.JsonBody;
import io.github.k2connect.request.RequestValidator;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * A recipient with a paybill. Created by {@link Recipient#paybill()}.
 *
 * @param paybillName the paybill's name
 * @param paybillNumber the paybill's number
 * @param paybillAccountNumber the number of the account at the paybill
 * @param nickname the merchant's name for the recipient, sent to version 2 only, or
 * {@code null}
 * @param extra properties that this library does not know, by their paths in the JSON
 */
public record PaybillRecipient(String paybillName, String paybillNumber, String paybillAccountNumber,
		@Nullable String nickname, Map<String, Object> extra) implements Recipient {

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
		extra = violations.extra(extra);
		violations.throwIfAny();
	}

	@Override
	public String type() {
		return "paybill";
	}

	@Override
	public Builder toBuilder() {
		return new Builder().paybillName(this.paybillName)
			.paybillNumber(this.paybillNumber)
			.paybillAccountNumber(this.paybillAccountNumber)
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
		return new JsonBody().put("paybill_name", this.paybillName)
			.put("paybill_number", this.paybillNumber)
			.put("paybill_account_number", this.paybillAccountNumber);
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
			return new PaybillRecipient(this.paybillName, this.paybillNumber, this.paybillAccountNumber, nickname(),
					extra());
		}

	}

}
