package io.github.k2connect.settlement;

import java.util.Map;
import java.util.Set;

import io.github.k2connect.InvalidK2RequestException;
import io.github.k2connect.client.ApiVersion;
import io.github.k2connect.json.JsonBody;
import io.github.k2connect.request.NicknameRequestBuilder;
import io.github.k2connect.request.RequestValidator;
import org.jspecify.annotations.Nullable;

/**
 * Request to add a bank account of the merchant.
 *
 * @param accountName the name of the account's owner
 * @param bankBranchRef Kopo Kopo's reference of the branch of the bank
 * @param accountNumber the account's number
 * @param settlementMethod how the bank is paid, {@code EFT} or {@code RTS}
 * @param nickname the merchant's name for it, sent to version 2 only, or {@code null}
 * @param extra properties that this library does not know, by their paths in the JSON
 */
public record MerchantBankAccountRequest(String accountName, String bankBranchRef, String accountNumber,
		String settlementMethod, @Nullable String nickname, Map<String, Object> extra) {

	private static final Set<String> SETTLEMENT_METHODS = Set.of("EFT", "RTS");

	/**
	 * Validate and normalize the request.
	 * @throws InvalidK2RequestException if it is not valid
	 */
	public MerchantBankAccountRequest {
		RequestValidator violations = new RequestValidator();
		accountName = violations.required("accountName", accountName);
		bankBranchRef = violations.required("bankBranchRef", bankBranchRef);
		accountNumber = violations.required("accountNumber", accountNumber);
		settlementMethod = violations.required("settlementMethod", settlementMethod);
		if (!settlementMethod.isEmpty() && !SETTLEMENT_METHODS.contains(settlementMethod)) {
			violations.add("settlementMethod", "must be EFT or RTS");
		}
		nickname = violations.optional(nickname);
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
		return new Builder().accountName(this.accountName)
			.bankBranchRef(this.bankBranchRef)
			.accountNumber(this.accountNumber)
			.settlementMethod(this.settlementMethod)
			.nickname(this.nickname)
			.extra(this.extra);
	}

	JsonBody toJson(ApiVersion version) {
		return new JsonBody().put("account_name", this.accountName)
			.put("bank_branch_ref", this.bankBranchRef)
			.put("account_number", this.accountNumber)
			.put("settlement_method", this.settlementMethod)
			.put("nickname", (version == ApiVersion.V2) ? this.nickname : null)
			.extra(this.extra);
	}

	/**
	 * Builder for {@link MerchantBankAccountRequest}.
	 */
	public static final class Builder extends NicknameRequestBuilder<MerchantBankAccountRequest, Builder> {

		private @Nullable String accountName;

		private @Nullable String bankBranchRef;

		private @Nullable String accountNumber;

		private @Nullable String settlementMethod;

		private Builder() {
		}

		/** Set the name of the account's owner; required. */
		public Builder accountName(String accountName) {
			this.accountName = accountName;
			return this;
		}

		/** Set Kopo Kopo's reference of the branch of the bank; required. */
		public Builder bankBranchRef(String bankBranchRef) {
			this.bankBranchRef = bankBranchRef;
			return this;
		}

		/** Set the account's number; required. */
		public Builder accountNumber(String accountNumber) {
			this.accountNumber = accountNumber;
			return this;
		}

		/** Set how the bank is paid, {@code EFT} or {@code RTS}; required. */
		public Builder settlementMethod(String settlementMethod) {
			this.settlementMethod = settlementMethod;
			return this;
		}

		@Override
		@SuppressWarnings("NullAway") // the record rejects missing values
		public MerchantBankAccountRequest build() {
			return new MerchantBankAccountRequest(this.accountName, this.bankBranchRef, this.accountNumber,
					this.settlementMethod, nickname(), extra());
		}

	}

}
