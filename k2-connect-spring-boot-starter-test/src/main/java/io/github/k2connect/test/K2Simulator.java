package io.github.k2connect.test;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
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
 * It has one account, or several: see {@link Builder#account(String)}. A browser finds a
 * page at {@link #baseUrl()}, with phones, faults, messages and the journal.
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

	private final Journal journal = new Journal();

	private final Faults faults;

	private final Phones phones;

	private final TillPayments tillPayments;

	private final SimulatorServer server;

	private K2Simulator(Builder builder) {
		this.callbacks = new CallbackClient(builder.callbackOrigin, builder.originRequired, this.journal);
		this.accounts = accounts(builder, this.callbacks);
		this.faults = new Faults(this.accounts);
		this.deliveries = new Deliveries(this.callbacks, this.faults);
		this.announcer = new ResultAnnouncer(this.store, this.deliveries);
		this.phones = new Phones(builder.interactive, builder.ringTime(), this.announcer::announce);
		this.tillPayments = new TillPayments(this.accounts, builder.payerNumbers, this.deliveries);
		this.server = new SimulatorServer(builder.address, builder.port, endpoints(builder),
				List.of(new PathFilter(), new SiteGuard(builder.address.isLoopback()), this.recorder, this.announcer));
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
		endpoints.addAll(
				new ResourceEndpoints(ResourceDescriptions.all(builder.payerNumbers, this.phones, builder.strictness),
						this.store, this.deliveries, builder.resultDelay(), builder.strictness, tokenCheck)
					.endpoints());
		endpoints
			.add(new PaymentLinkCancellation(this.store, this.announcer, tokenCheck, builder.strictness).endpoint());
		endpoints.add(Endpoint.anythingElse(tokenCheck.guardApi((request) -> Responses.notFound())));
		return Stream
			.of(Stream.of(Endpoint.get("/health", (request) -> Responses.ok(Json.object().put("status", "UP")))),
					page().endpoints().stream(),
					endpoints.stream()
						.map((endpoint) -> endpoint.around(this.faults::around)
							.around((response) -> this.journal.around(response, this.accounts))))
			.flatMap((each) -> each)
			.toList();
	}

	private SimulatorPage page() {
		PageActions actions = new PageActions(this.accounts, this.callbacks, this.deliveries, this.faults, this.journal,
				this.phones, this.tillPayments, this::reset);
		return new SimulatorPage(this.accounts, this.callbacks, this.faults, this.journal, this.phones, actions);
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

	Collection<SimulatedAccount> accounts() {
		return this.accounts.all();
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
	 * Return the phone of a customer.
	 * @param number the number, in any form that people write
	 * @return the phone
	 */
	public SimulatedPhone phone(String number) {
		return new SimulatedPhone(number, this.phones, this.tillPayments);
	}

	/**
	 * Let something go wrong until {@link #heal()} or {@link #reset()}.
	 * @param fault what goes wrong
	 */
	public void inject(SimulatedFault fault) {
		this.faults.inject(fault);
	}

	/**
	 * Let something go wrong for the next times.
	 * @param fault what goes wrong
	 * @param times how often: each request counts, or each message with all its attempts
	 * @throws IllegalArgumentException when it is less than once
	 */
	public void inject(SimulatedFault fault, int times) {
		this.faults.inject(fault, times);
	}

	/**
	 * End all faults. A message that was held back by
	 * {@link SimulatedFault#callbackOutOfOrder()} is delivered.
	 */
	public void heal() {
		this.deliveries.deliver(this.deliveries.generation(), this.faults.heal());
	}

	/**
	 * Return what the application and the simulator sent to each other: every request,
	 * and every attempt to deliver a message.
	 * @return the latest 1,000 exchanges since the start or the last reset, oldest first;
	 * fewer when they have more than 16 MiB
	 */
	public List<Exchange> journal() {
		return this.journal.exchanges();
	}

	/**
	 * Wait until the journal meets a condition, but no longer than a time.
	 * @return the journal, whether it meets the condition or not
	 */
	List<Exchange> awaitJournal(Predicate<List<Exchange>> condition, Duration time) {
		return this.journal.await(condition, time);
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
	 * @return the latest 10,000 calls since the start or the last reset; fewer when they
	 * have more than 16 MiB
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
	 * Delete requests, the journal, resources, subscriptions, phones and faults, and
	 * cancel deliveries. Access tokens and the callback origin are kept.
	 */
	public void reset() {
		this.deliveries.cancelAll();
		this.faults.heal();
		this.phones.clear();
		this.store.clear();
		this.accounts.reset();
		this.recorder.clear();
		this.journal.clear();
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

		private ServerAddress address = ServerAddress.LOOPBACK;

		private int port;

		private String clientId = "k2-simulator-client-id";

		private String clientSecret = "k2-simulator-client-secret";

		private String apiKey = "k2-simulator-api-key";

		private final List<SimulatedAccount.Credentials> accounts = new ArrayList<>();

		private @Nullable Duration resultDelay;

		private boolean interactive;

		private Duration tokenLifetime = Duration.ofHours(1);

		private String webhookPath = "/k2/webhooks";

		private @Nullable URI callbackOrigin;

		private boolean originRequired;

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
		 * Set the address at which the simulator listens: by default only the loopback
		 * address.
		 */
		Builder address(ServerAddress address) {
			this.address = address;
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
		 * @param resultDelay the delay, 100 milliseconds by default; phones of an
		 * {@linkplain #interactive() interactive} simulator ring as long, others a minute
		 * @return this builder
		 */
		public Builder resultDelay(Duration resultDelay) {
			this.resultDelay = resultDelay;
			return this;
		}

		/**
		 * Let phones ring until they are answered in code, instead of paying. Numbers in
		 * {@link SimulatedPhoneNumber} never ring.
		 * @return this builder
		 * @see K2Simulator#phone(String)
		 */
		public Builder interactive() {
			this.interactive = true;
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
		 * Deliver nothing until {@link K2Simulator#callbackOrigin(URI)} is called.
		 */
		Builder originRequired() {
			this.originRequired = true;
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

		private Duration resultDelay() {
			return (this.resultDelay != null) ? this.resultDelay : Duration.ofMillis(100);
		}

		private Duration ringTime() {
			return (this.interactive && this.resultDelay != null) ? this.resultDelay : Duration.ofMinutes(1);
		}

		/**
		 * Start the simulator.
		 * @return the running simulator
		 * @throws IllegalArgumentException when two accounts have the same name or client
		 * id
		 * @throws IllegalStateException when the port is in use
		 */
		public K2Simulator start() {
			return new K2Simulator(this);
		}

	}

}
