package io.github.k2connect.event;

import java.net.URI;

import com.fasterxml.jackson.annotation.JsonIgnore;
import org.jspecify.annotations.Nullable;

/**
 * How something stands that the application started: the asynchronous result, or the
 * answer to asking for the status. Exactly one of {@link #isSuccessful()},
 * {@link #isPending()} and {@link #isFailed()} is true.
 */
public sealed interface K2ResultEvent extends K2Event permits StkPushResult {

	/**
	 * The type of what was started.
	 * @return the type, as Kopo Kopo writes it
	 */
	String type();

	/**
	 * How it stands, in Kopo Kopo's words.
	 * @return the status, or {@code null}
	 */
	@Nullable String status();

	/**
	 * The address of what was started.
	 * @return the address, or {@code null}
	 */
	@Nullable URI linkSelf();

	/**
	 * Where the result is sent.
	 * @return the address, or {@code null}
	 */
	@Nullable URI callbackUrl();

	/**
	 * Whether it is done and succeeded.
	 * @return whether the status is one of success
	 */
	@JsonIgnore
	default boolean isSuccessful() {
		return Outcome.of(status()) == Outcome.SUCCESSFUL;
	}

	/**
	 * Whether it is not done yet, or has a status that is not known.
	 * @return whether the status is neither of success nor of failure
	 */
	@JsonIgnore
	default boolean isPending() {
		return Outcome.of(status()) == Outcome.PENDING;
	}

	/**
	 * Whether it is done and failed.
	 * @return whether the status is one of failure
	 */
	@JsonIgnore
	default boolean isFailed() {
		return Outcome.of(status()) == Outcome.FAILED;
	}

}
