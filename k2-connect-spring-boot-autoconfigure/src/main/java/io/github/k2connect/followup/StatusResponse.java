package io.github.k2connect.followup;

import java.time.Duration;
import java.time.Instant;

import io.github.k2connect.K2Meter.Value;
import io.github.k2connect.webhook.reception.ReceivedEvent;
import org.jspecify.annotations.Nullable;

/**
 * The response of Kopo Kopo to a status request.
 */
sealed interface StatusResponse {

	/**
	 * The result is final.
	 *
	 * @param event the result
	 */
	record Result(ReceivedEvent event) implements StatusResponse {
	}

	/**
	 * The result is not final yet.
	 *
	 * @param expiresAt when the resource expires, or {@code null}
	 */
	record Pending(@Nullable Instant expiresAt) implements StatusResponse {
	}

	/**
	 * Kopo Kopo does not know the resource, or returned another one.
	 */
	record Unknown() implements StatusResponse {
	}

	/**
	 * The status request failed.
	 *
	 * @param outcome the outcome in metrics
	 * @param retryAfter the time that Kopo Kopo asks to wait, or {@code null}
	 */
	record Unavailable(Value outcome, @Nullable Duration retryAfter) implements StatusResponse {
	}

}
