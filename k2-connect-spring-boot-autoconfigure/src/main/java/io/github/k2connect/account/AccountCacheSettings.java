package io.github.k2connect.account;

import java.time.Clock;
import java.time.Duration;

import org.apiguardian.api.API;

import org.springframework.util.Assert;

/**
 * How the accounts of a {@link K2AccountSource} are cached.
 *
 * @param size how many accounts are cached; beyond that the one that was not used for
 * longest is dropped
 * @param ttl how long the settings of an account are used before the source is asked
 * again
 * @param clock the source of the current time
 * @hidden
 */
@API(status = API.Status.INTERNAL)
public record AccountCacheSettings(int size, Duration ttl, Clock clock) {

	/**
	 * Check the settings.
	 * @throws IllegalArgumentException if they cannot be used
	 */
	public AccountCacheSettings {
		Assert.isTrue(size > 0, "size must be positive");
		Assert.isTrue(ttl.compareTo(Duration.ZERO) > 0, "ttl must be positive");
	}

}
