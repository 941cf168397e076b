package io.github.k2connect.request;

import java.util.LinkedHashMap;
import java.util.Map;

import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Base class of the builders of requests with metadata.
 *
 * @param <T> the type of the request
 * @param <B> the type of the builder
 */
public abstract class MetadataRequestBuilder<T, B extends MetadataRequestBuilder<T, B>>
		extends IdempotentRequestBuilder<T, B> {

	private final Map<String, String> metadata = new LinkedHashMap<>();

	/**
	 * Create the builder.
	 * @hidden
	 */
	@API(status = API.Status.INTERNAL)
	protected MetadataRequestBuilder() {
	}

	/**
	 * Set the merchant's own data, which the result contains again; at most 5 entries. It
	 * replaces the data set before.
	 */
	public B metadata(@Nullable Map<String, String> metadata) {
		this.metadata.clear();
		if (metadata != null) {
			this.metadata.putAll(metadata);
		}
		return self();
	}

	/** Add an entry to the merchant's own data, which the result contains again. */
	public B metadata(String key, String value) {
		this.metadata.put(key, value);
		return self();
	}

	/**
	 * Return the merchant's own data.
	 * @return the pairs
	 * @hidden
	 */
	@API(status = API.Status.INTERNAL)
	protected final Map<String, String> metadata() {
		return this.metadata;
	}

}
