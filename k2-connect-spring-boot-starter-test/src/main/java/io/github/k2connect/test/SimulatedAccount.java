package io.github.k2connect.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Account of the simulator, with its own credentials, access tokens, resources,
 * subscriptions and transactions. Its messages are signed with its API key.
 *
 * @see K2Simulator#account(String)
 */
public final class SimulatedAccount {

	static final String DEFAULT_NAME = "default";

	private static final String NAME = "[a-z0-9-]{1,40}";

	private final Credentials credentials;

	private final String webhookPath;

	private final IssuedTokens tokens;

	private final WebhookSigner signer;

	private final CallbackClient callbacks;

	private final Ledger ledger = new Ledger();

	SimulatedAccount(Credentials credentials, String webhookPath, IssuedTokens tokens, CallbackClient callbacks) {
		this.credentials = credentials;
		this.webhookPath = webhookPath;
		this.tokens = tokens;
		this.signer = new WebhookSigner(credentials.apiKey());
		this.callbacks = callbacks;
	}

	/**
	 * Return the name of the account.
	 * @return the name, {@code default} where none was given
	 */
	public String name() {
		return this.credentials.name();
	}

	/**
	 * Return the client id that is accepted.
	 * @return the client id
	 */
	public String clientId() {
		return this.credentials.clientId();
	}

	/**
	 * Return the client secret that is accepted.
	 * @return the client secret
	 */
	public String clientSecret() {
		return this.credentials.clientSecret();
	}

	/**
	 * Return the key with which webhooks and results are signed.
	 * @return the API key
	 */
	public String apiKey() {
		return this.credentials.apiKey();
	}

	/**
	 * Return the properties with which an application uses this account.
	 * @return client id, client secret and API key, under {@code k2.} for the default
	 * account and under {@code k2.accounts.<name>.} for any other
	 */
	public Map<String, String> properties() {
		String prefix = isDefault() ? "k2." : "k2.accounts." + name() + ".";
		Map<String, String> properties = new LinkedHashMap<>();
		properties.put(prefix + "client-id", clientId());
		properties.put(prefix + "client-secret", clientSecret());
		properties.put(prefix + "api-key", apiKey());
		return properties;
	}

	/**
	 * Deliver a webhook at once, and only once. A till payment that is delivered this way
	 * can be polled and reversed.
	 * @param webhook the webhook, which is signed
	 * @return the HTTP status of the application's response
	 * @throws IllegalStateException when no callback origin is set, or after close
	 * @throws UncheckedIOException when the application did not respond
	 */
	public int deliver(SimulatedWebhook webhook) {
		URI url = webhookUrl();
		this.ledger.received(webhook);
		return post(Message.of("Webhook", this, url, webhook.body()), webhook.apiKey());
	}

	/**
	 * Deliver a result at once, and only once. The payment of an STK push that is
	 * delivered this way can be polled and reversed.
	 * @param result the result, which is signed
	 * @return the HTTP status of the application's response
	 * @throws IllegalStateException when no callback origin is set, or after close
	 * @throws UncheckedIOException when the application did not respond
	 */
	public int deliver(SimulatedResult result) {
		URI url = webhookUrl();
		this.ledger.received(result);
		return post(Message.of("Result", this, url, result.body()), result.apiKey());
	}

	/**
	 * Revoke all access tokens of this account.
	 */
	public void revokeTokens() {
		this.tokens.revokeAll();
	}

	boolean isDefault() {
		return DEFAULT_NAME.equals(name());
	}

	IssuedTokens tokens() {
		return this.tokens;
	}

	Ledger ledger() {
		return this.ledger;
	}

	/**
	 * Return the name of the merchant, as phones show it.
	 */
	String merchant() {
		return isDefault() ? "Duka Bora" : name();
	}

	/**
	 * Return the messages for webhooks: one for each matching subscription.
	 */
	List<Message> messages(List<SimulatedWebhook> webhooks) {
		return webhooks.stream()
			.flatMap((webhook) -> this.ledger.subscriptions().messages(webhook, this).stream())
			.toList();
	}

	WebhookSigner signer() {
		return this.signer;
	}

	/**
	 * Return the URL of the application's webhook endpoint.
	 * @throws IllegalStateException when no callback origin is set
	 */
	URI webhookUrl() {
		URI origin = this.callbacks.origin();
		if (origin == null) {
			throw new IllegalStateException(
					"Set the callback origin first, or start the web server of the application");
		}
		return origin.resolve(isDefault() ? this.webhookPath : this.webhookPath + "/" + name());
	}

	private int post(Message message, Optional<String> otherKey) {
		try {
			return this.callbacks.post(otherKey.map(WebhookSigner::new).map(message::signedBy).orElse(message));
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The application at " + message.url().resolve("/") + " did not respond", ex);
		}
	}

	@Override
	public String toString() {
		return "SimulatedAccount[" + name() + "]";
	}

	/**
	 * Credentials of an account.
	 *
	 * @param name the name of the account
	 * @param clientId the client id that is accepted
	 * @param clientSecret the client secret that is accepted
	 * @param apiKey the key that signs
	 */
	record Credentials(String name, String clientId, String clientSecret, String apiKey) {

		/**
		 * Create the credentials of a named account.
		 * @throws IllegalArgumentException when the name is not valid
		 */
		static Credentials named(String name, String clientId, String clientSecret, String apiKey) {
			if (!name.matches(NAME) || DEFAULT_NAME.equals(name)) {
				throw new IllegalArgumentException(
						"The name of an account is 1 to 40 lower-case letters, digits and hyphens, and not 'default'");
			}
			return new Credentials(name, clientId, clientSecret, apiKey);
		}

		/**
		 * Create credentials that begin with the name.
		 * @throws IllegalArgumentException when the name is not valid
		 */
		static Credentials of(String name) {
			return named(name, name + "-client-id", name + "-client-secret", name + "-api-key");
		}

	}

}
