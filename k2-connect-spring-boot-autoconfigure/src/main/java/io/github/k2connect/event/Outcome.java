package io.github.k2connect.event;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * The outcome that a status of Kopo Kopo stands for.
 */
public enum Outcome {

	/**
	 * It is finished and succeeded.
	 */
	SUCCESSFUL,

	/**
	 * It is not finished, or this version does not know its status.
	 */
	PENDING,

	/**
	 * It is finished, and it or a part of it failed.
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
	 * Return the outcome of a payment link. Only the status "paid" is a success: the
	 * other statuses of success say that the link can be paid.
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
