package io.github.k2connect.sendmoney;

import java.math.BigDecimal;
import java.util.Map;

import io.github.k2connect.InvalidK2RequestException;
import io.github.k2connect.client.Fingerprint;
import io.github.k2connect.json.JsonBody;
import io.github.k2connect.request.RequestValidator;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Money for a bank account. Created by {@link Destination#bankAccount()}.
 *
 * @param accountName the name of the account's owner
 * @param accountNumber the number of the account
 * @param bankBranchRef Kopo Kopo's reference of the branch of the bank
 * @param amount the amount in shillings, positive, with at most two decimals
 * @param description what the money is for
 * @param nickname the name under which the destination is kept, or {@code null}
 * @param favourite whether the destination is kept as a favourite, or {@code null}
 * @param extra properties that this library does not know, by their paths in the JSON
 */
public record BankAccountDestination(String accountName, String accountNumber, String bankBranchRef, BigDecimal amount,
		String description, @Nullable String nickname, @Nullable Boolean favourite,
		Map<String, Object> extra) implements Destination {

	/**
	 * Validate and normalize the destination.
	 * @throws InvalidK2RequestException if it is not valid
	 */
	public BankAccountDestination {
		RequestValidator violations = new RequestValidator();
		accountName = violations.required("accountName", accountName);
		accountNumber = violations.required("accountNumber", accountNumber);
		bankBranchRef = violations.required("bankBranchRef", bankBranchRef);
		amount = violations.amount("amount", amount);
		description = violations.required("description", description);
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
			.common(this);
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
			.put("bank_branch_ref", this.bankBranchRef);
	}

	/**
	 * {@inheritDoc}
	 * @hidden
	 */
	@API(status = API.Status.INTERNAL)
	@Override
	public Fingerprint fingerprint() {
		return Fingerprint.of(type()).with("recipient", this.accountNumber).with("branch", this.bankBranchRef);
	}

	/**
	 * Builder for {@link BankAccountDestination}.
	 */
	public static final class Builder extends DestinationBuilder<BankAccountDestination, Builder> {

		private @Nullable String accountName;

		private @Nullable String accountNumber;

		private @Nullable String bankBranchRef;

		Builder() {
		}

		/** Set the name of the account's owner; required. */
		public Builder accountName(String accountName) {
			this.accountName = accountName;
			return this;
		}

		/** Set the number of the account; required. */
		public Builder accountNumber(String accountNumber) {
			this.accountNumber = accountNumber;
			return this;
		}

		/** Set Kopo Kopo's reference of the branch of the bank; required. */
		public Builder bankBranchRef(String bankBranchRef) {
			this.bankBranchRef = bankBranchRef;
			return this;
		}

		@Override
		@SuppressWarnings("NullAway") // the record rejects missing values
		public BankAccountDestination build() {
			return new BankAccountDestination(this.accountName, this.accountNumber, this.bankBranchRef, this.amount,
					this.description, nickname(), this.favourite, extra());
		}

	}

}
