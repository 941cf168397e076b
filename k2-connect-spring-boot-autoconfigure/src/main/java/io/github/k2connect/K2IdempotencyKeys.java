package io.github.k2connect;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The idempotency keys of requests, of all instances. They are kept in the database for
 * {@code k2.store.retention}. A method without an account is for the account that is
 * configured without a name.
 * <p>
 * A key whose request has no known outcome is unresolved: further requests with it are
 * refused with a {@link K2DuplicateRequestException}. Find out in Kopo Kopo's dashboard,
 * or with a result that has the metadata of the request, whether it was received. Then
 * call {@link #resolve(String, K2Location) resolve} if it was, or {@link #release(String)
 * release} if it was not.
 * <p>
 * Every method throws Spring's {@code DataAccessException} or
 * {@code TransactionException} if the database is not available.
 */
public interface K2IdempotencyKeys {

	/**
	 * Find the location that the request with a key has returned.
	 * @param key the key
	 * @return the location, or empty if the key is unknown or unresolved
	 */
	default Optional<K2Location> find(String key) {
		return find(AccountName.DEFAULT, key);
	}

	/**
	 * Find the location that the request with a key has returned.
	 * @param account the name of the account
	 * @param key the key
	 * @return the location, or empty if the key is unknown or unresolved
	 */
	Optional<K2Location> find(String account, String key);

	/**
	 * Store the location of an unresolved request. Further requests with the key return
	 * it and send nothing.
	 * @param key the key
	 * @param location the location, for example from a result
	 * @return {@code false} if the key is unknown, or its location is known already
	 * @throws InvalidK2RequestException if the location is not at Kopo Kopo
	 */
	default boolean resolve(String key, K2Location location) {
		return resolve(AccountName.DEFAULT, key, location);
	}

	/**
	 * Store the location of an unresolved request. Further requests with the key return
	 * it and send nothing.
	 * @param account the name of the account
	 * @param key the key
	 * @param location the location, for example from a result
	 * @return {@code false} if the key is unknown, or its location is known already
	 * @throws InvalidK2RequestException if the location is not at Kopo Kopo
	 */
	boolean resolve(String account, String key, K2Location location);

	/**
	 * Forget an unresolved key, so that the next request with it is sent. Make sure
	 * before that Kopo Kopo has not received the first request: otherwise it is sent
	 * twice.
	 * @param key the key
	 * @return {@code false} if the key is unknown, its location is known, or its request
	 * may still be on its way to Kopo Kopo; nothing is forgotten then
	 */
	default boolean release(String key) {
		return release(AccountName.DEFAULT, key);
	}

	/**
	 * Forget an unresolved key, so that the next request with it is sent. Make sure
	 * before that Kopo Kopo has not received the first request: otherwise it is sent
	 * twice.
	 * @param account the name of the account
	 * @param key the key
	 * @return {@code false} if the key is unknown, its location is known, or its request
	 * may still be on its way to Kopo Kopo; nothing is forgotten then
	 */
	boolean release(String account, String key);

	/**
	 * Return the unresolved keys of all accounts. Those of requests that are being sent
	 * are among them.
	 * @return the keys, the oldest first
	 */
	List<UnresolvedKey> unresolved();

	/**
	 * Return the unresolved keys of an account. Those of requests that are being sent are
	 * among them.
	 * @param account the name of the account
	 * @return the keys, the oldest first
	 */
	List<UnresolvedKey> unresolved(String account);

	/**
	 * An unresolved key.
	 *
	 * @param account the name of the account
	 * @param key the key
	 * @param type the type of the result of the request, for example
	 * {@code incoming_payment}
	 * @param startedAt when the request was started, by the clock of the database
	 */
	record UnresolvedKey(String account, String key, String type, Instant startedAt) {

	}

}
