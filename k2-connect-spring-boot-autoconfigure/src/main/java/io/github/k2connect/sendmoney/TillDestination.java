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
 * Money for a till. Created by {@link Destination#till()}.
 *
 * @param tillNumber the number of the till
 * @param amount the amount in shillings, positive, with at most two decimals
 * @param description what the money is for
 * @param nickname the name under which the destination is kept, or {@code null}
 * @param favourite whether the destination is kept as a favourite, or {@code null}
 * @param extra properties that this library does not know, by their paths in the JSON
 */
public record TillDestination(String tillNumber, BigDecimal amount, String description, @Nullable String nickname,
		@Nullable Boolean favourite, Map<String, Object> extra) implements Destination {

	/**
	 * Validate and normalize the destination.
	 * @throws InvalidK2RequestException if it is not valid
	 */
	public TillDestination {
		RequestValidator violations = new RequestValidator();
		tillNumber = violations.required("tillNumber", tillNumber);
		amount = violations.amount("amount", amount);
		description = violations.required("description", description);
		nickname = violations.optional(nickname);
		extra = violations.extra(extra);
		violations.throwIfAny();
	}

	@Override
	public String type() {
		return "till";
	}

	@Override
	public Builder toBuilder() {
		return new Builder().tillNumber(this.tillNumber).common(this);
	}

	/**
	 * {@inheritDoc}
	 * @hidden
	 */
	@API(status = API.Status.INTERNAL)
	@Override
	public JsonBody properties() {
		return new JsonBody().put("till_number", this.tillNumber);
	}

	/**
	 * {@inheritDoc}
	 * @hidden
	 */
	@API(status = API.Status.INTERNAL)
	@Override
	public Fingerprint fingerprint() {
		return Fingerprint.of(type()).with("recipient", this.tillNumber);
	}

	/**
	 * Builder for {@link TillDestination}.
	 */
	public static final class Builder extends DestinationBuilder<TillDestination, Builder> {

		private @Nullable String tillNumber;

		Builder() {
		}

		/** Set the number of the till; required. */
		public Builder tillNumber(String tillNumber) {
			this.tillNumber = tillNumber;
			return this;
		}

		@Override
		@SuppressWarnings("NullAway") // the record rejects missing values
		public TillDestination build() {
			return new TillDestination(this.tillNumber, this.amount, this.description, nickname(), this.favourite,
					extra());
		}

	}

}
