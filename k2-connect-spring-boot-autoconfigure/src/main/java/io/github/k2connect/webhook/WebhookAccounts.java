package io.github.k2connect.webhook;

import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;

import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * The accounts whose messages are received: the parser of each, and its name in metrics.
 *
 * @hidden
 */
@API(status = API.Status.INTERNAL)
public interface WebhookAccounts {

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
	 * Verify and decode a message. An unknown account is rejected like a wrong signature.
	 * After a wrong signature the keys are loaded again, because they may have changed. A
	 * malformed signature is rejected before an account is looked up.
	 * @param <T> the type of the result
	 * @param account the name of the account, which is not verified
	 * @param body the body as received
	 * @param signature the value of the header, or {@code null} if there was none
	 * @param decoder decodes the body for the account
	 * @return the result
	 * @throws InvalidSignatureException if the signature is missing or wrong
	 * @throws MalformedWebhookException if the decoder cannot read the body
	 * @throws AccountUnavailableException if the account cannot be looked up now
	 */
	default <T> T parse(String account, byte[] body, @Nullable String signature,
			BiFunction<byte[], String, T> decoder) {
		if (!SignatureVerifier.isWellFormed(signature)) {
			throw new InvalidSignatureException();
		}
		WebhookParser parser = load(this::find, account).orElseThrow(InvalidSignatureException::new);
		try {
			return parser.parse(body, signature, decoder);
		}
		catch (InvalidSignatureException ex) {
			WebhookParser refreshed = load(this::refresh, account).orElseThrow(() -> ex);
			if (refreshed == parser) {
				throw ex;
			}
			return refreshed.parse(body, signature, decoder);
		}
	}

	private static Optional<WebhookParser> load(Function<String, Optional<WebhookParser>> parsers, String account) {
		try {
			return parsers.apply(account);
		}
		catch (AccountUnavailableException ex) {
			throw ex;
		}
		catch (RuntimeException ex) {
			throw new AccountUnavailableException(ex);
		}
	}

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
