package io.github.k2connect.sendmoney;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.github.k2connect.InvalidK2RequestException;
import io.github.k2connect.client.Fingerprint;
import io.github.k2connect.event.ResultType;
import io.github.k2connect.json.JsonBody;
import io.github.k2connect.request.RequestValidator;
import org.jspecify.annotations.Nullable;

/**
 * Request to send money to one or more destinations.
 *
 * @param destinations where the money goes, at least one
 * @param sourceIdentifier the account from which the money is taken, or {@code null} for
 * Kopo Kopo's default
 * @param currency the currency, {@code KES}
 * @param callbackUrl the URL to which the result is sent, or {@code null} for the default
 * @param metadata the merchant's own data, which the result contains again; at most 5
 * entries
 * @param idempotencyKey the key with which the request is sent once, or {@code null}
 * @param extra properties that this library does not know, by their paths in the JSON
 */
public record SendMoneyRequest(List<Destination> destinations, @Nullable String sourceIdentifier, String currency,
		@Nullable URI callbackUrl, Map<String, String> metadata, @Nullable String idempotencyKey,
		Map<String, Object> extra) {

	/**
	 * Validate and normalize the request.
	 * @throws InvalidK2RequestException if it is not valid
	 */
	public SendMoneyRequest {
		RequestValidator violations = new RequestValidator();
		destinations = validate(destinations, violations);
		sourceIdentifier = violations.optional(sourceIdentifier);
		currency = violations.currency(currency);
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
		return new Builder().destinations(this.destinations)
			.sourceIdentifier(this.sourceIdentifier)
			.currency(this.currency)
			.callbackUrl(this.callbackUrl)
			.metadata(this.metadata)
			.extra(this.extra);
	}

	JsonBody toJson(URI callback) {
		return new JsonBody().putObjects("destinations", this.destinations.stream().map(Destination::toJson).toList())
			.put("source_identifier", this.sourceIdentifier)
			.put("currency", this.currency)
			.metadata(this.metadata)
			.callbackUrl(callback)
			.extra(this.extra);
	}

	/**
	 * Return by what another request with the same idempotency key is the same. The order
	 * of the destinations does not matter.
	 */
	Fingerprint fingerprint() {
		Fingerprint fingerprint = Fingerprint.of(ResultType.SEND_MONEY.value()).with("till", this.sourceIdentifier);
		this.destinations.stream()
			.map((destination) -> destination.fingerprint()
				.with("type", destination.type())
				.amount(this.currency, destination.amount())
				.properties())
			.sorted()
			.forEach((destination) -> fingerprint.with("destination", destination));
		return fingerprint;
	}

	/**
	 * Require destinations: without any, Kopo Kopo sends the whole balance to the
	 * merchant's own accounts.
	 */
	private static List<Destination> validate(@Nullable List<Destination> destinations, RequestValidator violations) {
		List<@Nullable Destination> copy = new ArrayList<>();
		if (destinations != null) {
			copy.addAll(destinations);
		}
		if (copy.isEmpty()) {
			violations.add("destinations", "must have at least one entry");
		}
		if (copy.contains(null)) {
			violations.add("destinations", "must not have a null entry");
		}
		return copy.stream().filter(Objects::nonNull).toList();
	}

	/**
	 * Builder for {@link SendMoneyRequest}.
	 */
	public static final class Builder extends SourceRequestBuilder<SendMoneyRequest, Builder> {

		private final List<Destination> destinations = new ArrayList<>();

		private Builder() {
		}

		/**
		 * Set where the money goes, replacing the destinations set before; at least one
		 * is required.
		 */
		public Builder destinations(List<? extends Destination> destinations) {
			this.destinations.clear();
			if (destinations != null) {
				this.destinations.addAll(destinations);
			}
			return this;
		}

		/** Add a destination of the money. */
		public Builder destination(Destination destination) {
			this.destinations.add(destination);
			return this;
		}

		@Override
		@SuppressWarnings("NullAway") // the record rejects missing values
		public SendMoneyRequest build() {
			return new SendMoneyRequest(this.destinations, this.sourceIdentifier, this.currency, callbackUrl(),
					metadata(), idempotencyKey(), extra());
		}

	}

}
