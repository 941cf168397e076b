package io.github.k2connect.test;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;

import com.github.tomakehurst.wiremock.http.HttpHeader;
import com.github.tomakehurst.wiremock.http.HttpHeaders;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import org.jspecify.annotations.Nullable;

/**
 * The latest exchanges between the application and the simulator, without secrets.
 */
final class Journal {

	static final int CAPACITY = 1_000;

	private static final Pattern SECRET_PARAMETER = Pattern
		.compile("(?<=[?&](?:client_secret|token|access_token)=)[^&]*");

	private static final Pattern ACCESS_TOKEN = Pattern.compile("(?<=\"access_token\":\")[^\"]*");

	private final Latest<Long, JournalEntry> entries = new Latest<>(CAPACITY, Latest.MAX_SIZE);

	private long latestNumber;

	private Instant clearedAt = Instant.MIN;

	/**
	 * Return the entries, oldest first.
	 */
	synchronized List<JournalEntry> entries() {
		return this.entries.all().stream().sorted(Comparator.comparing((entry) -> entry.exchange().at())).toList();
	}

	/**
	 * Return the exchanges, oldest first.
	 */
	List<Exchange> exchanges() {
		return entries().stream().map(JournalEntry::exchange).toList();
	}

	/**
	 * Forget the exchanges, and those that have begun.
	 */
	synchronized void clear() {
		this.entries.clear();
		this.clearedAt = Instant.now();
	}

	/**
	 * Wait until the exchanges meet a condition, but no longer than a time.
	 * @return the exchanges, whether they meet the condition or not
	 */
	synchronized List<Exchange> await(Predicate<List<Exchange>> condition, Duration time) {
		Instant end = Instant.now().plus(time);
		while (!condition.test(exchanges())) {
			long left = Duration.between(Instant.now(), end).toMillis();
			if (left <= 0) {
				break;
			}
			try {
				wait(left);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				break;
			}
		}
		return exchanges();
	}

	/**
	 * Note every request to which a response is made.
	 */
	Function<Request, ResponseDefinition> around(Function<Request, ResponseDefinition> response,
			SimulatedAccounts accounts) {
		return (request) -> {
			Instant at = Instant.now();
			String account = accounts.of(request).map(SimulatedAccount::name).orElse(null);
			ResponseDefinition made = response.apply(request);
			Integer delay = made.getFixedDelayMilliseconds();
			Duration duration = Duration.between(at, Instant.now()).plusMillis((delay != null) ? delay : 0);
			add(new Exchange(Exchange.Direction.REQUEST, at, account, request.getMethod().getName(),
					SECRET_PARAMETER.matcher(request.getUrl()).replaceAll(OAuthFields.MASK), headers(request),
					body(request), (made.getFault() != null) ? 0 : made.getStatus(), duration), answer(made), null);
			return made;
		};
	}

	/**
	 * Note an attempt to deliver a message.
	 * @param message the message
	 * @param url where it was sent
	 * @param headers its headers
	 * @param at when
	 * @param answer the response of the application
	 */
	void delivered(Message message, URI url, Map<String, String> headers, Instant at, Answer answer) {
		String query = (url.getRawQuery() != null) ? "?" + url.getRawQuery() : "";
		add(new Exchange(Exchange.Direction.DELIVERY, at, message.account().name(), "POST", url.getRawPath() + query,
				headers, new String(message.body(), StandardCharsets.UTF_8), answer.status(),
				Duration.between(at, Instant.now())), answer.body(), new JournalEntry.Delivered(message, url));
	}

	private synchronized void add(Exchange exchange, String answer, JournalEntry.@Nullable Delivered delivered) {
		if (exchange.at().isBefore(this.clearedAt)) {
			return;
		}
		this.latestNumber++;
		JournalEntry entry = new JournalEntry(this.latestNumber, exchange, answer, delivered);
		this.entries.put(entry.number(), entry, entry.size());
		notifyAll();
	}

	private static String answer(ResponseDefinition made) {
		if (made.getFault() != null) {
			return "";
		}
		HttpHeaders headers = made.getHeaders();
		HttpHeader location = (headers != null) ? headers.getHeader("location") : HttpHeader.absent("location");
		byte[] body = made.getByteBody();
		return (location.isPresent() ? "location: " + location.firstValue() : "") + ((body != null)
				? ACCESS_TOKEN.matcher(new String(body, StandardCharsets.UTF_8)).replaceAll(OAuthFields.MASK) : "");
	}

	private static String body(Request request) {
		return request.getUrl().startsWith("/oauth/") ? OAuthFields.of(request).masked() : request.getBodyAsString();
	}

	private static Map<String, String> headers(Request request) {
		Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		for (HttpHeader header : request.getHeaders().all()) {
			headers.put(header.key(), value(header));
		}
		return headers;
	}

	private static String value(HttpHeader header) {
		String value = String.join(", ", header.values());
		if (!header.keyEquals("Authorization")) {
			return value;
		}
		String scheme = value.contains(" ") ? value.substring(0, value.indexOf(' ') + 1) : "";
		return scheme + OAuthFields.MASK;
	}

	/**
	 * Answer of the application to a delivery.
	 *
	 * @param status the status, 0 without a response
	 * @param body the body
	 */
	record Answer(int status, String body) {

		static final Answer NONE = new Answer(0, "");

	}

}
