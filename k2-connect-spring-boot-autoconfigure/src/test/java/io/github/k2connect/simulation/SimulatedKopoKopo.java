package io.github.k2connect.simulation;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpMethod;
import org.springframework.http.HttpRequest;
import org.springframework.http.HttpStatus;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.mock.http.client.MockClientHttpResponse;

/**
 * Kopo Kopo in memory. It accepts payments, answers status requests, and has an outbox of
 * messages.
 */
final class SimulatedKopoKopo {

	static final String ORIGIN = "https://kopokopo.example";

	private static final List<String> TOPICS = List.of("buygoods_transaction_received", "b2b_transaction_received",
			"customer_created");

	private static final List<String> RETRY_AFTER = List.of("0", "900", "60000", "3600000", "9223372036854775807", "-1",
			"soon", "Wed, 21 Oct 2099 07:28:00 GMT");

	private static final String UNKNOWN = """
			{"error_code": 404, "error_message": "The resource does not exist"}""";

	private static final String GATEWAY_PAGE = "<html><body>404 page not found</body></html>";

	private final World world;

	private final Map<String, Payment> payments = new LinkedHashMap<>();

	private final List<Letter> outbox = new ArrayList<>();

	private final SimulatedTill till;

	private int webhooks;

	private int numbers;

	SimulatedKopoKopo(World world) {
		this.world = world;
		this.till = new SimulatedTill(world);
	}

	SimulatedTill till() {
		return this.till;
	}

	/**
	 * Write a webhook. Sometimes its id is that of another webhook, for another account
	 * or topic.
	 */
	Message writeWebhook() {
		boolean shared = this.webhooks > 0 && this.world.chance(5);
		String id = "w" + (shared ? 1 + this.world.random().nextInt(this.webhooks) : ++this.webhooks);
		Message message = Message.webhook(this.world.pickAccount(), this.world.pick(TOPICS), id, ++this.numbers);
		write(message, Duration.ZERO);
		return message;
	}

	/**
	 * Return the messages that can be delivered now.
	 */
	List<Message> outbox() {
		return this.outbox.stream()
			.filter((letter) -> !letter.due().isAfter(this.world.time()))
			.map(Letter::message)
			.toList();
	}

	void remove(Message message) {
		Iterator<Letter> letters = this.outbox.iterator();
		while (letters.hasNext()) {
			if (letters.next().message().equals(message)) {
				letters.remove();
				return;
			}
		}
	}

	/**
	 * Return when the next message can be delivered.
	 */
	List<Instant> due() {
		return this.outbox.stream().map(Letter::due).toList();
	}

	/**
	 * Return whether an event is the final result of a payment.
	 */
	boolean isResult(String event) {
		return this.payments.values()
			.stream()
			.anyMatch((payment) -> payment.finalEvent().equals(event) && isFinished(payment));
	}

	boolean hasForgotten(String id) {
		Payment payment = this.payments.get(id);
		return payment == null || payment.forgotten();
	}

	private boolean isFinished(Payment payment) {
		return !payment.finalAt().isAfter(this.world.time());
	}

	ClientHttpResponse respond(SimulatedInstance instance, @Nullable StartedPayment starting, HttpRequest request,
			byte[] body) throws IOException {
		if (request.getURI().getPath().contains("/polling")) {
			return poll(instance, request, body);
		}
		return request.getMethod().equals(HttpMethod.POST) ? create(instance, Objects.requireNonNull(starting))
				: status(instance, request);
	}

	private ClientHttpResponse poll(SimulatedInstance instance, HttpRequest request, byte[] body) throws IOException {
		this.world.interleave(instance);
		requireAlive(instance);
		hang(instance);
		if (this.world.happens(Fault.KOPO_KOPO_FAILS, 6) || this.world.happens(Fault.RETRY_AFTER, 6)) {
			return failure();
		}
		if (request.getMethod().equals(HttpMethod.POST)) {
			return created("polling/" + this.till.start(body));
		}
		String result = this.till.result(id(request));
		return (result != null) ? response(200, result) : response(404, UNKNOWN);
	}

	private static String id(HttpRequest request) {
		String path = request.getURI().getPath();
		return path.substring(path.lastIndexOf('/') + 1);
	}

	private static ClientHttpResponse created(String resource) {
		MockClientHttpResponse created = response(201, "");
		created.getHeaders().set("Location", ORIGIN + "/api/v1/" + resource);
		return created;
	}

	private ClientHttpResponse create(SimulatedInstance instance, StartedPayment starting) throws IOException {
		Instant sentAt = this.world.time();
		this.world.interleave(instance);
		requireAlive(instance);
		if (starting.key != null && this.world.time().isAfter(sentAt.plus(SimulatedInstance.LONGEST_TIME_ON_THE_WAY))) {
			throw new SocketTimeoutException("The connection was closed before the request had arrived");
		}
		if (this.world.happens(Fault.KOPO_KOPO_FAILS, 6)) {
			return response(this.world.pick(List.of(400, 500, 503)), "{}");
		}
		Payment payment = newPayment(starting);
		this.payments.put(payment.id(), payment);
		starting.id = payment.id();
		writeCallbacks(payment);
		this.world.interleave(instance);
		requireAlive(instance);
		if (this.world.happens(Fault.KOPO_KOPO_FAILS, 8)) {
			starting.responseLost = true;
			throw new SocketTimeoutException("The response is lost");
		}
		return created("incoming_payments/" + payment.id());
	}

	private Payment newPayment(StartedPayment starting) {
		Instant now = this.world.time();
		Duration duration = this.world.pick(List.of(Duration.ZERO, Duration.ofSeconds(5), Duration.ofSeconds(40),
				Duration.ofMinutes(10), Duration.ofHours(1), Duration.ofDays(200)));
		Duration unknown = this.world.chance(3) ? Duration.ofSeconds(20) : Duration.ZERO;
		if (this.world.has(Fault.KNOWN_LATE)) {
			unknown = Duration.ofMinutes(2);
		}
		boolean forgotten = this.world.happens(Fault.KOPO_KOPO_FORGETS, 4);
		return new Payment("p" + (this.payments.size() + 1), starting.account, now.plus(unknown),
				forgotten ? Instant.MAX : now.plus(duration), this.world.chance(3) ? "Failed" : "Success", forgotten);
	}

	private void writeCallbacks(Payment payment) {
		if (payment.finalAt().isAfter(this.world.time().plus(Duration.ofDays(1)))) {
			return;
		}
		Duration delay = Duration.between(this.world.time(), payment.finalAt());
		if (this.world.chance(6)) {
			write(Message.result(payment.account(), payment.id(), "Pending", ++this.numbers), delay.dividedBy(2));
		}
		boolean lost = this.world.has(Fault.CALLBACK_LOST) && this.world.chance(2);
		boolean late = this.world.has(Fault.CALLBACK_LATE) && this.world.chance(2);
		if (!lost) {
			Message result = Message.result(payment.account(), payment.id(), payment.status(), ++this.numbers);
			write(result, late ? delay.plus(Duration.ofHours(this.world.random().nextInt(4))) : delay);
			if (late) {
				write(Message.result(payment.account(), payment.id(), payment.status(), ++this.numbers), delay);
			}
		}
	}

	private void write(Message message, Duration delay) {
		this.outbox.add(new Letter(message, this.world.time().plus(delay)));
		this.world.ledger().written(message);
	}

	private ClientHttpResponse status(SimulatedInstance instance, HttpRequest request) throws IOException {
		String id = id(request);
		hang(instance);
		if (this.world.has(Fault.GATEWAY_NOT_FOUND) && !this.world.isAfterMaintenance()) {
			return response(404, GATEWAY_PAGE);
		}
		if (this.world.happens(Fault.KOPO_KOPO_FAILS, 3) || this.world.happens(Fault.RETRY_AFTER, 2)) {
			return failure();
		}
		Payment payment = this.payments.get(id);
		if (payment == null || payment.forgotten() || this.world.time().isBefore(payment.knownAt())) {
			return response(404, UNKNOWN);
		}
		return response(200,
				Message.resultJson(id, isFinished(payment) ? payment.status() : "Pending", ++this.numbers));
	}

	/**
	 * Do not answer, now and then. The thread of the call is taken until its time limit.
	 */
	private void hang(SimulatedInstance instance) throws IOException {
		if (this.world.happens(Fault.KOPO_KOPO_HANGS, 3)) {
			this.world.spend(instance, SimulatedInstance.CALL_TIMEOUT);
			requireAlive(instance);
			throw new SocketTimeoutException("The call has timed out");
		}
	}

	private ClientHttpResponse failure() throws IOException {
		int failure = this.world.random().nextInt(5);
		if (failure == 0) {
			throw new SocketTimeoutException("The response is lost");
		}
		MockClientHttpResponse response = response(List.of(429, 500, 503, 401).get(failure - 1), "{}");
		response.getHeaders()
			.set("Retry-After", this.world.has(Fault.RETRY_AFTER) ? this.world.pick(RETRY_AFTER) : "60");
		return response;
	}

	private static void requireAlive(SimulatedInstance instance) throws IOException {
		if (instance.isGone()) {
			throw new IOException("The instance has crashed");
		}
	}

	private static MockClientHttpResponse response(int status, String body) {
		MockClientHttpResponse response = new MockClientHttpResponse(body.getBytes(StandardCharsets.UTF_8),
				HttpStatus.valueOf(status));
		response.getHeaders().set("Content-Type", body.startsWith("<") ? "text/html" : "application/json");
		return response;
	}

	/**
	 * A payment.
	 *
	 * @param id the id
	 * @param account the name of the account
	 * @param knownAt from when on status requests find it
	 * @param finalAt when its result is final
	 * @param status its final status
	 * @param forgotten whether it is never found
	 */
	private record Payment(String id, String account, Instant knownAt, Instant finalAt, String status,
			boolean forgotten) {

		String finalEvent() {
			return Message.resultName(this.account, this.id, this.status);
		}

	}

	/**
	 * A message that waits for its delivery.
	 *
	 * @param message the message
	 * @param due when it can be delivered
	 */
	private record Letter(Message message, Instant due) {

	}

}
