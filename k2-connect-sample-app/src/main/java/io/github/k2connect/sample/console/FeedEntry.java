package io.github.k2connect.sample.console;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * An event in the feed.
 *
 * @param id the number in the feed
 * @param receivedAt when the listeners were called
 * @param account the name of the account
 * @param kind the type of the event
 * @param details the fields of the event
 */
record FeedEntry(long id, Instant receivedAt, String account, String kind, List<Detail> details) {

	/**
	 * Return the amount of the event.
	 * @return the amount with two decimals, or an empty text
	 */
	public String amount() {
		String amount = detail("amount");
		return amount.isEmpty() ? "" : String.format(Locale.ROOT, "%,.2f", new BigDecimal(amount));
	}

	/**
	 * Return a field of the event, or of a record in it, but not of its metadata.
	 * @param name the name of the field
	 * @return the value of the first such field, or an empty text
	 */
	public String detail(String name) {
		return this.details.stream()
			.filter((detail) -> !detail.path().startsWith("metadata."))
			.filter((detail) -> detail.path().equals(name) || detail.path().endsWith("." + name))
			.map(Detail::value)
			.findFirst()
			.orElse("");
	}

}
