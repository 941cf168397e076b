package io.github.k2connect.reconciliation;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.github.k2connect.json.JsonObject;
import io.github.k2connect.simulation.SimulatedHttp;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpRequest;
import org.springframework.http.HttpStatus;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.mock.http.client.MockClientHttpResponse;

/**
 * Kopo Kopo's polling in memory, with the transactions that a test adds.
 */
public class PollingKopoKopo implements SimulatedHttp.Target {

	static final String PATH = "/api/v1/polling";

	private final List<Transaction> transactions = new CopyOnWriteArrayList<>();

	private final Map<String, StartedPoll> known = new ConcurrentHashMap<>();

	private final AtomicInteger ids = new AtomicInteger();

	/**
	 * The polls that were started, in this order.
	 */
	final List<StartedPoll> polls = new CopyOnWriteArrayList<>();

	/**
	 * How many status requests were sent.
	 */
	public final AtomicInteger statusRequests = new AtomicInteger();

	/**
	 * How many more requests for a poll get {@link #refusal}.
	 */
	final AtomicInteger refusals = new AtomicInteger();

	volatile Response refusal = new Response(503, "");

	/**
	 * The response to a request for a poll instead of its URL, or {@code null}.
	 */
	volatile Function<StartedPoll, @Nullable Response> startFaults = (poll) -> null;

	/**
	 * The response to a status request instead of the result, or {@code null}.
	 */
	public volatile Function<StartedPoll, @Nullable Response> faults = (poll) -> null;

	public void add(Transaction... added) {
		this.transactions.addAll(List.of(added));
	}

	public void remove(String reference) {
		this.transactions.removeIf((transaction) -> reference.equals(transaction.reference()));
	}

	/**
	 * Forget all polls that were started.
	 */
	void forget() {
		this.known.clear();
	}

	@Override
	public ClientHttpResponse receive(HttpRequest request, byte[] body) {
		Response response = respond(request.getMethod().name(), request.getURI(), body);
		MockClientHttpResponse received = new MockClientHttpResponse(response.body().getBytes(StandardCharsets.UTF_8),
				HttpStatus.valueOf(response.status()));
		received.getHeaders().set("Content-Type", "application/json");
		response.headers().forEach(received.getHeaders()::set);
		return received;
	}

	Response respond(String method, URI url, byte[] body) {
		return method.equals("POST") ? start(url, body) : status(url);
	}

	private Response start(URI url, byte[] body) {
		if (this.refusals.getAndUpdate((left) -> Math.max(0, left - 1)) > 0) {
			return this.refusal;
		}
		JsonObject request = JsonObject.parse(body);
		StartedPoll poll = new StartedPoll("p" + this.ids.incrementAndGet(), request.text("scope_reference"),
				OffsetDateTime.parse(request.text("from_time")).toInstant(),
				OffsetDateTime.parse(request.text("to_time")).toInstant());
		Response fault = this.startFaults.apply(poll);
		if (fault != null) {
			return fault;
		}
		this.polls.add(poll);
		this.known.put(poll.id(), poll);
		return new Response(201, "", Map.of("Location", url.resolve(PATH + "/" + poll.id()).toString()));
	}

	private Response status(URI url) {
		this.statusRequests.incrementAndGet();
		String path = url.getPath();
		StartedPoll poll = this.known.get(path.substring(path.lastIndexOf('/') + 1));
		if (poll == null) {
			return new Response(404, "{\"error_code\": \"404\", \"error_message\": \"Not found\"}");
		}
		Response fault = this.faults.apply(poll);
		return (fault != null) ? fault : result(poll, "Success");
	}

	Response result(StartedPoll poll, String status) {
		return new Response(200,
				"""
						{"data": {"id": "%s", "type": "polling", "attributes": {"status": "%s", "transactions": [%s]}}}"""
					.formatted(poll.id(), status,
							this.transactions.stream()
								.filter((transaction) -> poll.till() == null || poll.till().equals(transaction.till()))
								.filter((transaction) -> !transaction.time().isBefore(poll.from())
										&& !transaction.time().isAfter(poll.to()))
								.map(Transaction::json)
								.collect(Collectors.joining(","))));
	}

	public static Response pending(StartedPoll poll) {
		return new Response(200, """
				{"data": {"id": "%s", "type": "polling", "attributes": {"status": "Pending"}}}""".formatted(poll.id()));
	}

	/**
	 * A poll that was started.
	 */
	public record StartedPoll(String id, @Nullable String till, Instant from, Instant to) {

		boolean covers(Instant time) {
			return !(this.from.isAfter(time) || this.to.isBefore(time));
		}

	}

	/**
	 * A response.
	 */
	public record Response(int status, String body, Map<String, String> headers) {

		public Response(int status, String body) {
			this(status, body, Map.of());
		}

	}

	/**
	 * A transaction at Kopo Kopo.
	 */
	public record Transaction(@Nullable String type, String till, @Nullable String reference, Instant time,
			String status, Instant stated) {

		Transaction(@Nullable String type, String till, @Nullable String reference, Instant time, String status) {
			this(type, till, reference, time, status, time);
		}

		public static Transaction received(String till, String reference, Instant time) {
			return new Transaction("Buygoods Transaction", till, reference, time, "Received");
		}

		public Transaction reversed() {
			return with("Reversed");
		}

		Transaction with(String otherStatus) {
			return new Transaction(this.type, this.till, this.reference, this.time, otherStatus);
		}

		/**
		 * Return the transaction with another time than Kopo Kopo searches by.
		 */
		Transaction stated(Instant otherTime) {
			return new Transaction(this.type, this.till, this.reference, this.time, this.status, otherTime);
		}

		String json() {
			return """
					{"type": %s, "resource": {"id": "t-%s", "reference": %s, "origination_time": "%s",
					"sender_phone_number": "+254999999999", "amount": "100.0", "currency": "KES", "till_number": "%s",
					"system": "Lipa Na M-PESA", "status": "%s", "sender_first_name": "Wanjiku",
					"sender_middle_name": null, "sender_last_name": "Kamau"}}""".formatted(quoted(this.type),
					this.reference, quoted(this.reference), this.stated, this.till, this.status);
		}

		private static String quoted(@Nullable String text) {
			return (text != null) ? '"' + text + '"' : "null";
		}

	}

}
