package io.github.k2connect.followup;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/**
 * Growing delays with a random part, so that requests which fail at the same time are not
 * repeated at the same time.
 */
final class Delays {

	/**
	 * The random generator of the calling thread.
	 */
	static final RandomGenerator RANDOM = () -> ThreadLocalRandom.current().nextLong();

	private Delays() {
	}

	/**
	 * Return a delay that doubles with each call, up to the longest delay, with a random
	 * extra.
	 */
	static Duration doubled(Duration first, int calls, Duration longest, RandomGenerator random) {
		Duration delay = first;
		for (int call = 1; call < calls && delay.compareTo(longest) < 0; call++) {
			delay = delay.multipliedBy(2);
		}
		return spread((delay.compareTo(longest) < 0) ? delay : longest, random);
	}

	/**
	 * Return the delay with a random extra of up to a quarter.
	 */
	static Duration spread(Duration delay, RandomGenerator random) {
		return delay.plusMillis(random.nextLong(delay.toMillis() / 4 + 1));
	}

}
