package io.github.k2connect.recipient;

import java.util.List;
import java.util.Map;

import io.github.k2connect.InvalidK2RequestException;
import io.github.k2connect.request.NicknameRequestBuilder;
import io.github.k2connect.Violation;
import io.github.k2connect.client.ApiVersion;
import io.github.k2connect.json.JsonBody;
import io.github.k2connect.request.RequestValidator;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * A recipient with a bank account. Created by {@link Recipient#bankAccount()}.
 *
 * @param accountName the name of the account's owner
 * @param accountNumber the account's number
 * @param bankBranchRef Kopo Kopo's reference of the branch of the bank
 * @param settlementMethod how the bank is paid, {@code EFT} or {@code RTS}; required by
 * version 1, otherwise optional
 * @param nickname the merchant's name for the recipient, sent to version 2 only, or
 * {@code null}
 * @param extra properties that this library does not know, by their paths in the JSON
 */
public record BankAccountRecipient(String accountName, String accountNumber, String bankBranchRef,
		@Nullable String settlementMethod, @Nullable String nickname, Map<String, Object> extra) implements Recipient {

	/**
	 * Validate and normalize the recipient.
	 * @throws InvalidK2RequestException if it is not valid
	 */
	public BankAccountRecipient {
		RequestValidator violations = new RequestValidator();
		accountName = violations.required("accountName", accountName);
		accountNumber = violations.required("accountNumber", accountNumber);
		bankBranchRef = violations.required("bankBranchRef", bankBranchRef);
		settlementMethod = violations.optional(settlementMethod);
		nickname = violations.optional(nickname);
		extra = violations.extra(extra);
		violations.throwIfAny();
	}

	@Override
	public String type() {
		return "bank_account";
	}

	@Override
	public Builder toBuilder() {
		return new Builder().accountName(this.accountName)
			.accountNumber(this.accountNumber)
			.bankBranchRef(this.bankBranchRef)
			.settlementMethod(this.settlementMethod)
			.nickname(this.nickname)
			.extra(this.extra);
	}

	/**
	 * {@inheritDoc}
	 * @hidden
	 */
	@API(status = API.Status.INTERNAL)
	@Override
	public JsonBody toJson(ApiVersion version) {
		if (version == ApiVersion.V1 && this.settlementMethod == null) {
			throw new InvalidK2RequestException(
					List.of(new Violation("settlementMethod", "settlementMethod is required")));
		}
		return Recipient.super.toJson(version);
	}

	/**
	 * {@inheritDoc}
	 * @hidden
	 */
	@API(status = API.Status.INTERNAL)
	@Override
	public JsonBody properties() {
		return new JsonBody().put("account_name", this.accountName)
			.put("account_number", this.accountNumber)
			.put("bank_branch_ref", this.bankBranchRef)
			.put("settlement_method", this.settlementMethod);
	}

	/**
	 * Builder for {@link BankAccountRecipient}.
	 */
	public static final class Builder extends NicknameRequestBuilder<BankAccountRecipient, Builder> {

		private @Nullable String accountName;

		private @Nullable String accountNumber;

		private @Nullable String bankBranchRef;

		private @Nullable String settlementMethod;

		Builder() {
		}

		/** Set the name of the account's owner; required. */
		public Builder accountName(String accountName) {
			this.accountName = accountName;
			return this;
		}

		/** Set the account's number; required. */
		public Builder accountNumber(String accountNumber) {
			this.accountNumber = accountNumber;
			return this;
		}

		/** Set Kopo Kopo's reference of the branch of the bank; required. */
		public Builder bankBranchRef(String bankBranchRef) {
			this.bankBranchRef = bankBranchRef;
			return this;
		}

		/**
		 * Set how the bank is paid, {@code EFT} or {@code RTS}; required by version 1.
		 */
		public Builder settlementMethod(@Nullable String settlementMethod) {
			this.settlementMethod = settlementMethod;
			return this;
		}

		@Override
		@SuppressWarnings("NullAway") // the record rejects missing values
		public BankAccountRecipient build() {
			return new BankAccountRecipient(this.accountName, this.accountNumber, this.bankBranchRef,
					this.settlementMethod, nickname(), extra());
		}

	}

}
