package io.github.k2connect.sendmoney;

import java.math.BigDecimal;

import io.github.k2connect.InvalidK2RequestException;
import io.github.k2connect.json.JsonBody;
import io.github.k2connect.request.RequestValidator;
import org.jspecify.annotations.Nullable;

/**
 * Money for a bank account of the merchant's own. Made by
 * {@link Destination#merchantBankAccount()}.
 *
 * @param reference Kopo Kopo's reference of the bank account
 * @param amount the amount in shillings, positive, with at most two decimals
 * @param description what the money is for, or {@code null}
 * @param nickname the name under which the destination is kept, or {@code null}
 * @param favourite whether the destination is kept as a favourite, or {@code null}
 */
public record MerchantBankAccountDestination(String reference, BigDecimal amount, @Nullable String description,
		@Nullable String nickname, @Nullable Boolean favourite) implements Destination {

	/**
	 * Validate the destination and bring it into the form in which it is sent.
	 * @throws InvalidK2RequestException if it cannot be sent
	 */
	public MerchantBankAccountDestination {
		RequestValidator violations = new RequestValidator();
		reference = violations.required("reference", reference);
		amount = violations.amount("amount", amount);
		description = violations.optional(description);
		nickname = violations.optional(nickname);
		violations.throwIfAny();
	}

	@Override
	public String type() {
		return "merchant_bank_account";
	}

	@Override
	public JsonBody properties() {
		return new JsonBody().put("reference", this.reference);
	}

	/**
	 * Builder for {@link MerchantBankAccountDestination}.
	 */
	public static final class Builder extends DestinationBuilder<Builder> {

		private @Nullable String reference;

		Builder() {
		}

		/**
		 * Set the bank account. Required.
		 * @param reference Kopo Kopo's reference of the bank account
		 * @return this builder
		 */
		public Builder reference(String reference) {
			this.reference = reference;
			return this;
		}

		/**
		 * Build the destination.
		 * @return the destination
		 * @throws InvalidK2RequestException if it cannot be sent
		 */
		@SuppressWarnings("NullAway") // what is missing is a violation
		public MerchantBankAccountDestination build() {
			return new MerchantBankAccountDestination(this.reference, this.amount, this.description, this.nickname,
					this.favourite);
		}

		@Override
		protected Builder self() {
			return this;
		}

	}

}
