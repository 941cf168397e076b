package io.github.k2connect.client;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import io.github.k2connect.InvalidK2RequestException;
import io.github.k2connect.K2ApiException;
import io.github.k2connect.K2ConnectionException;
import io.github.k2connect.K2Location;
import io.github.k2connect.K2ResponseException;
import io.github.k2connect.Violation;
import io.github.k2connect.client.StartedRequestListener.NewRequest;
import io.github.k2connect.client.StartedRequestListener.StartedRequest;
import io.github.k2connect.json.JsonBody;
import io.github.k2connect.json.JsonObject;
import io.github.k2connect.json.JsonObject.UnreadableJsonException;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.util.StringUtils;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClient.RequestHeadersSpec;

/**
 * The calls of all services.
 * <p>
 * Every method throws {@link K2ConnectionException} if there is no response,
 * {@link K2ApiException} if the response is an error, and {@link K2ResponseException} if
 * the response does not follow Kopo Kopo's API.
 *
 * @hidden
 */
@API(status = API.Status.INTERNAL)
public final class ApiClient implements K2Client {

	private static final Duration FIRST_RETRY_DELAY = Duration.ofMillis(200);

	private static final MediaType FORM = MediaType.APPLICATION_FORM_URLENCODED;

	private final Supplier<RestClient> restClient;

	private final String account;

	private final String observedAccount;

	private final K2ClientSettings settings;

	private final LocationResolver locations;

	private final Retries retries;

	private final StartedRequestListener listener;

	ApiClient(Supplier<RestClient> restClient, String account, String observedAccount, K2ClientSettings settings,
			StartedRequestListener listener) {
		this.account = account;
		this.observedAccount = observedAccount;
		this.listener = listener;
		this.restClient = restClient;
		this.settings = settings;
		this.locations = new LocationResolver(settings);
		this.retries = new Retries(settings.maxAttempts(), FIRST_RETRY_DELAY);
	}

	/**
	 * Return the calls of a client.
	 * @param client the client, as applications see it
	 * @return the same client
	 */
	public static ApiClient of(K2Client client) {
		return (ApiClient) client;
	}

	/**
	 * Return the name of the account that calls are made for.
	 * @return the name
	 */
	public String account() {
		return this.account;
	}

	/**
	 * Return the name of the account in metrics, one of few.
	 * @return the name
	 */
	public String observedAccount() {
		return this.observedAccount;
	}

	/**
	 * Return the settings of calls.
	 * @return the settings of the account
	 */
	public K2ClientSettings settings() {
		return this.settings;
	}

	/**
	 * Return the version to use for calls that exist in both versions.
	 * @return the configured version of the API
	 */
	public ApiVersion apiVersion() {
		return this.settings.apiVersion();
	}

	/**
	 * Return a client for one version of the API, whichever is configured.
	 * @param version the version
	 * @return the client, for the same account
	 */
	public ApiClient withVersion(ApiVersion version) {
		return new ApiClient(this.restClient, this.account, this.observedAccount,
				this.settings.with(this.settings.baseUrl(), version, this.settings.callbackUrl()), this.listener);
	}

	/**
	 * Return a client whose requests are not followed up.
	 * @return the client, for the same account
	 */
	public ApiClient withoutFollowUp() {
		return new ApiClient(this.restClient, this.account, this.observedAccount, this.settings,
				StartedRequestListener.none());
	}

	/**
	 * Return the time that is left.
	 * @return the time of the call that this thread makes, or of a call that begins now
	 */
	public Duration timeLeft() {
		return Deadline.current(this.settings.callTimeout()).left();
	}

	/**
	 * Return the callback URL of a request.
	 * @param callbackUrl the callback URL of the request, or {@code null}
	 * @return the callback URL of the request, or else the default
	 * @throws InvalidK2RequestException if neither is set
	 */
	public URI callbackUrl(@Nullable URI callbackUrl) {
		return callbackUrl("callbackUrl", callbackUrl);
	}

	/**
	 * Return the URL that Kopo Kopo is to call.
	 * @param name the name of the request's property
	 * @param url the URL of the request, or {@code null}
	 * @return the URL of the request, or else the default callback URL
	 * @throws InvalidK2RequestException if neither is set
	 */
	public URI callbackUrl(String name, @Nullable URI url) {
		URI effective = (url != null) ? url : this.settings.callbackUrl();
		if (effective == null) {
			throw new InvalidK2RequestException(List
				.of(new Violation(name, name + " is required: neither the request nor the configuration has one")));
		}
		return effective;
	}

	/**
	 * Create a resource. The request is sent once, unless no connection could be opened.
	 * @param resource the last segment of the path, for example {@code incoming_payments}
	 * @param body the body
	 * @return the location of the resource
	 */
	public K2Location create(String resource, JsonBody body) {
		return create(resource, body, null);
	}

	/**
	 * Create a resource, once for an idempotency key. The request is sent once, unless no
	 * connection could be opened.
	 * @param resource the last segment of the path, for example {@code incoming_payments}
	 * @param body the body
	 * @param key the idempotency key, or {@code null}
	 * @return the location of the resource
	 * @hidden
	 */
	@API(status = API.Status.INTERNAL)
	public K2Location create(String resource, JsonBody body, @Nullable IdempotencyKey key) {
		String path = "/api/" + apiVersion().pathSegment() + "/" + resource;
		ApiCall call = new ApiCall("POST " + path, ApiCall.Kind.CREATE);
		StartedRequest request = this.listener
			.begin(new NewRequest(this.account, resource, body.metadata(), key, this.settings));
		K2Location known = request.known();
		if (known != null) {
			return known;
		}
		K2Location location;
		try {
			location = location(call,
					execute(this.retries, call, (http) -> post(http, path, body), request::beforeSending));
		}
		catch (RuntimeException | Error ex) {
			request.failed(ex);
			throw ex;
		}
		request.started(location.uri());
		return location;
	}

	/**
	 * Run an action on a resource. The request is sent once, unless no connection could
	 * be opened.
	 * @param <T> the type of the result
	 * @param location the location of the resource, with or without the version
	 * @param action the last part of the path, for example {@code cancel}
	 * @param reader reads the response, an empty object if it has no body
	 * @return the result
	 * @throws InvalidK2RequestException if the URL is not one of Kopo Kopo; nothing is
	 * sent then
	 */
	public <T> T performAction(K2Location location, String action, Function<JsonObject, T> reader) {
		LocationResolver.Resource resource = this.locations.resolve(location.uri(), apiVersion());
		String template = resource.template() + "/" + action;
		ApiCall call = new ApiCall("POST " + template, ApiCall.Kind.CREATE);
		return execute(call, (http) -> post(http, template, new JsonBody(), resource.id()), reader);
	}

	/**
	 * Get a resource, in the version of this client unless the URL names another.
	 * @param <T> the type of the result
	 * @param location the location of the resource, with or without the version
	 * @param reader reads the response
	 * @return the result
	 * @throws InvalidK2RequestException if the URL is not one of Kopo Kopo; nothing is
	 * sent then
	 */
	public <T> T fetch(K2Location location, Function<JsonObject, T> reader) {
		return fetch(this.retries, location.uri(), reader.compose(ApiResponse::json));
	}

	/**
	 * Wait until a result is final.
	 * @param <R> the type of the result
	 * @param timeout the maximum time
	 * @param status requests the status
	 * @param pending whether a result is not final
	 * @return the final result, or the last one when the time is over
	 * @throws InvalidK2RequestException if the time is negative
	 * @throws io.github.k2connect.K2Exception if a request fails for another reason than
	 * 429, 5xx or a lost connection, or if the last one fails
	 */
	public <R> R await(Duration timeout, Supplier<R> status, Predicate<R> pending) {
		if (timeout.isNegative()) {
			throw new InvalidK2RequestException(List.of(new Violation("timeout", "timeout must not be negative")));
		}
		return new StatusWait(System::nanoTime, (duration) -> Thread.sleep(duration.toMillis()),
				this.listener::delayStatusRequest)
			.await(timeout, status, pending);
	}

	/**
	 * Return the location of a resource.
	 * @param resource the last segment of the path with which such resources are created
	 * @param location the id of the resource, its URL, or the path of its URL
	 * @return the location
	 * @throws InvalidK2RequestException if it is none of these, or is not at Kopo Kopo
	 */
	public K2Location location(String resource, String location) {
		return new K2Location(this.locations.resolve(resource, location, apiVersion()).uri());
	}

	/**
	 * Get a resource, without retries, and read the response as it was sent.
	 * @param <T> the type of the result
	 * @param location the absolute URL of the resource
	 * @param reader reads the body
	 * @return the result
	 * @throws InvalidK2RequestException if the URL is not one of Kopo Kopo; nothing is
	 * sent then
	 */
	public <T> T fetchBodyOnce(URI location, Function<byte[], T> reader) {
		Retries once = new Retries(1, FIRST_RETRY_DELAY);
		return fetch(once, location, reader.compose(ApiResponse::body));
	}

	private <T> T fetch(Retries retries, URI location, Function<ApiResponse, T> reader) {
		LocationResolver.Resource resource = this.locations.resolve(location, apiVersion());
		ApiCall call = new ApiCall("GET " + resource.template(), ApiCall.Kind.FETCH);
		return read(call, execute(retries, call, (http) -> http.get().uri(resource.template(), resource.idAndQuery())),
				reader);
	}

	/**
	 * Post a form to an OAuth endpoint.
	 * @param <T> the type of the result
	 * @param path the path, for example {@code /oauth/token}
	 * @param fields the fields of the form
	 * @param reader reads the response, an empty object if it has no body
	 * @return the result
	 */
	public <T> T postForm(String path, Map<String, String> fields, Function<JsonObject, T> reader) {
		byte[] form = fields.entrySet()
			.stream()
			.map((field) -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
			.collect(Collectors.joining("&"))
			.getBytes(StandardCharsets.UTF_8);
		ApiCall call = new ApiCall("POST " + path, ApiCall.Kind.OAUTH);
		return execute(call, (http) -> http.post().uri(path).contentType(FORM).body(form), reader);
	}

	/**
	 * Get a description of a token from an OAuth endpoint.
	 * @param <T> the type of the result
	 * @param path the path, for example {@code /oauth/token/info}
	 * @param accessToken the token to send
	 * @param reader reads the response
	 * @return the result
	 */
	public <T> T fetchAsBearer(String path, String accessToken, Function<JsonObject, T> reader) {
		ApiCall call = new ApiCall("GET " + path, ApiCall.Kind.OAUTH);
		return execute(call, (http) -> OwnCredentials.add(http.get().uri(path), accessToken), reader);
	}

	private static RequestHeadersSpec<?> post(RestClient http, String template, JsonBody body, Object... variables) {
		return http.post().uri(template, variables).contentType(MediaType.APPLICATION_JSON).body(body.toBytes());
	}

	private <T> T execute(ApiCall call, Function<RestClient, RequestHeadersSpec<?>> request,
			Function<JsonObject, T> reader) {
		return read(call, execute(this.retries, call, request), reader.compose(ApiResponse::json));
	}

	private ApiResponse execute(Retries retries, ApiCall call, Function<RestClient, RequestHeadersSpec<?>> request) {
		return execute(retries, call, request, () -> {
		});
	}

	private ApiResponse execute(Retries retries, ApiCall call, Function<RestClient, RequestHeadersSpec<?>> request,
			Runnable beforeSending) {
		return Deadline.within(this.settings.callTimeout(), (deadline) -> retries.execute(deadline, () -> {
			Attempt attempt = new Attempt(call, deadline, beforeSending);
			ApiResponse response = attempt.send(request.apply(restClient(call)));
			if (!response.isSuccessful()) {
				throw call.failure(response, attempt.mayHaveBeenReceivedBefore());
			}
			return response;
		}));
	}

	/**
	 * Return the HTTP client. If it cannot be created, for example because too many files
	 * are open, nothing was sent.
	 */
	private RestClient restClient(ApiCall call) {
		try {
			return this.restClient.get();
		}
		catch (RuntimeException ex) {
			throw call.failure(ex, false);
		}
	}

	private K2Location location(ApiCall call, ApiResponse response) {
		String location = response.headers().getFirst(HttpHeaders.LOCATION);
		if (!StringUtils.hasText(location)) {
			throw call.unreadable(response, "it has no Location header");
		}
		try {
			return new K2Location(this.locations.resolve(new URI(location.strip()), apiVersion()).uri());
		}
		catch (URISyntaxException | InvalidK2RequestException ex) {
			throw call.unreadable(response, "its Location is not the URL of a resource at Kopo Kopo");
		}
	}

	private <T> T read(ApiCall call, ApiResponse response, Function<ApiResponse, T> reader) {
		if (!response.complete()) {
			throw call.incomplete(response);
		}
		try {
			return reader.apply(response);
		}
		catch (UnreadableJsonException ex) {
			throw call.unreadable(response, ex.getMessage());
		}
	}

}
