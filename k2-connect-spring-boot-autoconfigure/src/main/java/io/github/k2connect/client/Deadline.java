package io.github.k2connect.client;

import java.time.Duration;
import java.util.function.Function;

import io.github.k2connect.Ticker;
import org.jspecify.annotations.Nullable;

/**
 * The deadline of a call with all that it includes: getting a token, attempts and waits.
 * A nested call on the same thread has the deadline of the outer call. Changes of the
 * system clock do not affect it.
 */
final class Deadline {

	private static final Duration LONGEST = Duration.ofDays(365);

	private static final ThreadLocal<@Nullable Deadline> CURRENT = new ThreadLocal<>();

	private final Duration timeout;

	private final long start = Ticker.SYSTEM.tick();

	private Deadline(Duration timeout) {
		this.timeout = (timeout.compareTo(LONGEST) < 0) ? timeout : LONGEST;
	}

	static Deadline after(Duration timeout) {
		return new Deadline(timeout);
	}

	/**
	 * Return the deadline of the call that this thread makes.
	 * @param timeout the time until the deadline if this thread makes no call
	 * @return the deadline
	 */
	static Deadline current(Duration timeout) {
		Deadline current = CURRENT.get();
		return (current != null) ? current : after(timeout);
	}

	/**
	 * Make a call.
	 * @param timeout the maximum duration, unless it is nested in another call
	 * @param call the call
	 * @return what the call returns
	 */
	static <T> T within(Duration timeout, Function<Deadline, T> call) {
		Deadline outer = CURRENT.get();
		if (outer != null) {
			return call.apply(outer);
		}
		Deadline deadline = after(timeout);
		CURRENT.set(deadline);
		try {
			return call.apply(deadline);
		}
		finally {
			CURRENT.remove();
		}
	}

	/**
	 * Return the time that is left.
	 * @return the time, zero if the deadline is over
	 */
	Duration left() {
		return Ticker.SYSTEM.left(this.timeout, this.start);
	}

}
