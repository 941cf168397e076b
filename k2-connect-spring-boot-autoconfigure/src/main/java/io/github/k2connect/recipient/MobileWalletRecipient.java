package io.github.k2connect.recipient;

import java.util.Map;

import io.github.k2connect.InvalidK2RequestException;
import io.github.k2connect.PhoneNumber;
import io.github.k2connect.request.NicknameRequestBuilder;
import io.github.k2connect.json.JsonBody;
import io.github.k2connect.request.RequestValidator;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * A recipient with a mobile wallet. Created by {@link Recipient#mobileWallet()}.
 *
 * @param firstName the recipient's first name
 * @param lastName the recipient's last name
 * @param phoneNumber the recipient's phone number, as {@code +254} and nine digits
 * @param email the recipient's e-mail address, or {@code null}
 * @param network the network of the phone number, for example {@code Safaricom}
 * @param nickname the merchant's name for the recipient, sent to version 2 only, or
 * {@code null}
 * @param extra properties that this library does not know, by their paths in the JSON
 */
public record MobileWalletRecipient(String firstName, String lastName, String phoneNumber, @Nullable String email,
		String network, @Nullable String nickname, Map<String, Object> extra) implements Recipient {

	/**
	 * Validate and normalize the recipient.
	 * @throws InvalidK2RequestException if it is not valid
	 */
	public MobileWalletRecipient {
		RequestValidator violations = new RequestValidator();
		firstName = violations.required("firstName", firstName);
		lastName = violations.required("lastName", lastName);
		phoneNumber = violations.phoneNumber("phoneNumber", phoneNumber, PhoneNumber::international);
		email = violations.optional(email);
		network = violations.required("network", network);
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
		return new Builder().firstName(this.firstName)
			.lastName(this.lastName)
			.phoneNumber(this.phoneNumber)
			.email(this.email)
			.network(this.network)
			.nickname(this.nickname)
			.extra(this.extra);
	}

	/**
	 * {@inheritDoc}
	 * @hidden
	 */
	@API(status = API.Status.INTERNAL)
	@Override
	public JsonBody properties() {
		return new JsonBody().put("first_name", this.firstName)
			.put("last_name", this.lastName)
			.put("phone_number", this.phoneNumber)
			.put("email", this.email)
			.put("network", this.network);
	}

	/**
	 * Builder for {@link MobileWalletRecipient}.
	 */
	public static final class Builder extends NicknameRequestBuilder<MobileWalletRecipient, Builder> {

		private @Nullable String firstName;

		private @Nullable String lastName;

		private @Nullable String phoneNumber;

		private @Nullable String email;

		private @Nullable String network;

		Builder() {
		}

		/** Set the recipient's first name; required. */
		public Builder firstName(String firstName) {
			this.firstName = firstName;
			return this;
		}

		/** Set the recipient's last name; required. */
		public Builder lastName(String lastName) {
			this.lastName = lastName;
			return this;
		}

		/**
		 * Set the recipient's phone number, in a format that {@link PhoneNumber#parse}
		 * accepts, such as {@code 0712 345 678}; required.
		 */
		public Builder phoneNumber(String phoneNumber) {
			this.phoneNumber = phoneNumber;
			return this;
		}

		/** Set the recipient's e-mail address. */
		public Builder email(@Nullable String email) {
			this.email = email;
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
		public MobileWalletRecipient build() {
			return new MobileWalletRecipient(this.firstName, this.lastName, this.phoneNumber, this.email, this.network,
					nickname(), extra());
		}

	}

}
