package io.github.k2connect.sendmoney;

import java.math.BigDecimal;
import java.util.Map;

import io.github.k2connect.InvalidK2RequestException;
import io.github.k2connect.PhoneNumber;
import io.github.k2connect.client.Fingerprint;
import io.github.k2connect.json.JsonBody;
import io.github.k2connect.request.RequestValidator;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Money for a phone. Created by {@link Destination#mobileWallet()}.
 *
 * @param phoneNumber the phone number, as {@code 254} and nine digits
 * @param network the network, for example {@code Safaricom}
 * @param amount the amount in shillings, positive, with at most two decimals
 * @param description what the money is for
 * @param nickname the name under which the destination is kept, or {@code null}
 * @param favourite whether the destination is kept as a favourite, or {@code null}
 * @param extra properties that this library does not know, by their paths in the JSON
 */
public record MobileWalletDestination(String phoneNumber, String network, BigDecimal amount, String description,
		@Nullable String nickname, @Nullable Boolean favourite, Map<String, Object> extra) implements Destination {

	/**
	 * Validate and normalize the destination.
	 * @throws InvalidK2RequestException if it is not valid
	 */
	public MobileWalletDestination {
		RequestValidator violations = new RequestValidator();
		phoneNumber = violations.phoneNumber("phoneNumber", phoneNumber, PhoneNumber::withoutPlus);
		network = violations.required("network", network);
		amount = violations.amount("amount", amount);
		description = violations.required("description", description);
		nickname = violations.optional(nickname);
		extra = violations.extra(extra);
		violations.throwIfAny();
	}

	@Override
	public String type() {
		return "mobile_wallet";
	}

	@Override
	public Builder toBuilder() {
		return new Builder().phoneNumber(this.phoneNumber).network(this.network).common(this);
	}

	/**
	 * {@inheritDoc}
	 * @hidden
	 */
	@API(status = API.Status.INTERNAL)
	@Override
	public JsonBody properties() {
		return new JsonBody().put("phone_number", this.phoneNumber).put("network", this.network);
	}

	/**
	 * {@inheritDoc}
	 * @hidden
	 */
	@API(status = API.Status.INTERNAL)
	@Override
	public Fingerprint fingerprint() {
		return Fingerprint.of(type()).with("recipient", this.phoneNumber).with("network", this.network);
	}

	/**
	 * Builder for {@link MobileWalletDestination}.
	 */
	public static final class Builder extends DestinationBuilder<MobileWalletDestination, Builder> {

		private @Nullable String phoneNumber;

		private @Nullable String network;

		Builder() {
		}

		/**
		 * Set the phone number, in a format that {@link PhoneNumber#parse} accepts, such
		 * as {@code 0712 345 678}; required.
		 */
		public Builder phoneNumber(String phoneNumber) {
			this.phoneNumber = phoneNumber;
			return this;
		}

		/**
		 * Set the network of the phone number, for example {@code Safaricom}; required.
		 */
		public Builder network(String network) {
			this.network = network;
			return this;
		}

		@Override
		@SuppressWarnings("NullAway") // the record rejects missing values
		public MobileWalletDestination build() {
			return new MobileWalletDestination(this.phoneNumber, this.network, this.amount, this.description,
					nickname(), this.favourite, extra());
		}

	}

}
