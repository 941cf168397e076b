package io.github.k2connect.test;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/**
 * Times as Kopo Kopo writes them: in Kenya, with the offset {@code +03:00}.
 */
final class NairobiTime {

	private static final ZoneId ZONE = ZoneId.of("Africa/Nairobi");

	private static final DateTimeFormatter ISO = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSxxx")
		.withZone(ZONE);

	private static final DateTimeFormatter DARAJA = DateTimeFormatter.ofPattern("yyyyMMddHHmmss").withZone(ZONE);

	private NairobiTime() {
	}

	static String format(Instant time) {
		return ISO.format(time);
	}

	/**
	 * Write a time as Safaricom's Daraja API does.
	 */
	static String formatDaraja(Instant time) {
		return DARAJA.format(time);
	}

}
