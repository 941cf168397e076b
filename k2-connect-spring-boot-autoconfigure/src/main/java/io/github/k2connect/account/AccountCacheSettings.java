package io.github.k2connect.account;

import java.time.Duration;

import io.github.k2connect.Ticker;
import org.apiguardian.api.API;

import org.springframework.util.Assert;

/**
 * Settings of the cache for the accounts of a {@link K2AccountSource}.
 *
 * @param size the maximum number of accounts; the least recently used account is removed
 * first
 * @param ttl how long the settings of an account are used before they are loaded again
 * @param ticker measures the age of the settings
 * @hidden
 */
@API(status = API.Status.INTERNAL)
public record AccountCacheSettings(int size, Duration ttl, Ticker ticker) {

	/**
	 * Check the settings.
	 * @throws IllegalArgumentException if a value is not valid
	 */
	public AccountCacheSettings {
		Assert.isTrue(size > 0, "size must be positive");
		Assert.isTrue(ttl.compareTo(Duration.ZERO) > 0, "ttl must be positive");
	}

}
