package io.github.k2connect.request;

import org.jspecify.annotations.Nullable;

/**
 * Base class of the builders of accounts with a nickname.
 *
 * @param <T> the type of the account
 * @param <B> the type of the builder
 */
public abstract class NicknameRequestBuilder<T, B extends NicknameRequestBuilder<T, B>> extends RequestBuilder<T, B> {

	/**
	 * The merchant's name for the account.
	 */
	protected @Nullable String nickname;

	/**
	 * Create the builder.
	 */
	protected NicknameRequestBuilder() {
	}

	/** Set the merchant's name for the account; it is sent to version 2 only. */
	public B nickname(@Nullable String nickname) {
		this.nickname = nickname;
		return self();
	}

}
