package io.github.k2connect.webhook.inbox;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

import org.apiguardian.api.API;

/**
 * Growing delays with a random part, so that requests which fail at the same time are not
 * repeated at the same time.
 *
 * @hidden
 */
@API(status = API.Status.INTERNAL)
public final class Delays {

	/**
	 * The random generator of the calling thread.
	 */
	public static final RandomGenerator RANDOM = () -> ThreadLocalRandom.current().nextLong();

	private Delays() {
	}

	/**
	 * Return a delay that doubles with each call, up to the longest delay, with a random
	 * extra.
	 * @param first the delay after the first call
	 * @param calls the number of calls
	 * @param longest the longest delay, without the extra
	 * @param random the source of the extra
	 * @return the delay
	 */
	public static Duration doubled(Duration first, int calls, Duration longest, RandomGenerator random) {
		Duration delay = first;
		for (int call = 1; call < calls && delay.compareTo(longest) < 0; call++) {
			delay = delay.multipliedBy(2);
		}
		return spread((delay.compareTo(longest) < 0) ? delay : longest, random);
	}

	/**
	 * Return the delay with a random extra of up to a quarter.
	 * @param delay the delay
	 * @param random the source of the extra
	 * @return the longer delay
	 */
	public static Duration spread(Duration delay, RandomGenerator random) {
		return delay.plusMillis(random.nextLong(delay.toMillis() / 4 + 1));
	}

}
