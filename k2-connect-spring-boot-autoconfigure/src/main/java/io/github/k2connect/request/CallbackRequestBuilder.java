package io.github.k2connect.request;

import java.net.URI;

import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Base class of the builders of requests with an asynchronous result.
 *
 * @param <T> the type of the request
 * @param <B> the type of the builder
 */
public abstract class CallbackRequestBuilder<T, B extends CallbackRequestBuilder<T, B>> extends RequestBuilder<T, B> {

	private @Nullable URI callbackUrl;

	/**
	 * Create the builder.
	 * @hidden
	 */
	@API(status = API.Status.INTERNAL)
	protected CallbackRequestBuilder() {
	}

	/**
	 * Set the absolute http or https URL to which the result is sent; the default is the
	 * configured callback URL.
	 */
	public B callbackUrl(@Nullable URI callbackUrl) {
		this.callbackUrl = callbackUrl;
		return self();
	}

	/**
	 * Set the absolute http or https URL to which the result is sent; the default is the
	 * configured callback URL.
	 */
	public B callbackUrl(@Nullable String callbackUrl) {
		return callbackUrl(RequestValidator.parseUrl(callbackUrl));
	}

	/**
	 * Return the URL to which the result is sent.
	 * @return the URL, or {@code null} for the default
	 * @hidden
	 */
	@API(status = API.Status.INTERNAL)
	protected final @Nullable URI callbackUrl() {
		return this.callbackUrl;
	}

}
