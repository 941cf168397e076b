package io.github.k2connect.reconciliation;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

import io.github.k2connect.json.JsonBody;
import io.github.k2connect.json.JsonObject;

/**
 * A period whose transactions are polled.
 *
 * @param from its start
 * @param to its end, after its start
 */
record Period(Instant from, Instant to) {

	/**
	 * Return the beginning of the period.
	 * @param length the length of the beginning, at most
	 */
	Period first(Duration length) {
		Instant end = this.from.plus(length);
		return end.isBefore(this.to) ? new Period(this.from, end) : this;
	}

	/**
	 * Return what follows after the beginning of the period.
	 * @param beginning the beginning, shorter than the period
	 */
	Period after(Period beginning) {
		return new Period(beginning.to, this.to);
	}

	JsonBody toJson() {
		return new JsonBody().putText("from", this.from).putText("to", this.to);
	}

	static Period read(JsonObject json) {
		return new Period(Objects.requireNonNull(json.instant("from")), Objects.requireNonNull(json.instant("to")));
	}

	@Override
	public String toString() {
		return this.from + " to " + this.to;
	}

}
