package io.github.k2connect.scheduling;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

import org.apiguardian.api.API;

/**
 * The time, and random delays, so that what fails at the same time is not repeated at the
 * same time.
 *
 * @param clock the clock of this instance
 * @param random the source of the random part
 * @hidden
 */
@API(status = API.Status.INTERNAL)
public record Delays(Clock clock, RandomGenerator random) {

	/**
	 * The delays of an application.
	 */
	public static final Delays SYSTEM = new Delays(Clock.systemUTC(), () -> ThreadLocalRandom.current().nextLong());

	/**
	 * Return the time of this instance's clock.
	 * @return the time
	 */
	public Instant now() {
		return this.clock.instant();
	}

	/**
	 * Return a delay that doubles with each attempt, with a random extra.
	 * @param first the delay after the first attempt
	 * @param attempts the number of attempts
	 * @param longest the longest delay, without the extra
	 * @return the delay
	 */
	public Duration doubled(Duration first, int attempts, Duration longest) {
		Duration delay = first;
		for (int attempt = 1; attempt < attempts && delay.compareTo(longest) < 0; attempt++) {
			delay = delay.multipliedBy(2);
		}
		return spread((delay.compareTo(longest) < 0) ? delay : longest);
	}

	/**
	 * Return the delay with a random extra of up to a quarter.
	 * @param delay the delay
	 * @return the longer delay
	 */
	public Duration spread(Duration delay) {
		return delay.plusMillis(this.random.nextLong(delay.toMillis() / 4 + 1));
	}

}
