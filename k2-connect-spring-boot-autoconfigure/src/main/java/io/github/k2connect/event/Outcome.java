package io.github.k2connect.event;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of a request, which its status stands for. Later versions may have more
 * constants: give a {@code switch} a default branch.
 */
public enum Outcome {

	/**
	 * It is finished and succeeded.
	 */
	SUCCESSFUL,

	/**
	 * It is not finished, or its status is unknown to this version.
	 */
	PENDING,

	/**
	 * It is finished, and it failed completely or in part.
	 */
	FAILED;

	/**
	 * Return the outcome that a status means.
	 * @param status the status, as Kopo Kopo writes it
	 * @return the outcome, {@link #PENDING} if the status is unknown
	 * @hidden
	 */
	@API(status = API.Status.INTERNAL)
	public static Outcome of(@Nullable String status) {
		return switch (normalized(status)) {
			case "success", "processed", "transferred", "approved", "active", "paid", "complete" -> SUCCESSFUL;
			case "failed", "cancelled", "rejected", "reversed", "expired" -> FAILED;
			default -> PENDING;
		};
	}

	/**
	 * Return the outcome of a payment link. Only the status "paid" is a success. Other
	 * statuses of success mean that the link can be paid.
	 */
	static Outcome ofPaymentLink(@Nullable String status) {
		if (normalized(status).equals("paid")) {
			return SUCCESSFUL;
		}
		return (of(status) == FAILED) ? FAILED : PENDING;
	}

	/**
	 * Return the common outcome of several parts, {@link #SUCCESSFUL} if there are no
	 * parts.
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
