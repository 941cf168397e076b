package io.github.k2connect.settlement;

import java.util.Map;

import io.github.k2connect.InvalidK2RequestException;
import io.github.k2connect.PhoneNumber;
import io.github.k2connect.client.ApiVersion;
import io.github.k2connect.json.JsonBody;
import io.github.k2connect.request.NicknameRequestBuilder;
import io.github.k2connect.request.RequestValidator;
import org.jspecify.annotations.Nullable;

/**
 * Request to add a mobile wallet of the merchant.
 *
 * @param firstName the first name of the wallet's owner, or {@code null}
 * @param lastName the last name of the wallet's owner, or {@code null}
 * @param phoneNumber the wallet's phone number, as {@code +254} and nine digits
 * @param network the wallet's network, for example {@code Safaricom}
 * @param nickname the merchant's name for it, sent to version 2 only, or {@code null}
 * @param extra properties that this library does not know, by their paths in the JSON
 */
public record MerchantWalletRequest(@Nullable String firstName, @Nullable String lastName, String phoneNumber,
		String network, @Nullable String nickname, Map<String, Object> extra) {

	/**
	 * Validate and normalize the request.
	 * @throws InvalidK2RequestException if it is not valid
	 */
	public MerchantWalletRequest {
		RequestValidator violations = new RequestValidator();
		firstName = violations.optional(firstName);
		lastName = violations.optional(lastName);
		phoneNumber = violations.phoneNumber("phoneNumber", phoneNumber, PhoneNumber::international);
		network = violations.required("network", network);
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
		return new Builder().firstName(this.firstName)
			.lastName(this.lastName)
			.phoneNumber(this.phoneNumber)
			.network(this.network)
			.nickname(this.nickname)
			.extra(this.extra);
	}

	JsonBody toJson(ApiVersion version) {
		return new JsonBody().put("first_name", this.firstName)
			.put("last_name", this.lastName)
			.put("phone_number", this.phoneNumber)
			.put("network", this.network)
			.put("nickname", (version == ApiVersion.V2) ? this.nickname : null)
			.extra(this.extra);
	}

	/**
	 * Builder for {@link MerchantWalletRequest}.
	 */
	public static final class Builder extends NicknameRequestBuilder<MerchantWalletRequest, Builder> {

		private @Nullable String firstName;

		private @Nullable String lastName;

		private @Nullable String phoneNumber;

		private @Nullable String network;

		private Builder() {
		}

		/** Set the first name of the wallet's owner. */
		public Builder firstName(@Nullable String firstName) {
			this.firstName = firstName;
			return this;
		}

		/** Set the last name of the wallet's owner. */
		public Builder lastName(@Nullable String lastName) {
			this.lastName = lastName;
			return this;
		}

		/**
		 * Set the wallet's phone number, in a format that {@link PhoneNumber#parse}
		 * accepts, such as {@code 0712 345 678}; required.
		 */
		public Builder phoneNumber(String phoneNumber) {
			this.phoneNumber = phoneNumber;
			return this;
		}

		/** Set the wallet's network, for example {@code Safaricom}; required. */
		public Builder network(String network) {
			this.network = network;
			return this;
		}

		@Override
		@SuppressWarnings("NullAway") // the record rejects missing values
		public MerchantWalletRequest build() {
			return new MerchantWalletRequest(this.firstName, this.lastName, this.phoneNumber, this.network, nickname(),
					extra());
		}

	}

}
