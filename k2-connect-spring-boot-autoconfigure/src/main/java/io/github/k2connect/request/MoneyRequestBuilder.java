package io.github.k2connect.request;

import java.math.BigDecimal;

import org.jspecify.annotations.Nullable;

/**
 * What the builders of all requests with an amount and metadata share.
 *
 * @param <B> the type of the builder
 */
public abstract class MoneyRequestBuilder<B extends MoneyRequestBuilder<B>> extends MetadataRequestBuilder<B> {

	/**
	 * The currency, or {@code null} for Kenyan shillings.
	 */
	protected @Nullable String currency;

	/**
	 * The amount.
	 */
	protected @Nullable BigDecimal amount;

	/**
	 * For the builders of requests.
	 */
	protected MoneyRequestBuilder() {
	}

	/**
	 * Set the currency; the default is {@value RequestValidator#CURRENCY}, which is the
	 * only one.
	 * @param currency the currency
	 * @return this builder
	 */
	public B currency(String currency) {
		this.currency = currency;
		return self();
	}

	/**
	 * Set the amount.
	 * @param amount in shillings, positive, with at most two decimals
	 * @return this builder
	 */
	public B amount(BigDecimal amount) {
		this.amount = amount;
		return self();
	}

	/**
	 * Set the amount.
	 * @param amount in whole shillings, positive
	 * @return this builder
	 */
	public B amount(long amount) {
		return amount(BigDecimal.valueOf(amount));
	}

}
