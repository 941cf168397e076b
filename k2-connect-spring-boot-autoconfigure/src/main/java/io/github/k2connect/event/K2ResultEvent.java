package io.github.k2connect.event;

import java.net.URI;

import com.fasterxml.jackson.annotation.JsonIgnore;
import org.jspecify.annotations.Nullable;

/**
 * The status of a request: its asynchronous result, or the response when the application
 * gets the status. Exactly one of {@link #isSuccessful()}, {@link #isPending()} and
 * {@link #isFailed()} is true. Later versions may have more subtypes: give a
 * {@code switch} a default branch.
 */
public sealed interface K2ResultEvent extends K2Event permits StkPushResult, PayoutResult, PollingResult,
		TransactionSmsNotificationResult, ReversalResult, PaymentLinkResult {

	/**
	 * Return the properties that all results have.
	 * @return the envelope
	 */
	ResultEnvelope envelope();

	@Override
	default String id() {
		return envelope().id();
	}

	@Override
	default String account() {
		return envelope().account();
	}

	@Override
	default @Nullable String rawJson() {
		return envelope().body().text();
	}

	/**
	 * Return the type of the request.
	 * @return the type, as Kopo Kopo writes it
	 */
	default String type() {
		return envelope().type();
	}

	/**
	 * Return the status, as Kopo Kopo writes it.
	 * @return the status, or {@code null}
	 */
	default @Nullable String status() {
		return envelope().status();
	}

	/**
	 * Return the URL of the resource.
	 * @return the URL, or {@code null} if there is none, or it is malformed
	 */
	default @Nullable URI linkSelf() {
		return Links.parse(envelope().linkSelf());
	}

	/**
	 * Return the URL to which Kopo Kopo sends the result.
	 * @return the URL, or {@code null} if there is none, or it is malformed
	 */
	default @Nullable URI callbackUrl() {
		return Links.parse(envelope().callbackUrl());
	}

	/**
	 * Return the outcome that the status means.
	 * @return the outcome, {@link Outcome#PENDING} if the status is unknown
	 */
	default Outcome outcome() {
		return Outcome.of(status());
	}

	/**
	 * Return whether the outcome is {@link Outcome#SUCCESSFUL}.
	 * @return {@code true} if it is finished and succeeded
	 */
	@JsonIgnore
	default boolean isSuccessful() {
		return outcome() == Outcome.SUCCESSFUL;
	}

	/**
	 * Return whether the outcome is {@link Outcome#PENDING}.
	 * @return {@code true} if it is not finished, or its status is unknown
	 */
	@JsonIgnore
	default boolean isPending() {
		return outcome() == Outcome.PENDING;
	}

	/**
	 * Return whether the outcome is {@link Outcome#FAILED}.
	 * @return {@code true} if it is finished and failed
	 */
	@JsonIgnore
	default boolean isFailed() {
		return outcome() == Outcome.FAILED;
	}

}
