package io.github.k2connect.account;

import java.util.Optional;

/**
 * Source of accounts that are not in the configuration, for example because a platform
 * keeps those of its merchants in a database or a vault. A bean of this type is asked
 * once for a name; what it returns is cached for {@code k2.account-source.cache-ttl}.
 * <p>
 * May be called by many threads, also for names that strangers make up in the path of the
 * webhook endpoint.
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
