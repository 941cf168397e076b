package io.github.k2connect.webhook;

import java.util.Optional;

import org.apiguardian.api.API;

/**
 * Finds the parser that verifies and decodes the messages of an account.
 *
 * @hidden
 */
@API(status = API.Status.INTERNAL)
public interface WebhookParsers {

	/**
	 * Find the parser of an account.
	 * @param account the name of the account, as a stranger may have made it up
	 * @return the parser, or empty if there is no such account, or it has no API key
	 */
	Optional<WebhookParser> find(String account);

	/**
	 * Find the parser of an account after a message had a wrong signature, since the key
	 * may have changed.
	 * @param account the name of the account
	 * @return the parser, the same as before or one with other keys
	 */
	Optional<WebhookParser> refresh(String account);

	/**
	 * Return the name under which an account is observed: one of few, since metrics keep
	 * each forever.
	 * @param account the name of the account, as a stranger may have made it up
	 * @return the name of an account in the configuration, or {@code other}
	 */
	String observedName(String account);

}
