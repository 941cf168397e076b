package io.github.k2connect.account;

import java.util.Optional;

/**
 * Source of accounts that are not in the configuration, for example when a platform
 * stores the accounts of its merchants in a database or a vault. Results are cached for
 * {@code k2.account-source.cache-ttl}.
 * <p>
 * Implementations must be thread-safe. They may be called with any name, because the name
 * can come from the path of a request that is not verified yet. They should respond
 * quickly, and return an empty result for an unknown name instead of an exception:
 * messages get status 503 while too many calls are in progress or fail.
 */
@FunctionalInterface
public interface K2AccountSource {

	/**
	 * Find the settings of an account.
	 * @param name the name of the account: 1 to 40 lower-case letters, digits and hyphens
	 * @return the settings, or empty if there is no such account
	 */
	Optional<K2AccountSettings> find(String name);

}
