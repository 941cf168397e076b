package io.github.k2connect.stk;

import java.math.BigDecimal;
import java.net.URI;
import java.util.Map;

import io.github.k2connect.InvalidK2RequestException;
import io.github.k2connect.PhoneNumber;
import io.github.k2connect.client.ApiVersion;
import io.github.k2connect.client.Fingerprint;
import io.github.k2connect.event.ResultType;
import io.github.k2connect.json.JsonBody;
import io.github.k2connect.request.MoneyRequestBuilder;
import io.github.k2connect.request.RequestValidator;
import org.jspecify.annotations.Nullable;

/**
 * Request for a payment on a customer's phone (STK push).
 *
 * @param paymentChannel the payment channel
 * @param tillNumber the number of the online payments account that is paid, for example
 * {@code K000000}
 * @param firstName the customer's first name, or {@code null}
 * @param middleName the customer's middle name, sent to version 2 only, or {@code null}
 * @param lastName the customer's last name, or {@code null}
 * @param phoneNumber the customer's phone number, as {@code +254} and nine digits
 * @param email the customer's e-mail address, or {@code null}
 * @param currency the currency, {@code KES}
 * @param amount the amount in shillings, positive, with at most two decimals
 * @param callbackUrl the URL to which the result is sent, or {@code null} for the default
 * @param metadata the merchant's own data, which the result contains again; at most 5
 * entries
 * @param idempotencyKey the key with which the request is sent once, or {@code null}
 * @param extra properties that this library does not know, by their paths in the JSON
 */
public record StkPushRequest(String paymentChannel, String tillNumber, @Nullable String firstName,
		@Nullable String middleName, @Nullable String lastName, String phoneNumber, @Nullable String email,
		String currency, BigDecimal amount, @Nullable URI callbackUrl, Map<String, String> metadata,
		@Nullable String idempotencyKey, Map<String, Object> extra) {

	/**
	 * Validate and normalize the request.
	 * @throws InvalidK2RequestException if it is not valid
	 */
	public StkPushRequest {
		RequestValidator violations = new RequestValidator();
		paymentChannel = violations.required("paymentChannel", paymentChannel);
		tillNumber = violations.required("tillNumber", tillNumber);
		firstName = violations.optional(firstName);
		middleName = violations.optional(middleName);
		lastName = violations.optional(lastName);
		phoneNumber = violations.phoneNumber("phoneNumber", phoneNumber, PhoneNumber::international);
		email = violations.optional(email);
		currency = violations.currency(currency);
		amount = violations.amount("amount", amount);
		violations.callbackUrl("callbackUrl", callbackUrl);
		metadata = violations.metadata(metadata);
		idempotencyKey = violations.idempotencyKey(idempotencyKey);
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
	 * Create a new builder with the values of this request, without its idempotency key.
	 * @return the builder
	 */
	public Builder toBuilder() {
		return new Builder().paymentChannel(this.paymentChannel)
			.tillNumber(this.tillNumber)
			.firstName(this.firstName)
			.middleName(this.middleName)
			.lastName(this.lastName)
			.phoneNumber(this.phoneNumber)
			.email(this.email)
			.currency(this.currency)
			.amount(this.amount)
			.callbackUrl(this.callbackUrl)
			.metadata(this.metadata)
			.extra(this.extra);
	}

	JsonBody toJson(ApiVersion version, URI callback) {
		return new JsonBody().put("payment_channel", this.paymentChannel)
			.put("till_number", this.tillNumber)
			.put("subscriber",
					new JsonBody().put("first_name", this.firstName)
						.put("middle_name", (version == ApiVersion.V2) ? this.middleName : null)
						.put("last_name", this.lastName)
						.put("phone_number", this.phoneNumber)
						.put("email", this.email))
			.amount(this.currency, this.amount)
			.metadata(this.metadata)
			.callbackUrl(callback)
			.extra(this.extra);
	}

	/**
	 * Return by what another request with the same idempotency key is the same.
	 */
	Fingerprint fingerprint() {
		return Fingerprint.of(ResultType.INCOMING_PAYMENT.value())
			.with("till", this.tillNumber)
			.with("recipient", this.phoneNumber)
			.amount(this.currency, this.amount);
	}

	/**
	 * Builder for {@link StkPushRequest}.
	 */
	public static final class Builder extends MoneyRequestBuilder<StkPushRequest, Builder> {

		private String paymentChannel = "M-PESA STK Push";

		private @Nullable String tillNumber;

		private @Nullable String firstName;

		private @Nullable String middleName;

		private @Nullable String lastName;

		private @Nullable String phoneNumber;

		private @Nullable String email;

		private Builder() {
		}

		/** Set the payment channel; the default is {@code M-PESA STK Push}. */
		public Builder paymentChannel(String paymentChannel) {
			this.paymentChannel = paymentChannel;
			return this;
		}

		/**
		 * Set the number of the online payments account that is paid, for example
		 * {@code K000000}; required.
		 */
		public Builder tillNumber(String tillNumber) {
			this.tillNumber = tillNumber;
			return this;
		}

		/** Set the customer's first name. */
		public Builder firstName(@Nullable String firstName) {
			this.firstName = firstName;
			return this;
		}

		/** Set the customer's middle name; sent to version 2 only. */
		public Builder middleName(@Nullable String middleName) {
			this.middleName = middleName;
			return this;
		}

		/** Set the customer's last name. */
		public Builder lastName(@Nullable String lastName) {
			this.lastName = lastName;
			return this;
		}

		/**
		 * Set the customer's phone number, in a format that {@link PhoneNumber#parse}
		 * accepts, such as {@code 0712 345 678}; required.
		 */
		public Builder phoneNumber(String phoneNumber) {
			this.phoneNumber = phoneNumber;
			return this;
		}

		/** Set the customer's e-mail address. */
		public Builder email(@Nullable String email) {
			this.email = email;
			return this;
		}

		@Override
		@SuppressWarnings("NullAway") // the record rejects missing values
		public StkPushRequest build() {
			return new StkPushRequest(this.paymentChannel, this.tillNumber, this.firstName, this.middleName,
					this.lastName, this.phoneNumber, this.email, currency(), amount(), callbackUrl(), metadata(),
					idempotencyKey(), extra());
		}

	}

}
