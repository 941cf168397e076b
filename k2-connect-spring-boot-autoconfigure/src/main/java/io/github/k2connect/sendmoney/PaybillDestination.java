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
 * Money for an account at a paybill. Created by {@link Destination#paybill()}.
 *
 * @param paybillNumber the number of the paybill
 * @param paybillAccountNumber the account at the paybill
 * @param amount the amount in shillings, positive, with at most two decimals
 * @param description what the money is for
 * @param nickname the name under which the destination is kept, or {@code null}
 * @param favourite whether the destination is kept as a favourite, or {@code null}
 * @param extra properties that this library does not know, by their paths in the JSON
 */
public record PaybillDestination(String paybillNumber, String paybillAccountNumber, BigDecimal amount,
		String description, @Nullable String nickname, @Nullable Boolean favourite,
		Map<String, Object> extra) implements Destination {

	/**
	 * Validate and normalize the destination.
	 * @throws InvalidK2RequestException if it is not valid
	 */
	public PaybillDestination {
		RequestValidator violations = new RequestValidator();
		paybillNumber = violations.required("paybillNumber", paybillNumber);
		paybillAccountNumber = violations.required("paybillAccountNumber", paybillAccountNumber);
		amount = violations.amount("amount", amount);
		description = violations.required("description", description);
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
		return new Builder().paybillNumber(this.paybillNumber)
			.paybillAccountNumber(this.paybillAccountNumber)
			.common(this);
	}

	/**
	 * {@inheritDoc}
	 * @hidden
	 */
	@API(status = API.Status.INTERNAL)
	@Override
	public JsonBody properties() {
		return new JsonBody().put("paybill_number", this.paybillNumber)
			.put("paybill_account_number", this.paybillAccountNumber);
	}

	/**
	 * {@inheritDoc}
	 * @hidden
	 */
	@API(status = API.Status.INTERNAL)
	@Override
	public Fingerprint fingerprint() {
		return Fingerprint.of(type()).with("recipient", this.paybillNumber).with("account", this.paybillAccountNumber);
	}

	/**
	 * Builder for {@link PaybillDestination}.
	 */
	public static final class Builder extends DestinationBuilder<PaybillDestination, Builder> {

		private @Nullable String paybillNumber;

		private @Nullable String paybillAccountNumber;

		Builder() {
		}

		/** Set the number of the paybill; required. */
		public Builder paybillNumber(String paybillNumber) {
			this.paybillNumber = paybillNumber;
			return this;
		}

		/** Set the account at the paybill; required. */
		public Builder paybillAccountNumber(String paybillAccountNumber) {
			this.paybillAccountNumber = paybillAccountNumber;
			return this;
		}

		@Override
		@SuppressWarnings("NullAway") // the record rejects missing values
		public PaybillDestination build() {
			return new PaybillDestination(this.paybillNumber, this.paybillAccountNumber, this.amount, this.description,
					nickname(), this.favourite, extra());
		}

	}

}
