package io.github.k2connect.simulation;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.github.k2connect.json.JsonObject;
import io.github.k2connect.reconciliation.TestReconciliation;
import org.jspecify.annotations.Nullable;

/**
 * A till at Kopo Kopo, of whose payments no message tells. Polls that cover one instant
 * fail for ever.
 */
final class SimulatedTill {

	static final String NUMBER = "112233";

	private static final int CUSTOMERS = 24;

	private static final Duration DISTANCE = Duration.ofSeconds(65);

	/**
	 * How near to the instant a payment may be hidden: the shortest period, and what
	 * polls begin earlier.
	 */
	private static final Duration HIDDEN = Duration.ofSeconds(62);

	private final World world;

	private final List<Payment> payments = new ArrayList<>();

	private final Map<String, Poll> polls = new LinkedHashMap<>();

	private @Nullable Instant configured;

	private @Nullable Instant broken;

	SimulatedTill(World world) {
		this.world = world;
	}

	/**
	 * Record that an instance has the till in its configuration.
	 */
	void configure() {
		if (this.configured == null) {
			this.configured = this.world.time();
		}
	}

	/**
	 * Let customers pay, one each minute, until now.
	 */
	void pay() {
		Instant now = this.world.time();
		for (int i = CUSTOMERS; i > 0; i--) {
			this.payments.add(new Payment("SK" + (this.payments.size() + 1), now.minus(DISTANCE.multipliedBy(i))));
		}
		if (this.broken == null) {
			this.broken = now.minus(DISTANCE.multipliedBy(1 + this.world.random().nextInt(CUSTOMERS)));
		}
		this.world.say(CUSTOMERS + " customers paid, no poll is answered at " + this.broken);
	}

	String start(byte[] body) {
		JsonObject request = JsonObject.parse(body);
		String id = "poll" + (this.polls.size() + 1);
		this.polls.put(id, new Poll(OffsetDateTime.parse(request.requiredText("from_time")).toInstant(),
				OffsetDateTime.parse(request.requiredText("to_time")).toInstant()));
		return id;
	}

	/**
	 * Return the result of a poll, or {@code null} if there is none.
	 */
	@Nullable String result(String id) {
		Poll poll = this.polls.get(id);
		if (poll == null) {
			return null;
		}
		boolean answered = this.broken == null || !poll.covers(this.broken);
		String transactions = this.payments.stream()
			.filter((payment) -> answered && poll.covers(payment.time()))
			.map(Payment::toJson)
			.collect(Collectors.joining(","));
		return """
				{"data": {"id": "%s", "type": "polling", "attributes": {"status": "%s", "transactions": [%s]}}}"""
			.formatted(id, answered ? "Success" : "Failed", transactions);
	}

	boolean isPayment(String event) {
		return this.payments.stream().anyMatch((payment) -> payment.event().equals(event));
	}

	/**
	 * Return the events that have to be published.
	 * @param healed the time since which nothing fails but that one instant
	 */
	List<String> expected(Instant healed) {
		Instant earliest = healed.minus(TestReconciliation.LOOK_BACK).plus(TestReconciliation.DELAY);
		Instant first = this.configured;
		if (first == null) {
			return List.of();
		}
		return this.payments.stream()
			.filter((payment) -> payment.time().isAfter(first) && payment.time().isAfter(earliest))
			.filter((payment) -> Duration.between(payment.time(), this.broken).abs().compareTo(HIDDEN) > 0)
			.map(Payment::event)
			.toList();
	}

	/**
	 * A payment.
	 *
	 * @param reference its reference
	 * @param time when it was made
	 */
	private record Payment(String reference, Instant time) {

		String event() {
			return Message.missedName(SimulatedAccounts.DEFAULT, this.reference);
		}

		String toJson() {
			return """
					{"type": "Buygoods Transaction", "resource": {"reference": "%s", "origination_time": "%s",
					"status": "Received"}}""".formatted(this.reference, this.time);
		}

	}

	/**
	 * A poll.
	 *
	 * @param from the start of its period
	 * @param to the end of its period
	 */
	private record Poll(Instant from, Instant to) {

		boolean covers(Instant time) {
			return !(time.isBefore(this.from) || time.isAfter(this.to));
		}

	}

}
