package io.github.k2connect.request;

import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Base class of the builders of accounts with a nickname.
 *
 * @param <T> the type of the account
 * @param <B> the type of the builder
 */
public abstract class NicknameRequestBuilder<T, B extends NicknameRequestBuilder<T, B>> extends RequestBuilder<T, B> {

	private @Nullable String nickname;

	/**
	 * Create the builder.
	 * @hidden
	 */
	@API(status = API.Status.INTERNAL)
	protected NicknameRequestBuilder() {
	}

	/** Set the merchant's name for the account; it is sent to version 2 only. */
	public B nickname(@Nullable String nickname) {
		this.nickname = nickname;
		return self();
	}

	/**
	 * Return the merchant's name for the account.
	 * @return the nickname, or {@code null}
	 * @hidden
	 */
	@API(status = API.Status.INTERNAL)
	protected final @Nullable String nickname() {
		return this.nickname;
	}

}
