package io.github.k2connect.client;

import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

import io.github.k2connect.AccountName;
import org.apiguardian.api.API;

import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.JdkClientHttpRequestFactoryBuilder;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.converter.ByteArrayHttpMessageConverter;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.client.RestClient;
import org.springframework.web.util.DefaultUriBuilderFactory;
import org.springframework.web.util.DefaultUriBuilderFactory.EncodingMode;

/**
 * Factory of the clients of one Kopo Kopo account, which share their connections.
 * <p>
 * An application with a second account creates a second factory: <pre>{@code
 * K2ClientFactory clients = new K2ClientFactory(K2ClientSettings.of(K2ClientSettings.PRODUCTION));
 * TokenService tokens = new TokenService(clients.create(), K2Credentials.of(clientId, clientSecret));
 * StkService stk = new StkService(clients.create(new BearerTokenInterceptor(tokens)));
 * }</pre> A factory that is a bean belongs to the account {@code default}: its requests
 * are followed up, and have idempotency keys, as those of this account. Do not declare
 * the second factory as a bean: configure the second account with {@code k2.accounts}.
 * <p>
 * Requests use the JDK's HTTP client. Unlike other clients, it does not repeat a POST on
 * a broken connection or on status 503, unless the system property
 * {@code jdk.httpclient.enableAllMethodRetry} is set. It uses HTTP/1.1: with HTTP/2 all
 * calls share one connection, and all of them fail if that connection is lost.
 * <p>
 * A client is built when it is first used, because loading the certificates that the JDK
 * trusts takes time. With customizers, an SSL bundle, or a trust store or key store in
 * the JDK's system properties it is built at once, so that a wrong one fails the startup.
 */
public final class K2ClientFactory {

	private static final String USER_AGENT = "k2-connect-spring-boot/" + version();

	private static final String KEEP_ALIVE = "jdk.httpclient.keepalive.timeout";

	private static final Set<String> CERTIFICATES = Set.of("javax.net.ssl.trustStore", "javax.net.ssl.keyStore");

	private final String account;

	private final String observedAccount;

	private final K2ClientSettings settings;

	private final Supplier<RestClient.Builder> builder;

	private final boolean deferred;

	private final List<K2RestClientCustomizer> customizers;

	private final StartedRequestListener listener;

	/**
	 * Create a factory with defaults for everything but the settings.
	 * @param settings the settings of the clients
	 */
	public K2ClientFactory(K2ClientSettings settings) {
		this(settings, RestClient.builder(), ClientHttpRequestFactoryBuilder.jdk(), HttpClientSettings.defaults(),
				List.of());
	}

	/**
	 * Create a factory.
	 * @param settings the settings of the clients
	 * @param builder the builder to create the clients from; it is not changed
	 * @param requestFactoryBuilder the builder of the HTTP client
	 * @param httpSettings settings of the HTTP client, such as an SSL bundle; their
	 * timeouts and redirect settings are ignored
	 * @param customizers the customizers, applied in order after the library's own
	 * settings
	 */
	public K2ClientFactory(K2ClientSettings settings, RestClient.Builder builder,
			JdkClientHttpRequestFactoryBuilder requestFactoryBuilder, HttpClientSettings httpSettings,
			List<K2RestClientCustomizer> customizers) {
		this(settings, SingletonSupplier.of(builder.clone())::obtain, requestFactoryBuilder, httpSettings, customizers);
	}

	/**
	 * Create a factory.
	 * @param settings the settings of the clients
	 * @param builder returns the builder to create the clients from, which is not changed
	 * @param requestFactoryBuilder the builder of the HTTP client
	 * @param httpSettings settings of the HTTP client, such as an SSL bundle; their
	 * timeouts and redirect settings are ignored
	 * @param customizers the customizers, applied in order after the library's own
	 * settings
	 * @hidden
	 */
	@API(status = API.Status.INTERNAL)
	public K2ClientFactory(K2ClientSettings settings, Supplier<RestClient.Builder> builder,
			JdkClientHttpRequestFactoryBuilder requestFactoryBuilder, HttpClientSettings httpSettings,
			List<K2RestClientCustomizer> customizers) {
		this.account = AccountName.DEFAULT;
		this.observedAccount = AccountName.DEFAULT;
		this.settings = settings;
		this.customizers = List.copyOf(customizers);
		this.listener = StartedRequestListener.none();
		this.deferred = customizers.isEmpty() && httpSettings.sslBundle() == null
				&& CERTIFICATES.stream().noneMatch(System.getProperties()::containsKey);
		closeIdleConnectionsEarly();
		this.builder = SingletonSupplier
			.of(() -> configure(builder.get().clone(), settings, requestFactoryBuilder, httpSettings))::obtain;
	}

	private K2ClientFactory(String account, String observedAccount, K2ClientSettings settings, K2ClientFactory parent,
			StartedRequestListener listener) {
		this.account = account;
		this.observedAccount = observedAccount;
		this.settings = settings;
		this.customizers = parent.customizers;
		this.listener = listener;
		this.deferred = parent.deferred;
		this.builder = () -> parent.builder.get().clone().uriBuilderFactory(uris(settings));
	}

	/**
	 * Create a factory for another account, which shares the HTTP client of this one.
	 * @param account the name of the account
	 * @param observedAccount the name of the account in metrics, one of few
	 * @param settings the settings; the timeouts of this factory's settings apply
	 * @return the factory
	 * @hidden
	 */
	@API(status = API.Status.INTERNAL)
	public K2ClientFactory forAccount(String account, String observedAccount, K2ClientSettings settings) {
		return new K2ClientFactory(account, observedAccount, settings, this, this.listener);
	}

	/**
	 * Create a factory of clients that notify a listener of the requests that they start.
	 * @param listener the listener
	 * @return the factory
	 * @hidden
	 */
	@API(status = API.Status.INTERNAL)
	public K2ClientFactory notifying(StartedRequestListener listener) {
		return new K2ClientFactory(this.account, this.observedAccount, this.settings, this, listener);
	}

	/**
	 * Return the settings of the clients.
	 * @return the settings
	 * @hidden
	 */
	@API(status = API.Status.INTERNAL)
	public K2ClientSettings settings() {
		return this.settings;
	}

	/**
	 * Create a client.
	 * @param interceptors interceptors of every request, such as the one that adds the
	 * access token
	 * @return the client
	 */
	public K2Client create(ClientHttpRequestInterceptor... interceptors) {
		List<ClientHttpRequestInterceptor> all = List.of(interceptors);
		SingletonSupplier<RestClient> restClient = SingletonSupplier.of(() -> restClient(all));
		if (!this.deferred) {
			restClient.obtain();
		}
		return new ApiClient(restClient::obtain, this.account, this.observedAccount, this.settings, this.listener);
	}

	private RestClient restClient(List<ClientHttpRequestInterceptor> interceptors) {
		RestClient.Builder clientBuilder = this.builder.get()
			.clone()
			.requestInterceptor(OwnCredentials::intercept)
			.requestInterceptors((all) -> all.addAll(interceptors));
		this.customizers.forEach((customizer) -> customizer.customize(clientBuilder));
		return clientBuilder.requestInterceptor(Attempt::intercept).build();
	}

	private static RestClient.Builder configure(RestClient.Builder builder, K2ClientSettings settings,
			JdkClientHttpRequestFactoryBuilder requestFactoryBuilder, HttpClientSettings httpSettings) {
		JdkClientHttpRequestFactory requestFactory = requestFactoryBuilder
			.withHttpClientCustomizer((http) -> http.followRedirects(Redirect.NEVER).version(Version.HTTP_1_1))
			.withCustomizer((factory) -> factory.enableCompression(false))
			.build(httpSettings.withTimeouts(settings.connectTimeout(), settings.readTimeout()));
		return builder.requestFactory(new BoundedRequestFactory(requestFactory, settings.readTimeout()))
			.uriBuilderFactory(uris(settings))
			.configureMessageConverters((converters) -> converters
				.configureMessageConvertersList((all) -> all.add(0, new ByteArrayHttpMessageConverter())))
			.defaultHeader("User-Agent", USER_AGENT);
	}

	private static DefaultUriBuilderFactory uris(K2ClientSettings settings) {
		DefaultUriBuilderFactory uris = new DefaultUriBuilderFactory(settings.baseUrl().toString());
		uris.setEncodingMode(EncodingMode.NONE);
		return uris;
	}

	/**
	 * Let the JDK close connections that were idle for 30 seconds, before a proxy or
	 * firewall drops them. The JDK reads the property once, when it creates the first
	 * HTTP client.
	 */
	private static void closeIdleConnectionsEarly() {
		if (System.getProperty(KEEP_ALIVE) == null) {
			System.setProperty(KEEP_ALIVE, "30");
		}
	}

	private static String version() {
		String version = K2ClientFactory.class.getPackage().getImplementationVersion();
		return (version != null) ? version : "development";
	}

}
