package io.github.k2connect.sendmoney;

import java.math.BigDecimal;

import io.github.k2connect.request.NicknameRequestBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Base class of the builders of destinations.
 *
 * @param <T> the type of the destination
 * @param <B> the type of the builder
 */
public abstract class DestinationBuilder<T, B extends DestinationBuilder<T, B>> extends NicknameRequestBuilder<T, B> {

	/**
	 * The amount.
	 */
	@Nullable BigDecimal amount;

	/**
	 * What the money is for.
	 */
	@Nullable String description;

	/**
	 * Whether the destination is kept as a favourite.
	 */
	@Nullable Boolean favourite;

	DestinationBuilder() {
	}

	/** Set the amount in shillings, positive and with at most two decimals; required. */
	public B amount(BigDecimal amount) {
		this.amount = amount;
		return self();
	}

	/** Set the amount in whole shillings, positive; required. */
	public B amount(long amount) {
		return amount(BigDecimal.valueOf(amount));
	}

	/** Set what the money is for; required, except for the merchant's own accounts. */
	public B description(@Nullable String description) {
		this.description = description;
		return self();
	}

	/**
	 * Set whether the destination is kept as a favourite; if not set, Kopo Kopo decides.
	 */
	public B favourite(@Nullable Boolean favourite) {
		this.favourite = favourite;
		return self();
	}

	/**
	 * Set what destinations of all types have.
	 */
	B common(Destination destination) {
		return amount(destination.amount()).description(destination.description())
			.nickname(destination.nickname())
			.favourite(destination.favourite())
			.extra(destination.extra());
	}

}
