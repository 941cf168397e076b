package io.github.k2connect.test;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;

/**
 * The journal as the page shows it: the latest entries that a filter lets through, latest
 * first.
 *
 * @param query a text that an entry is to have
 * @param kind which entries are shown
 * @param exchanges the entries
 */
record JournalView(String query, Kind kind, List<ExchangeView> exchanges) {

	private static final int SHOWN = 100;

	static JournalView of(Journal journal, FormFields filter, String origin) {
		String query = filter.get("q").strip();
		Kind kind = Kind.of(filter.get("show"));
		List<ExchangeView> all = numbered(journal.entries(), origin);
		Collections.reverse(all);
		return new JournalView(query, kind,
				all.stream().filter(kind::shows).filter((exchange) -> matches(exchange, query)).limit(SHOWN).toList());
	}

	private static List<ExchangeView> numbered(List<JournalEntry> entries, String origin) {
		IdentityHashMap<Message, Long> attempts = new IdentityHashMap<>();
		List<ExchangeView> views = new ArrayList<>();
		for (JournalEntry entry : entries) {
			JournalEntry.Delivered delivered = entry.delivered();
			long attempt = (delivered != null) ? attempts.merge(delivered.message(), 1L, Long::sum) : 1;
			views.add(new ExchangeView(entry, attempt, origin));
		}
		return views;
	}

	private static boolean matches(ExchangeView view, String query) {
		Exchange exchange = view.entry().exchange();
		return query.isEmpty() || String
			.join("\n", exchange.method() + " " + exchange.path(), view.account(), view.status(), exchange.body(),
					view.entry().answer())
			.toLowerCase(Locale.ROOT)
			.contains(query.toLowerCase(Locale.ROOT));
	}

	List<Option> kinds() {
		return Option.of(Kind.values(), Kind::id, Kind::label, this.kind);
	}

	/**
	 * Which entries are shown.
	 */
	enum Kind {

		ALL("Everything"), REQUESTS("Requests"), DELIVERIES("Callbacks"), FAILED("Failed");

		private final String label;

		Kind(String label) {
			this.label = label;
		}

		static Kind of(String id) {
			for (Kind kind : values()) {
				if (kind.id().equals(id)) {
					return kind;
				}
			}
			return ALL;
		}

		String id() {
			return name().toLowerCase(Locale.ROOT);
		}

		String label() {
			return this.label;
		}

		boolean shows(ExchangeView exchange) {
			return switch (this) {
				case ALL -> true;
				case REQUESTS -> !exchange.isDelivery();
				case DELIVERIES -> exchange.isDelivery();
				case FAILED -> exchange.isFailed();
			};
		}

	}

}
