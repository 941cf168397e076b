package io.github.k2connect.recipient;

import io.github.k2connect.InvalidK2RequestException;
import io.github.k2connect.request.NicknameRequestBuilder;
import io.github.k2connect.request.RequestValidator;
import org.jspecify.annotations.Nullable;

/**
 * A recipient who is paid to a bank account. Made by {@link Recipient#bankAccount()}.
 *
 * @param accountName the name of the account's owner
 * @param accountNumber the account's number
 * @param bankBranchRef the reference that Kopo Kopo has for the branch of the bank
 * @param settlementMethod how the bank is paid, {@code EFT} or {@code RTS}; required by
 * version 1, else {@code null} when it is left out
 * @param nickname what the merchant calls the recipient, sent to version 2 only, or
 * {@code null}
 */
public record BankAccountRecipient(String accountName, String accountNumber, String bankBranchRef,
		@Nullable String settlementMethod, @Nullable String nickname) implements Recipient {

	/**
	 * Validate the recipient and bring it into the form in which it is sent.
	 * @throws InvalidK2RequestException if it cannot be sent
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

		/** Set the reference that Kopo Kopo has for the branch of the bank; required. */
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
		@SuppressWarnings("NullAway") // the record refuses what is missing
		public BankAccountRecipient build() {
			return new BankAccountRecipient(this.accountName, this.accountNumber, this.bankBranchRef,
					this.settlementMethod, this.nickname);
		}

	}

}
