package io.github.k2connect.request;

import java.math.BigDecimal;

import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Base class of the builders of requests with an amount and metadata.
 *
 * @param <T> the type of the request
 * @param <B> the type of the builder
 */
public abstract class MoneyRequestBuilder<T, B extends MoneyRequestBuilder<T, B>> extends MetadataRequestBuilder<T, B> {

	private @Nullable String currency;

	private @Nullable BigDecimal amount;

	/**
	 * Create the builder.
	 * @hidden
	 */
	@API(status = API.Status.INTERNAL)
	protected MoneyRequestBuilder() {
	}

	/**
	 * Set the currency; {@value RequestValidator#CURRENCY} is the default and the only
	 * one.
	 */
	public B currency(String currency) {
		this.currency = currency;
		return self();
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

	/**
	 * Return the currency.
	 * @return the currency, or {@code null} for Kenyan shillings
	 * @hidden
	 */
	@API(status = API.Status.INTERNAL)
	protected final @Nullable String currency() {
		return this.currency;
	}

	/**
	 * Return the amount.
	 * @return the amount, or {@code null} if it is not set
	 * @hidden
	 */
	@API(status = API.Status.INTERNAL)
	protected final @Nullable BigDecimal amount() {
		return this.amount;
	}

}
