package io.github.k2connect.event;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * What Kopo Kopo's many statuses come down to.
 */
enum Outcome {

	SUCCESSFUL, PENDING, FAILED;

	static Outcome of(@Nullable String status) {
		if (status == null) {
			return PENDING;
		}
		return switch (status.strip().toLowerCase(Locale.ROOT)) {
			case "success", "processed", "transferred", "approved", "active", "paid", "complete" -> SUCCESSFUL;
			case "failed", "cancelled", "rejected", "reversed", "expired" -> FAILED;
			default -> PENDING;
		};
	}

}
