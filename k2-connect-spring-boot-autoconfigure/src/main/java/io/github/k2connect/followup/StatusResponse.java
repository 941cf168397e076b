package io.github.k2connect.followup;

import java.time.Duration;
import java.time.Instant;

import io.github.k2connect.followup.FollowUpObservation.Outcome;
import io.github.k2connect.webhook.EventReceiver.ReceivedEvent;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * The response of Kopo Kopo to a status request.
 *
 * @param outcome the outcome for the follow-up
 * @param result the result, or {@code null} if it is not final
 * @param expiresAt when the resource expires, or {@code null}
 * @param retryAfter the time that Kopo Kopo asks to wait, or {@code null}
 */
record StatusResponse(Outcome outcome, @Nullable ReceivedEvent result, @Nullable Instant expiresAt,
		@Nullable Duration retryAfter) {

	static StatusResponse result(ReceivedEvent result) {
		return new StatusResponse(Outcome.RESOLVED, result, null, null);
	}

	static StatusResponse pending(@Nullable Instant expiresAt) {
		return new StatusResponse(Outcome.PENDING, null, expiresAt, null);
	}

	static StatusResponse unknown() {
		return new StatusResponse(Outcome.UNKNOWN, null, null, null);
	}

	static StatusResponse unavailable(@Nullable Duration retryAfter) {
		return new StatusResponse(Outcome.UNAVAILABLE, null, null, retryAfter);
	}

	ReceivedEvent required() {
		Assert.state(this.result != null, "The result is not final");
		return this.result;
	}

}
