package io.github.k2connect.client;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

import org.jspecify.annotations.Nullable;

/**
 * Parser for the {@code Retry-After} header.
 */
final class RetryAfter {

	private RetryAfter() {
	}

	/**
	 * Return how long to wait before the next call.
	 * @param header the header: seconds or a date
	 * @param now the current time
	 * @return the time, negative for a date in the past, or {@code null} if the header is
	 * absent or invalid
	 */
	static @Nullable Duration parse(@Nullable String header, Instant now) {
		if (header == null) {
			return null;
		}
		try {
			if (header.strip().matches("[0-9]{1,9}")) {
				return Duration.ofSeconds(Long.parseLong(header.strip()));
			}
			Instant date = ZonedDateTime.parse(header.strip(), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
			return Duration.between(now, date);
		}
		catch (DateTimeException ex) {
			return null;
		}
	}

}
