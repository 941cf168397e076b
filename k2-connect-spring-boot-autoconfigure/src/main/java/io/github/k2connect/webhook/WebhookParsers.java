package io.github.k2connect.webhook;

import java.util.Optional;

/**
 * Finds the parser that verifies and decodes the messages of an account.
 */
public interface WebhookParsers {

	/**
	 * Find the parser of an account.
	 * @param account the name of the account, as it stands in the path of the request
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

}
