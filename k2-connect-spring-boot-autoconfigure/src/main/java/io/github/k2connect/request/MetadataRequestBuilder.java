package io.github.k2connect.request;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What the builders of all requests with metadata share.
 *
 * @param <B> the type of the builder
 */
public abstract class MetadataRequestBuilder<B extends MetadataRequestBuilder<B>> extends CallbackRequestBuilder<B> {

	/**
	 * The merchant's own data, which comes back with the result.
	 */
	protected final Map<String, String> metadata = new LinkedHashMap<>();

	/**
	 * For the builders of requests.
	 */
	protected MetadataRequestBuilder() {
	}

	/**
	 * Set the merchant's own data, which comes back with the result.
	 * @param metadata at most 5 entries, in place of those set before, or {@code null}
	 * for none
	 * @return this builder
	 */
	public B metadata(@Nullable Map<String, String> metadata) {
		this.metadata.clear();
		if (metadata != null) {
			this.metadata.putAll(metadata);
		}
		return self();
	}

	/**
	 * Add to the merchant's own data, which comes back with the result.
	 * @param key the key
	 * @param value the value
	 * @return this builder
	 */
	public B metadata(String key, String value) {
		this.metadata.put(key, value);
		return self();
	}

}
