package io.github.k2connect.request;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Base class of the builders of requests with metadata.
 *
 * @param <T> the type of the request
 * @param <B> the type of the builder
 */
public abstract class MetadataRequestBuilder<T, B extends MetadataRequestBuilder<T, B>>
		extends CallbackRequestBuilder<T, B> {

	/**
	 * The merchant's own data, which comes back with the result.
	 */
	protected final Map<String, String> metadata = new LinkedHashMap<>();

	/**
	 * Create the builder.
	 */
	protected MetadataRequestBuilder() {
	}

	/**
	 * Set the merchant's own data, at most 5 entries, which comes back with the result;
	 * it replaces what was set before.
	 */
	public B metadata(@Nullable Map<String, String> metadata) {
		this.metadata.clear();
		if (metadata != null) {
			this.metadata.putAll(metadata);
		}
		return self();
	}

	/** Add an entry to the merchant's own data, which comes back with the result. */
	public B metadata(String key, String value) {
		this.metadata.put(key, value);
		return self();
	}

}
