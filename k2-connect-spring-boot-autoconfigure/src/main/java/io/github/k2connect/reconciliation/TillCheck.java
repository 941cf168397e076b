package io.github.k2connect.reconciliation;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import io.github.k2connect.json.JsonBody;
import io.github.k2connect.json.JsonObject;
import io.github.k2connect.json.JsonObject.UnreadableJsonException;
import org.jspecify.annotations.Nullable;

/**
 * The data of the checks of a till in the table of tasks, as a JSON object. Later
 * versions must be able to read it. All times are those of the database.
 *
 * @param till the till
 * @param once whether this is a single check that was asked for
 * @param since when the till was first configured: what was before is not checked; or
 * {@code null} for a single check
 * @param lastComplete the end of the last complete check, or {@code null}
 * @param missed how many payments and reversals were found
 * @param end the end of the check that runs, or {@code null} if none runs
 * @param open the periods that the check still has to poll
 * @param size the length of the periods that are polled
 * @param failures how often in a row a poll has failed
 * @param poll the poll that runs, or {@code null}
 * @param due when the next step is due, or {@code null} if it is due at once
 */
record TillCheck(Till till, boolean once, @Nullable Instant since, @Nullable Instant lastComplete, long missed,
		@Nullable Instant end, List<Period> open, Duration size, int failures, @Nullable Poll poll,
		@Nullable Instant due) {

	private static final Duration FIRST_SIZE = Duration.ofHours(6);

	private static final Duration SMALLEST_SIZE = Duration.ofMinutes(1);

	private static final Duration LARGEST_SIZE = Duration.ofDays(1);

	/**
	 * The number of transactions below which the next poll may have twice the period.
	 */
	private static final int FEW = 500;

	/**
	 * The number of open periods from which on none is halved.
	 */
	private static final int MANY = 100;

	private static final String ONCE = "check-";

	/**
	 * Return a new key of a single check in the table of tasks.
	 */
	static String newKeyOnce() {
		return ONCE + UUID.randomUUID();
	}

	/**
	 * Return whether a key is that of a single check. The key of a till of a named
	 * account has a colon.
	 */
	static boolean isOnce(String key) {
		return key.startsWith(ONCE) && key.indexOf(':') < 0;
	}

	/**
	 * Return the check of a till that has just been configured.
	 */
	static TillCheck since(Till till, Instant now) {
		return new TillCheck(till, false, now, null, 0, null, List.of(), FIRST_SIZE, 0, null, null);
	}

	static TillCheck once(Till till, Period period) {
		return new TillCheck(till, true, null, null, 0, period.to(), List.of(period), FIRST_SIZE, 0, null, null);
	}

	/**
	 * Return a time, or when the till was first configured if that is later.
	 */
	Instant notBeforeSince(Instant time) {
		return (this.since != null) ? later(this.since, time) : time;
	}

	/**
	 * Add a period that begins where the last one ends, and forget the periods that are
	 * too old.
	 * @param overlap how much of the last period is polled again
	 * @param earliest the earliest start of a period
	 * @param newEnd the end of the period
	 */
	TillCheck extended(Duration overlap, Instant earliest, Instant newEnd) {
		Instant last = (this.end != null) ? this.end : this.lastComplete;
		Instant from = (last != null) ? later(last.minus(overlap), earliest) : earliest;
		List<Period> periods = new ArrayList<>();
		if (from.isBefore(newEnd)) {
			periods.add(new Period(from, newEnd));
		}
		this.open.stream()
			.filter((period) -> period.to().isAfter(earliest))
			.map((period) -> new Period(later(period.from(), earliest), period.to()))
			.forEach(periods::add);
		return new TillCheck(this.till, this.once, this.since, this.lastComplete, this.missed,
				(last != null) ? later(last, newEnd) : newEnd, List.copyOf(periods), this.size, this.failures, null,
				null);
	}

	private static Instant later(Instant one, Instant other) {
		return one.isAfter(other) ? one : other;
	}

	/**
	 * Return the period to poll next.
	 */
	Period next() {
		return this.open.get(0).first(this.size);
	}

	TillCheck polling(Period period, URI location, Instant now) {
		return with(this.open, this.size, this.failures, Poll.started(period, location, now));
	}

	TillCheck asked(Poll running) {
		return with(this.open, this.size, this.failures, running.asked());
	}

	TillCheck due(Instant time) {
		return new TillCheck(this.till, this.once, this.since, this.lastComplete, this.missed, this.end, this.open,
				this.size, this.failures, this.poll, time);
	}

	/**
	 * Start the poll of the period anew after a failure that may have nothing to do with
	 * the period.
	 */
	TillCheck failed() {
		return with(this.open, this.size, this.failures + 1, null);
	}

	/**
	 * Poll the halves of a period that Kopo Kopo did not answer, after all others. So
	 * what it cannot answer becomes shorter, and holds up nothing else.
	 */
	TillCheck refused() {
		Period refused = next();
		List<Period> periods = new ArrayList<>(rest(refused));
		if (isLongerThanSmallest(refused) && this.open.size() < MANY) {
			Period half = refused.first(half(refused));
			periods.add(half);
			periods.add(refused.after(half));
		}
		else {
			periods.add(refused);
		}
		return with(List.copyOf(periods), this.size, this.failures + 1, null);
	}

	/**
	 * Poll a shorter period, whose result is smaller.
	 */
	TillCheck tooLarge() {
		return with(this.open, half(next()), this.failures, null);
	}

	boolean canBeShorter() {
		return isLongerThanSmallest(next());
	}

	private static boolean isLongerThanSmallest(Period period) {
		return Duration.between(period.from(), period.to()).compareTo(SMALLEST_SIZE) > 0;
	}

	private static Duration half(Period period) {
		Duration half = Duration.between(period.from(), period.to()).dividedBy(2);
		return (half.compareTo(SMALLEST_SIZE) > 0) ? half : SMALLEST_SIZE;
	}

	/**
	 * Go on after the transactions of a period were compared.
	 * @param period the period
	 * @param transactions how many there were
	 * @param found how many were not known
	 */
	TillCheck compared(Period period, int transactions, int found) {
		List<Period> rest = rest(period);
		Duration doubled = this.size.multipliedBy(2);
		Duration nextSize = (transactions < FEW && doubled.compareTo(LARGEST_SIZE) <= 0) ? doubled : this.size;
		boolean complete = rest.isEmpty() && this.end != null;
		return new TillCheck(this.till, this.once, this.since, complete ? this.end : this.lastComplete,
				this.missed + found, rest.isEmpty() ? null : this.end, rest, nextSize, 0, null, null);
	}

	private List<Period> rest(Period beginning) {
		List<Period> rest = new ArrayList<>(this.open);
		Period first = rest.remove(0);
		if (beginning.to().isBefore(first.to())) {
			rest.add(0, first.after(beginning));
		}
		return List.copyOf(rest);
	}

	boolean isIdle() {
		return this.open.isEmpty();
	}

	private TillCheck with(List<Period> newOpen, Duration newSize, int newFailures, @Nullable Poll newPoll) {
		return new TillCheck(this.till, this.once, this.since, this.lastComplete, this.missed, this.end, newOpen,
				newSize, newFailures, newPoll, null);
	}

	String write() {
		return new JsonBody().put("account", this.till.account())
			.put("till", this.till.number())
			.put("once", this.once)
			.putText("since", this.since)
			.putText("lastCompleteCheck", this.lastComplete)
			.put("missed", this.missed)
			.putText("end", this.end)
			.putObjects("open", this.open.stream().map(Period::toJson).toList())
			.putText("size", this.size)
			.put("failures", this.failures)
			.put("poll", (this.poll != null) ? this.poll.toJson() : new JsonBody())
			.putText("due", this.due)
			.toText();
	}

	/**
	 * Read the text that {@link #write()} returned.
	 * @throws UnreadableJsonException if it is another text
	 */
	static TillCheck read(String text) {
		JsonObject json = JsonObject.parse(text);
		JsonObject poll = json.objectOrNull("poll");
		return new TillCheck(new Till(json.requiredText("account"), json.text("till")),
				Boolean.TRUE.equals(json.flag("once")), json.instant("since"), json.instant("lastCompleteCheck"),
				json.count("missed"), json.instant("end"), json.objects("open").stream().map(Period::read).toList(),
				Duration.parse(json.requiredText("size")), (int) json.count("failures"),
				(poll != null) ? Poll.read(poll) : null, json.instant("due"));
	}

}
