package io.github.k2connect.followup;

import java.time.Duration;
import java.time.Instant;

import io.github.k2connect.followup.FollowUpObservation.Outcome;
import io.github.k2connect.webhook.ReceivedEvent;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * What Kopo Kopo said when it was asked for something.
 *
 * @param outcome what that means for the follow-up
 * @param result the result, if it is final
 * @param expiresAt when it expires, or {@code null}
 * @param retryAfter the time that Kopo Kopo asks to wait, or {@code null}
 */
record StatusAnswer(Outcome outcome, @Nullable ReceivedEvent result, @Nullable Instant expiresAt,
		@Nullable Duration retryAfter) {

	static StatusAnswer result(ReceivedEvent result) {
		return new StatusAnswer(Outcome.RESOLVED, result, null, null);
	}

	static StatusAnswer pending(@Nullable Instant expiresAt) {
		return new StatusAnswer(Outcome.PENDING, null, expiresAt, null);
	}

	static StatusAnswer unknown() {
		return new StatusAnswer(Outcome.UNKNOWN, null, null, null);
	}

	static StatusAnswer unavailable(@Nullable Duration retryAfter) {
		return new StatusAnswer(Outcome.UNAVAILABLE, null, null, retryAfter);
	}

	ReceivedEvent required() {
		Assert.state(this.result != null, "The result is not final");
		return this.result;
	}

}
