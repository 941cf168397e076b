package io.github.k2connect.request;

import java.net.URI;
import java.net.URISyntaxException;

import org.jspecify.annotations.Nullable;

/**
 * What the builders of all requests with an asynchronous result share.
 *
 * @param <B> the type of the builder
 */
public abstract class CallbackRequestBuilder<B extends CallbackRequestBuilder<B>> {

	private static final URI UNREADABLE = URI.create("unreadable:url");

	/**
	 * Where the result is sent, or {@code null} for the default.
	 */
	protected @Nullable URI callbackUrl;

	/**
	 * For the builders of requests.
	 */
	protected CallbackRequestBuilder() {
	}

	/**
	 * Set where the result is sent; the default is the one that is configured.
	 * @param callbackUrl an absolute http or https URL, or {@code null} for the default
	 * @return this builder
	 */
	public B callbackUrl(@Nullable URI callbackUrl) {
		this.callbackUrl = callbackUrl;
		return self();
	}

	/**
	 * Set where the result is sent; the default is the one that is configured.
	 * @param callbackUrl an absolute http or https URL, or {@code null} for the default;
	 * what is none is a violation
	 * @return this builder
	 */
	public B callbackUrl(@Nullable String callbackUrl) {
		return callbackUrl(parse(callbackUrl));
	}

	/**
	 * This builder.
	 * @return {@code this}
	 */
	protected abstract B self();

	/**
	 * Read an address without failing before {@code build()}, where it is reported with
	 * all that is wrong.
	 * @param url the address as written, or {@code null}
	 * @return the address, or {@code null}; for an unreadable one an address that no rule
	 * accepts
	 */
	public static @Nullable URI parse(@Nullable String url) {
		try {
			return (url != null) ? new URI(url.strip()) : null;
		}
		catch (URISyntaxException ex) {
			return UNREADABLE;
		}
	}

}
