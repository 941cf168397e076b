package io.github.k2connect.request;

import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Base class of the builders of requests that are sent once if they have an idempotency
 * key.
 *
 * @param <T> the type of the request
 * @param <B> the type of the builder
 */
public abstract class IdempotentRequestBuilder<T, B extends IdempotentRequestBuilder<T, B>>
		extends CallbackRequestBuilder<T, B> {

	private @Nullable String idempotencyKey;

	/**
	 * Create the builder.
	 * @hidden
	 */
	@API(status = API.Status.INTERNAL)
	protected IdempotentRequestBuilder() {
	}

	/**
	 * Set the key with which the request is sent once: another request with the same key,
	 * at any instance, returns the location of the first one and sends nothing. It has 1
	 * to 255 printable ASCII characters. The key is stored as it is, so it should contain
	 * no personal data.
	 */
	@SuppressWarnings("NullAway") // a key that is missing by mistake must not mean no key
	public B idempotencyKey(String idempotencyKey) {
		this.idempotencyKey = (idempotencyKey != null) ? idempotencyKey : "";
		return self();
	}

	/**
	 * Return the key with which the request is sent once.
	 * @return the key, or {@code null} if none was set
	 * @hidden
	 */
	@API(status = API.Status.INTERNAL)
	protected final @Nullable String idempotencyKey() {
		return this.idempotencyKey;
	}

}
