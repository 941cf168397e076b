package io.github.k2connect.client;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import io.github.k2connect.InvalidK2RequestException;
import io.github.k2connect.K2ApiException;
import io.github.k2connect.K2ConnectionException;
import io.github.k2connect.K2Exception;
import io.github.k2connect.K2ResponseException;
import io.github.k2connect.client.StartedRequestListener.StartedRequest;
import io.github.k2connect.json.JsonBody;
import io.github.k2connect.json.JsonObject;
import io.github.k2connect.json.UnreadableJsonException;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.util.StringUtils;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClient.RequestHeadersSpec;

/**
 * Makes the calls that all services are made of. Made by {@link K2ClientFactory}.
 * <p>
 * Every method throws {@link K2ConnectionException} when there is no answer,
 * {@link K2ApiException} when the answer is an error and {@link K2ResponseException} when
 * it breaks the contract.
 */
public final class K2Client {

	private static final Duration FIRST_RETRY_DELAY = Duration.ofMillis(200);

	private static final MediaType FORM = MediaType.APPLICATION_FORM_URLENCODED;

	private final RestClient restClient;

	private final String account;

	private final String observedAccount;

	private final K2ClientSettings settings;

	private final LocationResolver locations;

	private final Retries retries;

	private final StartedRequestListener listener;

	K2Client(RestClient restClient, String account, String observedAccount, K2ClientSettings settings,
			StartedRequestListener listener) {
		this.account = account;
		this.observedAccount = observedAccount;
		this.listener = listener;
		this.restClient = restClient;
		this.settings = settings;
		this.locations = new LocationResolver(settings);
		this.retries = new Retries(settings.maxAttempts(), FIRST_RETRY_DELAY, Clock.systemUTC());
	}

	/**
	 * Return the name of the account in whose name calls are made.
	 * @return the name
	 * @hidden
	 */
	@API(status = API.Status.INTERNAL)
	public String account() {
		return this.account;
	}

	/**
	 * Return the name of the account in metrics, one of few.
	 * @return the name
	 * @hidden
	 */
	@API(status = API.Status.INTERNAL)
	public String observedAccount() {
		return this.observedAccount;
	}

	/**
	 * Return the version of what exists in both.
	 * @return the configured version of the API
	 * @hidden
	 */
	@API(status = API.Status.INTERNAL)
	public ApiVersion apiVersion() {
		return this.settings.apiVersion();
	}

	/**
	 * Return when what this thread does has to end.
	 * @return the deadline of the call that this thread is making, or of one that begins
	 * now
	 */
	public Deadline deadline() {
		return Deadline.current(this.settings.callTimeout());
	}

	/**
	 * Return the callback to send.
	 * @param callbackUrl the one that the request names, or {@code null}
	 * @return that, or the default
	 * @throws InvalidK2RequestException if there is neither
	 * @hidden
	 */
	@API(status = API.Status.INTERNAL)
	public URI callbackUrl(@Nullable URI callbackUrl) {
		return callbackUrl("callbackUrl", callbackUrl);
	}

	/**
	 * Return the address to send that Kopo Kopo calls.
	 * @param name the property of the request that may name it
	 * @param url what the request names, or {@code null}
	 * @return that, or the default callback
	 * @throws InvalidK2RequestException if there is neither
	 * @hidden
	 */
	@API(status = API.Status.INTERNAL)
	public URI callbackUrl(String name, @Nullable URI url) {
		URI effective = (url != null) ? url : this.settings.callbackUrl();
		if (effective == null) {
			throw new InvalidK2RequestException(
					List.of(name + " is required: neither the request nor the configuration names one"));
		}
		return effective;
	}

	/**
	 * Start something, in the configured version of the API.
	 * @param resource the last segment of the address, for example
	 * {@code incoming_payments}
	 * @param body what to start
	 * @return the absolute address of what was started
	 * @hidden
	 */
	@API(status = API.Status.INTERNAL)
	public URI create(String resource, JsonBody body) {
		return create(this.settings.apiVersion(), resource, body);
	}

	/**
	 * Start something. The request is sent once, unless no connection could be opened.
	 * @param version the version of the API
	 * @param resource the last segment of the address, for example
	 * {@code incoming_payments}
	 * @param body what to start
	 * @return the absolute address of what was started
	 * @hidden
	 */
	@API(status = API.Status.INTERNAL)
	public URI create(ApiVersion version, String resource, JsonBody body) {
		String path = "/api/" + version.pathSegment() + "/" + resource;
		ApiCall call = new ApiCall("POST " + path, ApiCall.Kind.CREATE);
		StartedRequest request = this.listener.begin(this.account, resource);
		URI location;
		try {
			location = location(call, execute(call, () -> post(path, body)), version);
		}
		catch (K2Exception ex) {
			request.failed();
			throw ex;
		}
		request.started(location);
		return location;
	}

	/**
	 * Do something to a resource. The request is sent once, unless no connection could be
	 * opened.
	 * @param <T> what is read
	 * @param version the version of an address that names none
	 * @param location the address of the resource, as {@code create} returned it, or
	 * relative, with or without the version
	 * @param action the last part of the path, for example {@code cancel}
	 * @param reader reads the answer, an empty object when it has no body
	 * @return what was read
	 * @throws InvalidK2RequestException if the address is not Kopo Kopo's; nothing is
	 * sent then
	 * @hidden
	 */
	@API(status = API.Status.INTERNAL)
	public <T> T performAction(ApiVersion version, URI location, String action, Function<JsonObject, T> reader) {
		LocationResolver.Resource resource = this.locations.resolve(location, version);
		String template = resource.template() + "/" + action;
		ApiCall call = new ApiCall("POST " + template, ApiCall.Kind.CREATE);
		return read(call, execute(call, () -> post(template, new JsonBody(), resource.id())), reader);
	}

	/**
	 * Ask for a resource, in the configured version of the API unless the address names
	 * another.
	 * @param <T> what is read
	 * @param location the address of the resource, as {@code create} returned it, or
	 * relative, with or without the version
	 * @param reader reads the answer
	 * @return what was read
	 * @throws InvalidK2RequestException if the address is not Kopo Kopo's; nothing is
	 * sent then
	 * @hidden
	 */
	@API(status = API.Status.INTERNAL)
	public <T> T fetch(URI location, Function<JsonObject, T> reader) {
		return fetch(this.settings.apiVersion(), location, reader);
	}

	/**
	 * Ask for a resource.
	 * @param <T> what is read
	 * @param version the version of an address that names none
	 * @param location the address of the resource, as {@code create} returned it, or
	 * relative, with or without the version
	 * @param reader reads the answer
	 * @return what was read
	 * @throws InvalidK2RequestException if the address is not Kopo Kopo's; nothing is
	 * sent then
	 * @hidden
	 */
	@API(status = API.Status.INTERNAL)
	public <T> T fetch(ApiVersion version, URI location, Function<JsonObject, T> reader) {
		return fetchResponse(this.retries, version, location, (response) -> reader.apply(response.json()));
	}

	private <T> T fetchResponse(Retries retries, ApiVersion version, URI location, Function<ApiResponse, T> reader) {
		LocationResolver.Resource resource = this.locations.resolve(location, version);
		ApiCall call = new ApiCall("GET " + resource.template(), ApiCall.Kind.FETCH);
		return readResponse(call,
				execute(retries, call, () -> this.restClient.get().uri(resource.template(), resource.idAndQuery())),
				reader);
	}

	/**
	 * Ask for a resource, once, and read the response as it was sent.
	 * @param <T> what is read
	 * @param location the absolute address of the resource
	 * @param reader reads the body
	 * @return what was read
	 * @throws InvalidK2RequestException if the address is not Kopo Kopo's; nothing is
	 * sent then
	 * @hidden
	 */
	@API(status = API.Status.INTERNAL)
	public <T> T fetchBodyOnce(URI location, Function<byte[], T> reader) {
		Retries none = new Retries(1, FIRST_RETRY_DELAY, Clock.systemUTC());
		return fetchResponse(none, this.settings.apiVersion(), location, (response) -> reader.apply(response.body()));
	}

	/**
	 * Post a form to the OAuth endpoints.
	 * @param <T> what is read
	 * @param path the path, for example {@code /oauth/token}
	 * @param fields the fields of the form
	 * @param reader reads the answer, an empty object when it has no body
	 * @return what was read
	 * @hidden
	 */
	@API(status = API.Status.INTERNAL)
	public <T> T postForm(String path, Map<String, String> fields, Function<JsonObject, T> reader) {
		byte[] form = fields.entrySet()
			.stream()
			.map((field) -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
			.collect(Collectors.joining("&"))
			.getBytes(StandardCharsets.UTF_8);
		ApiCall call = new ApiCall("POST " + path, ApiCall.Kind.OAUTH);
		return read(call, execute(call, () -> this.restClient.post().uri(path).contentType(FORM).body(form)), reader);
	}

	/**
	 * Get from the OAuth endpoints what a token is.
	 * @param <T> what is read
	 * @param path the path, for example {@code /oauth/token/info}
	 * @param accessToken the token to send
	 * @param reader reads the answer
	 * @return what was read
	 * @hidden
	 */
	@API(status = API.Status.INTERNAL)
	public <T> T fetchAsBearer(String path, String accessToken, Function<JsonObject, T> reader) {
		ApiCall call = new ApiCall("GET " + path, ApiCall.Kind.OAUTH);
		return read(call,
				execute(call,
						() -> this.restClient.get().uri(path).headers((headers) -> headers.setBearerAuth(accessToken))),
				reader);
	}

	private RequestHeadersSpec<?> post(String template, JsonBody body, Object... variables) {
		return this.restClient.post()
			.uri(template, variables)
			.contentType(MediaType.APPLICATION_JSON)
			.body(body.toBytes());
	}

	private ApiResponse execute(ApiCall call, Supplier<RequestHeadersSpec<?>> request) {
		return execute(this.retries, call, request);
	}

	private ApiResponse execute(Retries retries, ApiCall call, Supplier<RequestHeadersSpec<?>> request) {
		return Deadline.within(this.settings.callTimeout(), (deadline) -> retries.execute(deadline, () -> {
			ApiResponse answer = new Attempt(call, deadline).send(request.get());
			if (!answer.isSuccessful()) {
				throw call.failure(answer);
			}
			return answer;
		}));
	}

	private URI location(ApiCall call, ApiResponse answer, ApiVersion version) {
		String location = answer.headers().getFirst(HttpHeaders.LOCATION);
		if (!StringUtils.hasText(location)) {
			throw call.unreadable(answer, "it names no Location");
		}
		try {
			return this.locations.resolve(new URI(location.strip()), version).uri();
		}
		catch (URISyntaxException | InvalidK2RequestException ex) {
			throw call.unreadable(answer, "its Location is not an address of a resource at Kopo Kopo");
		}
	}

	private <T> T read(ApiCall call, ApiResponse answer, Function<JsonObject, T> reader) {
		return readResponse(call, answer, (response) -> reader.apply(response.json()));
	}

	private <T> T readResponse(ApiCall call, ApiResponse answer, Function<ApiResponse, T> reader) {
		try {
			return reader.apply(answer);
		}
		catch (UnreadableJsonException ex) {
			throw call.unreadable(answer, ex.getMessage());
		}
	}

}
