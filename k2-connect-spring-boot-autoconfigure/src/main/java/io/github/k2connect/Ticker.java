package io.github.k2connect;

import java.time.Duration;

import org.apiguardian.api.API;

/**
 * Measures how much time has passed. It does not jump when the clock of the machine is
 * corrected.
 *
 * @hidden
 */
@API(status = API.Status.INTERNAL)
@FunctionalInterface
public interface Ticker {

	/**
	 * The ticker of the system.
	 */
	Ticker SYSTEM = System::nanoTime;

	/**
	 * Return the current tick. Only the difference of two ticks has a meaning.
	 * @return a number of nanoseconds
	 */
	long tick();

	/**
	 * Return the time that has passed since a tick.
	 * @param tick the earlier tick
	 * @return the elapsed time
	 */
	default Duration since(long tick) {
		return Duration.ofNanos(tick() - tick);
	}

	/**
	 * Return what is left of a span of time.
	 * @param length the length of the span
	 * @param start the tick at which it began
	 * @return the time, zero if the span is over
	 */
	default Duration left(Duration length, long start) {
		Duration left = length.minus(since(start));
		return left.isNegative() ? Duration.ZERO : left;
	}

}
