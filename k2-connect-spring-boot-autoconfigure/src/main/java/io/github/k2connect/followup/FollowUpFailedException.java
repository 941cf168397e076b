package io.github.k2connect.followup;

import io.github.k2connect.K2Exception;

/**
 * The error in the observation of a failed follow-up, for every kind of failure.
 */
final class FollowUpFailedException extends K2Exception {

	FollowUpFailedException(Throwable cause) {
		super("The follow-up failed", cause);
	}

}
