package io.github.k2connect.request;

import io.github.k2connect.InvalidK2RequestException;

/**
 * Base class of the builders of all requests and of their parts. What is set last counts.
 *
 * @param <T> the type of what is built
 * @param <B> the type of the builder
 */
public abstract class RequestBuilder<T, B extends RequestBuilder<T, B>> {

	/**
	 * Create the builder.
	 */
	protected RequestBuilder() {
	}

	/**
	 * Build what was set.
	 * @return what was built
	 * @throws InvalidK2RequestException if it cannot be sent; the exception lists
	 * everything that is missing or wrong
	 */
	public abstract T build();

	/**
	 * Return this builder.
	 * @return {@code this}
	 */
	@SuppressWarnings("unchecked") // each builder names its own class as B
	protected final B self() {
		return (B) this;
	}

}
