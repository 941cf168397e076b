package io.github.k2connect.webhook.inbox;

/**
 * The id of an event as it is logged: in one line, and not longer than it should be.
 */
final class LoggedId {

	private static final int MAX_LENGTH = 100;

	private LoggedId() {
	}

	static String of(String id, String key) {
		String line = id.replaceAll("[\\p{Cntrl}\\p{Zl}\\p{Zp}]", "?");
		return ((line.length() <= MAX_LENGTH) ? line : line.substring(0, MAX_LENGTH)) + " (" + key + ")";
	}

}
