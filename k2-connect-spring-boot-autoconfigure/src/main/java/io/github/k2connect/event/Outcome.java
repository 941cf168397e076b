package io.github.k2connect.event;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * What Kopo Kopo's many statuses come down to.
 */
public enum Outcome {

	/**
	 * Done, and it succeeded.
	 */
	SUCCESSFUL,

	/**
	 * Not done yet, or of a status that this version does not know.
	 */
	PENDING,

	/**
	 * Done, and it failed, or a part of it.
	 */
	FAILED;

	static Outcome of(@Nullable String status) {
		return switch (normalized(status)) {
			case "success", "processed", "transferred", "approved", "active", "paid", "complete" -> SUCCESSFUL;
			case "failed", "cancelled", "rejected", "reversed", "expired" -> FAILED;
			default -> PENDING;
		};
	}

	/**
	 * The outcome of a payment link, for which statuses of success but one say no more
	 * than that it can be paid.
	 */
	static Outcome ofPaymentLink(@Nullable String status) {
		if (normalized(status).equals("paid")) {
			return SUCCESSFUL;
		}
		return (of(status) == FAILED) ? FAILED : PENDING;
	}

	/**
	 * Return the outcome of something that is done in parts, {@link #SUCCESSFUL} when
	 * there are no parts.
	 */
	static Outcome ofAll(Stream<Outcome> parts) {
		Set<Outcome> outcomes = parts.collect(Collectors.toSet());
		if (outcomes.contains(PENDING)) {
			return PENDING;
		}
		return outcomes.contains(FAILED) ? FAILED : SUCCESSFUL;
	}

	private static String normalized(@Nullable String status) {
		return (status != null) ? status.strip().toLowerCase(Locale.ROOT) : "";
	}

}
