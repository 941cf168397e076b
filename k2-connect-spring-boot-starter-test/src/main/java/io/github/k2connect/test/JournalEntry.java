package io.github.k2connect.test;

import java.net.URI;

import org.jspecify.annotations.Nullable;

/**
 * Entry of the journal: an exchange, with what the page needs besides.
 *
 * @param number the number of the entry, unique in this journal
 * @param exchange the exchange
 * @param answer the body of the response without secrets, cut after 20,000 characters
 * @param delivered the message that was delivered, and where, {@code null} for a request
 */
record JournalEntry(long number, Exchange exchange, String answer, @Nullable Delivered delivered) {

	private static final int MAX_ANSWER = 20_000;

	JournalEntry {
		answer = (answer.length() > MAX_ANSWER) ? answer.substring(0, MAX_ANSWER) : answer;
	}

	/**
	 * Return about how many bytes the entry takes.
	 */
	long size() {
		long headers = this.exchange.headers()
			.entrySet()
			.stream()
			.mapToLong((header) -> header.getKey().length() + header.getValue().length())
			.sum();
		return headers + this.exchange.path().length() + this.exchange.body().length() + this.answer.length()
				+ ((this.delivered != null) ? this.delivered.message().body().length : 0);
	}

	/**
	 * Message that was delivered.
	 *
	 * @param message the message, the same object for each attempt
	 * @param url where it was sent
	 */
	record Delivered(Message message, URI url) {

	}

}
