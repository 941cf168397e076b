package io.github.k2connect.sendmoney;

import io.github.k2connect.request.MetadataRequestBuilder;
import io.github.k2connect.request.RequestValidator;
import org.jspecify.annotations.Nullable;

/**
 * Base class of the builders of requests that take money from an account.
 *
 * @param <T> the type of the request
 * @param <B> the type of the builder
 */
public abstract class SourceRequestBuilder<T, B extends SourceRequestBuilder<T, B>>
		extends MetadataRequestBuilder<T, B> {

	/**
	 * The account from which the money is taken, or {@code null} to let Kopo Kopo decide.
	 */
	@Nullable String sourceIdentifier;

	/**
	 * The currency, or {@code null} for Kenyan shillings.
	 */
	@Nullable String currency;

	SourceRequestBuilder() {
	}

	/**
	 * Set the account from which the money is taken; when left out, Kopo Kopo chooses.
	 */
	public B sourceIdentifier(@Nullable String sourceIdentifier) {
		this.sourceIdentifier = sourceIdentifier;
		return self();
	}

	/**
	 * Set the currency; {@value RequestValidator#CURRENCY} is the default and the only
	 * one.
	 */
	public B currency(String currency) {
		this.currency = currency;
		return self();
	}

}
