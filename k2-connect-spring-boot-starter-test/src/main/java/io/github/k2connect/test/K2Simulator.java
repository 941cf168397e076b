package io.github.k2connect.test;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Simulator of Kopo Kopo: an HTTP server on the local host with the OAuth endpoints and
 * the API of K2 Connect. A resource is pending at first. After the result delay it has
 * its final status, its signed result is posted to the callback URL, and the subscribed
 * webhooks are delivered. A delivery without status 200 is repeated up to five times.
 * <p>
 * Applications may call it with this library, with one of Kopo Kopo's SDKs, or with any
 * HTTP client. It accepts everything that those SDKs send, unless it is
 * {@linkplain Builder#strict() strict}.
 * <p>
 * It has one account, or several: see {@link Builder#account(String)}.
 * <p>
 * Thread-safe. All data is in memory until {@link #reset()}.
 *
 * @see SimulatedPhoneNumber
 */
public final class K2Simulator implements AutoCloseable {

	private final SimulatedAccounts accounts;

	private final CallbackClient callbacks;

	private final Deliveries deliveries;

	private final ResourceStore store = new ResourceStore();

	private final RequestRecorder recorder = new RequestRecorder();

	private final ResultAnnouncer announcer;

	private final SimulatorServer server;

	private K2Simulator(Builder builder) {
		this.callbacks = new CallbackClient(builder.callbackOrigin);
		this.accounts = accounts(builder, this.callbacks);
		this.deliveries = new Deliveries(this.callbacks);
		this.announcer = new ResultAnnouncer(this.store, this.deliveries);
		this.server = new SimulatorServer(builder.port, endpoints(builder),
				List.of(new PathFilter(), this.recorder, this.announcer));
	}

	private static SimulatedAccounts accounts(Builder builder, CallbackClient callbacks) {
		SimulatedAccount.Credentials own = new SimulatedAccount.Credentials(SimulatedAccount.DEFAULT_NAME,
				builder.clientId, builder.clientSecret, builder.apiKey);
		return new SimulatedAccounts(Stream.concat(Stream.of(own), builder.accounts.stream())
			.map((credentials) -> new SimulatedAccount(credentials, builder.webhookPath,
					new IssuedTokens(builder.tokenLifetime), callbacks))
			.toList());
	}

	private List<Endpoint> endpoints(Builder builder) {
		BearerTokenCheck tokenCheck = new BearerTokenCheck(this.accounts);
		List<Endpoint> endpoints = new ArrayList<>();
		endpoints.addAll(new OAuthEndpoints(this.accounts).endpoints());
		endpoints.addAll(new ResourceEndpoints(ResourceDescriptions.all(builder.payerNumbers, builder.strictness),
				this.store, builder.resultDelay, builder.strictness, tokenCheck)
			.endpoints());
		endpoints
			.add(new PaymentLinkCancellation(this.store, this.announcer, tokenCheck, builder.strictness).endpoint());
		endpoints.add(Endpoint.anythingElse(tokenCheck.guardApi((request) -> Responses.notFound())));
		return endpoints;
	}

	/**
	 * Start a simulator on any free port.
	 * @return the running simulator
	 */
	public static K2Simulator start() {
		return builder().start();
	}

	/**
	 * Create a builder for a simulator.
	 * @return a builder with all defaults
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Return the URL for {@code k2.base-url}.
	 * @return the origin of the simulator, without a slash at its end
	 */
	public URI baseUrl() {
		return this.server.baseUrl();
	}

	/**
	 * Return the client id that is accepted.
	 * @return the client id
	 */
	public String clientId() {
		return defaultAccount().clientId();
	}

	/**
	 * Return the client secret that is accepted.
	 * @return the client secret
	 */
	public String clientSecret() {
		return defaultAccount().clientSecret();
	}

	/**
	 * Return the key with which webhooks and results are signed.
	 * @return the API key
	 */
	public String apiKey() {
		return defaultAccount().apiKey();
	}

	/**
	 * Return an account of the simulator.
	 * @param name the name that was given to {@link Builder#account(String)}, or
	 * {@code default}
	 * @return the account
	 * @throws IllegalArgumentException when there is no such account
	 */
	public SimulatedAccount account(String name) {
		return this.accounts.get(name);
	}

	/**
	 * Return the properties that connect an application to this simulator.
	 * @return {@code k2.base-url}, and for each account what
	 * {@link SimulatedAccount#properties()} returns
	 */
	public Map<String, String> properties() {
		Map<String, String> properties = new LinkedHashMap<>();
		properties.put("k2.base-url", baseUrl().toString());
		this.accounts.all().forEach((account) -> properties.putAll(account.properties()));
		return properties;
	}

	private SimulatedAccount defaultAccount() {
		return this.accounts.get(SimulatedAccount.DEFAULT_NAME);
	}

	/**
	 * Set the origin where the application listens. Results and webhooks are sent to this
	 * origin, with the path of the URL that the application gave.
	 * @param callbackOrigin the scheme, host and port, or {@code null} to use URLs as
	 * they are given
	 * @throws IllegalArgumentException when it is not an absolute http or https URL
	 */
	public void callbackOrigin(@Nullable URI callbackOrigin) {
		this.callbacks.origin(callbackOrigin);
	}

	/**
	 * Set the order in which the messages of one request are delivered.
	 * @param order the order, {@link MessageOrder#ANY} by default and after each reset
	 */
	public void messageOrder(MessageOrder order) {
		this.announcer.order(order);
	}

	/**
	 * Deliver a webhook at once, and only once. A till payment that is delivered this way
	 * can be polled and reversed. To deliver one to another account, see
	 * {@link SimulatedAccount#deliver(SimulatedWebhook)}.
	 * @param webhook the webhook, which is signed
	 * @return the HTTP status of the application's response
	 * @throws IllegalStateException when no callback origin is set, or after close
	 * @throws java.io.UncheckedIOException when the application did not respond
	 */
	public int deliver(SimulatedWebhook webhook) {
		return defaultAccount().deliver(webhook);
	}

	/**
	 * Deliver a result at once, and only once. The payment of an STK push that is
	 * delivered this way can be polled and reversed. To deliver one to another account,
	 * see {@link SimulatedAccount#deliver(SimulatedResult)}.
	 * @param result the result, which is signed
	 * @return the HTTP status of the application's response
	 * @throws IllegalStateException when no callback origin is set, or after close
	 * @throws java.io.UncheckedIOException when the application did not respond
	 */
	public int deliver(SimulatedResult result) {
		return defaultAccount().deliver(result);
	}

	/**
	 * Revoke all access tokens of all accounts.
	 */
	public void revokeTokens() {
		this.accounts.all().forEach(SimulatedAccount::revokeTokens);
	}

	/**
	 * Return the API calls so far, in the order of their arrival. OAuth calls are not
	 * included.
	 * @return the calls since the start or the last reset
	 */
	public List<SimulatedRequest> requests() {
		return this.recorder.requests();
	}

	/**
	 * Return the number of requests for access tokens.
	 * @return the number of requests since the start or the last reset
	 */
	public int tokenRequests() {
		return this.accounts.tokenRequests();
	}

	/**
	 * Delete requests, resources and subscriptions, and cancel deliveries. Access tokens
	 * and the callback origin are kept.
	 */
	public void reset() {
		this.deliveries.cancelAll();
		this.store.clear();
		this.accounts.reset();
		this.recorder.clear();
		this.announcer.order(MessageOrder.ANY);
	}

	/**
	 * Stop the server. Nothing is delivered any more.
	 */
	@Override
	public void close() {
		this.server.stop();
		this.deliveries.close();
	}

	/**
	 * Builder of simulators.
	 */
	public static final class Builder {

		private int port;

		private String clientId = "k2-simulator-client-id";

		private String clientSecret = "k2-simulator-client-secret";

		private String apiKey = "k2-simulator-api-key";

		private final List<SimulatedAccount.Credentials> accounts = new ArrayList<>();

		private Duration resultDelay = Duration.ofMillis(100);

		private Duration tokenLifetime = Duration.ofHours(1);

		private String webhookPath = "/k2/webhooks";

		private @Nullable URI callbackOrigin;

		private Strictness strictness = Strictness.LENIENT;

		private PayerNumbers payerNumbers = PayerNumbers.WHOLE;

		private Builder() {
		}

		/**
		 * Set the port.
		 * @param port the port, 0 (the default) for any that is free
		 * @return this builder
		 */
		public Builder port(int port) {
			this.port = port;
			return this;
		}

		/**
		 * Set the client id that is accepted.
		 * @param clientId the client id
		 * @return this builder
		 */
		public Builder clientId(String clientId) {
			this.clientId = clientId;
			return this;
		}

		/**
		 * Set the client secret that is accepted.
		 * @param clientSecret the client secret
		 * @return this builder
		 */
		public Builder clientSecret(String clientSecret) {
			this.clientSecret = clientSecret;
			return this;
		}

		/**
		 * Set the key with which webhooks and results are signed.
		 * @param apiKey the API key, not empty
		 * @return this builder
		 */
		public Builder apiKey(String apiKey) {
			this.apiKey = apiKey;
			return this;
		}

		/**
		 * Add an account, whose client id, client secret and API key begin with its name.
		 * @param name the name, 1 to 40 lower-case letters, digits and hyphens
		 * @return this builder
		 * @throws IllegalArgumentException when the name is not valid
		 */
		public Builder account(String name) {
			this.accounts.add(SimulatedAccount.Credentials.of(name));
			return this;
		}

		/**
		 * Add an account.
		 * @param name the name, 1 to 40 lower-case letters, digits and hyphens
		 * @param clientId the client id that is accepted
		 * @param clientSecret the client secret that is accepted
		 * @param apiKey the key with which its webhooks and results are signed, not empty
		 * @return this builder
		 * @throws IllegalArgumentException when the name is not valid
		 */
		public Builder account(String name, String clientId, String clientSecret, String apiKey) {
			this.accounts.add(SimulatedAccount.Credentials.named(name, clientId, clientSecret, apiKey));
			return this;
		}

		/**
		 * Set how long resources are pending.
		 * @param resultDelay the delay, 100 milliseconds by default
		 * @return this builder
		 */
		public Builder resultDelay(Duration resultDelay) {
			this.resultDelay = resultDelay;
			return this;
		}

		/**
		 * Set how long access tokens are valid.
		 * @param tokenLifetime the lifetime, one hour by default
		 * @return this builder
		 */
		public Builder tokenLifetime(Duration tokenLifetime) {
			this.tokenLifetime = tokenLifetime;
			return this;
		}

		/**
		 * Set the origin where the application listens.
		 * @param callbackOrigin the scheme, host and port; {@code null}, the default, to
		 * use callback URLs as they are given
		 * @return this builder
		 * @throws IllegalArgumentException when it is not an absolute http or https URL
		 * @see K2Simulator#callbackOrigin(URI)
		 */
		public Builder callbackOrigin(@Nullable URI callbackOrigin) {
			this.callbackOrigin = CallbackUrls.requireOrigin(callbackOrigin);
			return this;
		}

		/**
		 * Set the path to which {@link K2Simulator#deliver(SimulatedWebhook)} delivers.
		 * For a named account, a slash and the name are appended.
		 * @param webhookPath the path, {@code /k2/webhooks} by default
		 * @return this builder
		 */
		public Builder webhookPath(String webhookPath) {
			this.webhookPath = webhookPath;
			return this;
		}

		/**
		 * Reject everything that is not in the documentation of the API. By default the
		 * simulator also accepts everything that Kopo Kopo's own SDKs send, for example
		 * phone numbers in other formats, metadata with numbers, a recipient without a
		 * network, or undocumented properties.
		 * @return this builder
		 */
		public Builder strict() {
			this.strictness = Strictness.STRICT;
			return this;
		}

		/**
		 * Mask the phone numbers of payers in results and webhooks, as M-PESA does:
		 * digits are replaced by asterisks. {@code hashed_sender_phone} remains the hash
		 * of the whole number.
		 * @return this builder
		 * @see SimulatedWebhook#maskedSenderPhone()
		 */
		public Builder maskedSenderPhones() {
			this.payerNumbers = PayerNumbers.MASKED;
			return this;
		}

		/**
		 * Start the simulator.
		 * @return the running simulator
		 * @throws IllegalArgumentException when two accounts have the same name or client
		 * id
		 */
		public K2Simulator start() {
			return new K2Simulator(this);
		}

	}

}
