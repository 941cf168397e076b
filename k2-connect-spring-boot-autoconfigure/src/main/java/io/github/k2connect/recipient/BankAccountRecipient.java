package io.github.k2connect.recipient;

import io.github.k2connect.InvalidK2RequestException;
import io.github.k2connect.request.NicknameRequestBuilder;
import io.github.k2connect.request.RequestValidator;
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
 */
public record BankAccountRecipient(String accountName, String accountNumber, String bankBranchRef,
		@Nullable String settlementMethod, @Nullable String nickname) implements Recipient {

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
		violations.throwIfAny();
	}

	@Override
	public String type() {
		return "bank_account";
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
					this.settlementMethod, nickname());
		}

	}

}
