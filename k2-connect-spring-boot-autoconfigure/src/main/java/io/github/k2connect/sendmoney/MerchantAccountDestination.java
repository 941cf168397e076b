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
 * Money for a wallet or the merchant's own bank account. Created by
 * {@link Destination#merchantWallet()} or {@link Destination#merchantBankAccount()}.
 *
 * @param type {@value #WALLET} or {@value #BANK_ACCOUNT}
 * @param reference Kopo Kopo's reference of the account
 * @param amount the amount in shillings, positive, with at most two decimals
 * @param description what the money is for, or {@code null}
 * @param nickname the name under which the destination is kept, or {@code null}
 * @param favourite whether the destination is kept as a favourite, or {@code null}
 * @param extra properties that this library does not know, by their paths in the JSON
 */
public record MerchantAccountDestination(String type, String reference, BigDecimal amount, @Nullable String description,
		@Nullable String nickname, @Nullable Boolean favourite, Map<String, Object> extra) implements Destination {

	static final String WALLET = "merchant_wallet";

	static final String BANK_ACCOUNT = "merchant_bank_account";

	/**
	 * Validate and normalize the destination.
	 * @throws InvalidK2RequestException if it is not valid
	 */
	public MerchantAccountDestination {
		RequestValidator violations = new RequestValidator();
		type = violations.required("type", type);
		if (!type.isEmpty() && !type.equals(WALLET) && !type.equals(BANK_ACCOUNT)) {
			violations.add("type", "must be " + WALLET + " or " + BANK_ACCOUNT);
		}
		reference = violations.required("reference", reference);
		amount = violations.amount("amount", amount);
		description = violations.optional(description);
		nickname = violations.optional(nickname);
		extra = violations.extra(extra);
		violations.throwIfAny();
	}

	@Override
	public Builder toBuilder() {
		return new Builder(this.type).reference(this.reference).common(this);
	}

	/**
	 * {@inheritDoc}
	 * @hidden
	 */
	@API(status = API.Status.INTERNAL)
	@Override
	public JsonBody properties() {
		return new JsonBody().put("reference", this.reference);
	}

	/**
	 * {@inheritDoc}
	 * @hidden
	 */
	@API(status = API.Status.INTERNAL)
	@Override
	public Fingerprint fingerprint() {
		return Fingerprint.of(type()).with("recipient", this.reference);
	}

	/**
	 * Builder for {@link MerchantAccountDestination}.
	 */
	public static final class Builder extends DestinationBuilder<MerchantAccountDestination, Builder> {

		private final String type;

		private @Nullable String reference;

		Builder(String type) {
			this.type = type;
		}

		/** Set Kopo Kopo's reference of the account; required. */
		public Builder reference(String reference) {
			this.reference = reference;
			return this;
		}

		@Override
		@SuppressWarnings("NullAway") // the record rejects missing values
		public MerchantAccountDestination build() {
			return new MerchantAccountDestination(this.type, this.reference, this.amount, this.description, nickname(),
					this.favourite, extra());
		}

	}

}
