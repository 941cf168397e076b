package io.github.k2connect.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.github.k2connect.event.UnresolvedK2Request;
import io.github.k2connect.simulation.SimulatedDatabase.Row;
import io.github.k2connect.simulation.StartedPayment.Ending;

/**
 * Knows what has to be true in a world after each step, and at its end.
 */
final class Oracle {

	/**
	 * Half an hour, and a quarter of it at random.
	 */
	private static final Duration LONGEST_DELAY = Duration.ofMinutes(38);

	private final World world;

	private final Set<String> effects = new HashSet<>();

	private Set<Row> seenRows = Set.of();

	/**
	 * The rows that may stay picked although nobody executes them.
	 */
	private final Set<String> excused = new HashSet<>();

	private final Map<SimulatedInstance, Integer> excuses = new HashMap<>();

	private int seen;

	Oracle(World world) {
		this.world = world;
	}

	/**
	 * Verify what is true after each step.
	 */
	void verify() {
		List<String> all = this.world.database().effects();
		all.subList(this.seen, all.size()).forEach(this::verifyEffect);
		this.seen = all.size();
		List<Row> rows = this.world.database().rows();
		rows.forEach(this::verifyAttempts);
		rows.stream().filter((row) -> !this.seenRows.contains(row)).forEach(this::verifyDelay);
		this.seenRows = Set.copyOf(rows);
		this.world.instances().forEach((instance) -> verifyPicks(instance, rows));
		Set<String> stored = rows.stream()
			.filter((row) -> row.task().equals("k2-inbox"))
			.map(Row::key)
			.collect(Collectors.toSet());
		this.world.keys().verify();
		for (Message message : this.world.ledger().accepted()) {
			if (!stored.contains(message.key())) {
				this.world.ledger().forget(message.key());
				if (!this.effects.contains(message.event())) {
					this.world.violate(
							message.event() + " was answered 200, and has neither an effect nor a row in the inbox");
				}
			}
		}
	}

	/**
	 * Verify what is true when nothing is left to do.
	 */
	void verifyEnd() {
		for (Message message : this.world.ledger().accepted()) {
			if (!this.effects.contains(message.event())) {
				this.world.violate(message.event() + " was answered 200, and has no effect");
			}
		}
		this.world.ledger().payments().stream().filter((payment) -> !hasEnded(payment)).forEach((payment) -> {
			this.world.violate("Payment " + payment.id + " of " + payment.account + ", started at " + payment.startedAt
					+ ", has neither a result nor an UnresolvedK2Request");
		});
		this.world.kopoKopo()
			.till()
			.expected(this.world.healedAt())
			.stream()
			.filter((event) -> !this.effects.contains(event))
			.forEach((event) -> this.world.violate(event + " was not published"));
		this.world.database()
			.rows()
			.stream()
			.filter((row) -> !World.isCheck(row))
			.forEach((row) -> this.world.violate("A row of " + row.task() + " is left: " + row));
	}

	private void verifyEffect(String event) {
		if (!this.effects.add(event)) {
			this.world.violate(event + " has two effects");
		}
		if (event.contains(UnresolvedK2Request.class.getSimpleName())) {
			verifyUnresolved(event);
		}
		else if (!this.world.ledger().isWritten(event) && !this.world.kopoKopo().isResult(event)
				&& !this.world.kopoKopo().till().isPayment(event)) {
			this.world.violate(event + " has an effect, and Kopo Kopo has not sent it");
		}
	}

	private void verifyUnresolved(String event) {
		List<StartedPayment> reasons = this.world.ledger()
			.payments()
			.stream()
			.filter((payment) -> event.equals(Message.unresolvedName(payment.account, payment.startedAt))
					|| (payment.id != null && event.equals(Message.unresolvedName(payment.account, payment.id))))
			.toList();
		if (reasons.isEmpty()) {
			this.world.violate(event + " is about a payment that was never started");
		}
		for (StartedPayment payment : reasons) {
			boolean withId = payment.id != null && event.equals(Message.unresolvedName(payment.account, payment.id));
			if (withId ? !isGivenUp(payment) : !isUnknown(payment)) {
				this.world.violate(event + " was published without a reason");
			}
		}
	}

	/**
	 * Return whether a follow-up may end without a result.
	 */
	private boolean isGivenUp(StartedPayment payment) {
		Instant startedAt = (payment.key != null && payment.begunAt.isBefore(payment.startedAt)) ? payment.begunAt
				: payment.startedAt;
		return payment.id == null || this.world.kopoKopo().hasForgotten(payment.id)
				|| !this.world.latestClock().isBefore(startedAt.plus(SimulatedInstance.GIVE_UP_AFTER));
	}

	/**
	 * Return whether nobody knows the id of a payment: its call did not return, or could
	 * not store the id, and its instance is gone or had no occasion to store it again.
	 */
	private boolean isUnknown(StartedPayment payment) {
		if (payment.ending != Ending.RETURNED) {
			return true;
		}
		if (!payment.interrupted) {
			return false;
		}
		boolean excused = !this.world.has(Fault.URL_STORED_AFTER_INTERRUPTION)
				&& this.world.interruptedSchedulers() > payment.interruptedSchedulers;
		return excused || payment.instance.isGone()
				|| payment.instance.undisturbedFollowUps() == payment.undisturbedFollowUps;
	}

	/**
	 * Return whether the application knows how a payment ended. A call without a response
	 * throws, so that the caller knows, and is not followed up.
	 */
	private boolean hasEnded(StartedPayment payment) {
		if (!payment.instance.settings.followUp() || payment.id == null || payment.responseLost
				|| payment.ending == Ending.THREW) {
			return true;
		}
		return List.of("Success", "Failed")
			.stream()
			.anyMatch((status) -> this.effects.contains(Message.resultName(payment.account, payment.id, status)))
				|| this.effects.contains(Message.unresolvedName(payment.account, payment.id))
				|| this.effects.contains(Message.unresolvedName(payment.account, payment.startedAt));
	}

	/**
	 * Verify that no follow-up was scheduled later than after its longest delay, whatever
	 * Kopo Kopo asks for. The clock of its instance may have been ahead when it began.
	 */
	private void verifyDelay(Row row) {
		if (row.task().equals("k2-follow-up") && row.time().isAfter(this.world.latestClock().plus(LONGEST_DELAY))) {
			this.world.violate("A follow-up waits for longer than " + LONGEST_DELAY + ": " + row);
		}
	}

	/**
	 * Verify that an instance that lives has forgotten no event that it has picked.
	 */
	private void verifyPicks(SimulatedInstance instance, List<Row> rows) {
		Integer before = this.excuses.put(instance, instance.excuses());
		boolean isExcused = this.world.hasNested() || instance.excuses() != ((before != null) ? before : 0);
		for (Row row : rows) {
			String pick = row.task() + row.key() + row.version() + row.holder();
			if (row.task().equals("k2-inbox") && instance.holds(row) && !instance.waiting().contains(row.key())
					&& !this.excused.contains(pick)) {
				if (isExcused) {
					this.excused.add(pick);
				}
				else {
					this.world.violate(instance + " has picked an event, and has forgotten it: " + row);
				}
			}
		}
	}

	/**
	 * Verify that an event is parked after all its attempts, and not before.
	 */
	private void verifyAttempts(Row row) {
		if (!row.task().equals("k2-inbox")) {
			return;
		}
		Ledger ledger = this.world.ledger();
		int attempts = ledger.attempts(row.key());
		if (attempts > SimulatedInstance.MAX_ATTEMPTS) {
			this.world.violate("There were " + attempts + " attempts to handle an event, and "
					+ SimulatedInstance.MAX_ATTEMPTS + " are allowed: " + row);
		}
		if (row.isParked() && attempts + ledger.deaths(row.key()) < SimulatedInstance.MAX_ATTEMPTS) {
			this.world.violate("An event is parked after " + attempts + " attempts: " + row);
		}
	}

}
