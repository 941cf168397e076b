package io.github.k2connect.webhook;

import java.util.Optional;
import java.util.Set;

import io.github.k2connect.K2Exception;
import io.github.k2connect.client.ApiClient;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * The accounts, for the packages that receive messages: the parser of each, its client
 * and its name in metrics.
 *
 * @hidden
 */
@API(status = API.Status.INTERNAL)
public interface WebhookParsers {

	/**
	 * Find the parser of an account.
	 * @param account the name of the account, which is not verified
	 * @return the parser, or empty if there is no such account, or it has no API key
	 * @throws AccountUnavailableException if the account cannot be looked up now
	 */
	Optional<WebhookParser> find(String account);

	/**
	 * Find the parser of an account after a message had a wrong signature, because the
	 * API key may have changed.
	 * @param account the name of the account
	 * @return the parser, the same as before or one with other keys
	 * @throws AccountUnavailableException if the account cannot be looked up now
	 */
	Optional<WebhookParser> refresh(String account);

	/**
	 * Return the client of an account.
	 * @param account the name of the account
	 * @return a client that sends the account's access token
	 * @throws K2Exception if there is no such account
	 */
	ApiClient client(String account);

	/**
	 * Return the name of an account in metrics. The number of names is limited.
	 * @param account the name of the account, which is not verified
	 * @return the name of an account in the configuration, or {@code other}
	 */
	String observedName(String account);

	/**
	 * Return the names that accounts have in metrics.
	 * @return the names of the accounts in the configuration, and {@code other} if there
	 * are others
	 */
	Set<String> observedNames();

	/**
	 * Return the accounts in the configuration whose messages can be verified.
	 * @return the names
	 */
	Set<String> configuredNames();

	/**
	 * Return whether there are other accounts than the default account, or may be.
	 * @return {@code true} if each account has a path of its own
	 */
	boolean hasNamedAccounts();

	/**
	 * Thrown when the account of a message cannot be looked up now, so that the message
	 * must be delivered again.
	 */
	final class AccountUnavailableException extends RuntimeException {

		/**
		 * Create an exception without a stack trace. Everybody can cause it, as often as
		 * they like.
		 */
		public AccountUnavailableException() {
			this(null);
		}

		/**
		 * Create an exception.
		 * @param cause why the account cannot be looked up, or {@code null} if too many
		 * look-ups fail or are in progress
		 */
		public AccountUnavailableException(@Nullable Throwable cause) {
			super("The account cannot be looked up now", cause, false, false);
		}

	}

}
