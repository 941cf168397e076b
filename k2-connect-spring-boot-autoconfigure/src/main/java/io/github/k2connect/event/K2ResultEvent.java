package io.github.k2connect.event;

import java.net.URI;

import com.fasterxml.jackson.annotation.JsonIgnore;
import org.jspecify.annotations.Nullable;

/**
 * How something stands that the application started: the asynchronous result, or the
 * answer to asking for the status. Exactly one of {@link #isSuccessful()},
 * {@link #isPending()} and {@link #isFailed()} is true.
 */
public sealed interface K2ResultEvent extends K2Event permits StkPushResult, PayoutResult, PollingResult,
		TransactionSmsNotificationResult, ReversalResult, PaymentLinkResult {

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
	 * What the status comes down to.
	 * @return the outcome, {@link Outcome#PENDING} when the status is not known
	 */
	default Outcome outcome() {
		return Outcome.of(status());
	}

	/**
	 * Whether it is done and succeeded.
	 * @return whether the outcome is {@link Outcome#SUCCESSFUL}
	 */
	@JsonIgnore
	default boolean isSuccessful() {
		return outcome() == Outcome.SUCCESSFUL;
	}

	/**
	 * Whether it is not done yet, or has a status that is not known.
	 * @return whether the outcome is {@link Outcome#PENDING}
	 */
	@JsonIgnore
	default boolean isPending() {
		return outcome() == Outcome.PENDING;
	}

	/**
	 * Whether it is done and failed.
	 * @return whether the outcome is {@link Outcome#FAILED}
	 */
	@JsonIgnore
	default boolean isFailed() {
		return outcome() == Outcome.FAILED;
	}

}
