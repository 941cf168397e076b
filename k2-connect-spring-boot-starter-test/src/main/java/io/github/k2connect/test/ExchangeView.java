package io.github.k2connect.test;

import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Entry of the journal as the page shows it.
 *
 * @param entry the entry
 * @param attempt which attempt to deliver its message it is, from 1
 * @param origin the origin of the simulator
 */
record ExchangeView(JournalEntry entry, long attempt, String origin) {

	private static final int MAX_SHOWN = 20_000;

	private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT)
		.withZone(ZoneId.systemDefault());

	long number() {
		return this.entry.number();
	}

	boolean isDelivery() {
		return this.entry.delivered() != null;
	}

	String time() {
		return TIME.format(exchange().at());
	}

	String method() {
		return exchange().method();
	}

	String path() {
		return exchange().path();
	}

	/**
	 * Return the topic or the type of the message, empty when it is no message.
	 */
	String name() {
		return Messages.name(exchange().body());
	}

	String account() {
		return Objects.requireNonNullElse(exchange().account(), "no account");
	}

	String status() {
		return (exchange().status() != 0) ? Integer.toString(exchange().status()) : "no response";
	}

	boolean isFailed() {
		return exchange().status() < 200 || exchange().status() > 299;
	}

	boolean isRepeated() {
		return this.attempt > 1;
	}

	String duration() {
		return exchange().duration().toMillis() + " ms";
	}

	String headers() {
		return exchange().headers()
			.entrySet()
			.stream()
			.map((header) -> header.getKey() + ": " + header.getValue())
			.collect(Collectors.joining("\n"));
	}

	String signature() {
		return exchange().headers().getOrDefault(WebhookSigner.SIGNATURE_HEADER, "");
	}

	/**
	 * Return whether the message is signed with the key of its account.
	 */
	boolean isRightlySigned() {
		JournalEntry.Delivered delivered = this.entry.delivered();
		return delivered != null
				&& signature().equals(delivered.message().account().signer().sign(delivered.message().body()));
	}

	String body() {
		return pretty(exchange().body());
	}

	String answer() {
		return pretty(this.entry.answer());
	}

	/**
	 * Return a command that sends the same, empty if the body is too long to be shown.
	 */
	String curl() {
		if (exchange().body().length() > MAX_SHOWN) {
			return "";
		}
		JournalEntry.Delivered delivered = this.entry.delivered();
		String url = (delivered != null) ? delivered.url().toString() : this.origin + path();
		Stream<String> headers = Stream.of("Content-Type", "Authorization", WebhookSigner.SIGNATURE_HEADER)
			.filter(exchange().headers()::containsKey)
			.map((name) -> name + ": " + exchange().headers().get(name));
		String body = exchange().body();
		return Stream
			.of(Stream.of("curl -X " + quoted(method()) + " " + quoted(url)),
					headers.map((header) -> "-H " + quoted(header)),
					Stream.of(body).filter((text) -> !text.isEmpty()).map((text) -> "--data-raw " + quoted(text)))
			.flatMap((parts) -> parts)
			.collect(Collectors.joining(" \\\n  "));
	}

	private Exchange exchange() {
		return this.entry.exchange();
	}

	/**
	 * Quote a text for a shell.
	 */
	private static String quoted(String text) {
		return "'" + text.replace("'", "'\\''") + "'";
	}

	/**
	 * Write JSON on several lines, and leave out what is too long to be shown.
	 */
	private static String pretty(String text) {
		String shown = (text.length() > MAX_SHOWN) ? text
				: Json.parseObject(text.getBytes(StandardCharsets.UTF_8))
					.map((json) -> Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(json))
					.orElse(text);
		return (shown.length() > MAX_SHOWN) ? shown.substring(0, MAX_SHOWN) + "…" : shown;
	}

}
