package io.github.k2connect.followup;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Delays that grow, and differ a little so that what fails together does not come back
 * together.
 */
final class Delays {

	private Delays() {
	}

	/**
	 * Return a delay that doubles with each call.
	 */
	static Duration doubled(Duration first, int calls, Duration longest) {
		Duration delay = first;
		for (int call = 1; call < calls && delay.compareTo(longest) < 0; call++) {
			delay = delay.multipliedBy(2);
		}
		return spread((delay.compareTo(longest) < 0) ? delay : longest);
	}

	/**
	 * Return up to a quarter more.
	 */
	static Duration spread(Duration delay) {
		return delay.plusMillis(ThreadLocalRandom.current().nextLong(delay.toMillis() / 4 + 1));
	}

}
