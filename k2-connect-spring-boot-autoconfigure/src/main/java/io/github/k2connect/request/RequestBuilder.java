package io.github.k2connect.request;

import io.github.k2connect.InvalidK2RequestException;
import org.apiguardian.api.API;

/**
 * Base class of the builders of all requests and of their parts. A value replaces the
 * value set before.
 *
 * @param <T> the type of the result
 * @param <B> the type of the builder
 */
public abstract class RequestBuilder<T, B extends RequestBuilder<T, B>> {

	/**
	 * Create the builder.
	 * @hidden
	 */
	@API(status = API.Status.INTERNAL)
	protected RequestBuilder() {
	}

	/**
	 * Build the result.
	 * @return the result
	 * @throws InvalidK2RequestException if anything is missing or wrong; the exception
	 * lists all violations
	 */
	public abstract T build();

	/**
	 * Return this builder.
	 * @return {@code this}
	 * @hidden
	 */
	@API(status = API.Status.INTERNAL)
	@SuppressWarnings("unchecked") // each builder names its own class as B
	protected final B self() {
		return (B) this;
	}

}
