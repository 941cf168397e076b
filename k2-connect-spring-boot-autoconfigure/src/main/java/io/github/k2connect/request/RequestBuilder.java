package io.github.k2connect.request;

import java.util.LinkedHashMap;
import java.util.Map;

import io.github.k2connect.InvalidK2RequestException;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Base class of the builders of all requests and of their parts. A value replaces the
 * value set before.
 *
 * @param <T> the type of the result
 * @param <B> the type of the builder
 */
public abstract class RequestBuilder<T, B extends RequestBuilder<T, B>> {

	private final Map<String, Object> extra = new LinkedHashMap<>();

	/**
	 * Create the builder.
	 * @hidden
	 */
	@API(status = API.Status.INTERNAL)
	protected RequestBuilder() {
	}

	/**
	 * Add a property that Kopo Kopo knows and this library does not. When the request is
	 * sent, a property that it has itself is a violation of {@code extra}.
	 * @param path the name of the property in the JSON; dots lead into objects, for
	 * example {@code subscriber.nickname}
	 * @param value a text, a number, a boolean, or a list or map of these
	 */
	public B extra(String path, Object value) {
		this.extra.put(path, value);
		return self();
	}

	/**
	 * Set the properties that Kopo Kopo knows and this library does not, by their paths.
	 * They replace the properties set before.
	 */
	public B extra(@Nullable Map<String, ?> extra) {
		this.extra.clear();
		if (extra != null) {
			this.extra.putAll(extra);
		}
		return self();
	}

	/**
	 * Return the properties that this library does not know.
	 * @return the values by their paths
	 * @hidden
	 */
	@API(status = API.Status.INTERNAL)
	protected final Map<String, Object> extra() {
		return this.extra;
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
