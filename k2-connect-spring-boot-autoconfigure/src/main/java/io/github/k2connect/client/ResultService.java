package io.github.k2connect.client;

import java.net.URI;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Predicate;

import io.github.k2connect.InvalidK2RequestException;
import io.github.k2connect.K2Exception;
import io.github.k2connect.K2Location;
import io.github.k2connect.json.JsonBody;
import io.github.k2connect.json.JsonObject;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Base of the services that start something with a result.
 *
 * @param <R> the type of the result
 */
public abstract class ResultService<R> {

	private final ApiClient client;

	private final String resource;

	private final Function<JsonObject, R> reader;

	private final Predicate<R> pending;

	/**
	 * Create a service.
	 * @param client a client that sends an access token
	 * @param resource the last segment of the path of its requests
	 * @param reader returns the reader of the response to a status request, for the
	 * client's account
	 * @param pending whether a result is not final
	 * @hidden
	 */
	@API(status = API.Status.INTERNAL)
	protected ResultService(ApiClient client, String resource, Function<String, Function<JsonObject, R>> reader,
			Predicate<R> pending) {
		this.client = client;
		this.resource = resource;
		this.reader = reader.apply(client.account());
		this.pending = pending;
	}

	/**
	 * Return the client.
	 * @return the client, of the version that the service uses
	 * @hidden
	 */
	@API(status = API.Status.INTERNAL)
	protected final ApiClient client() {
		return this.client;
	}

	/**
	 * Start something that has a result.
	 * @param callbackUrl the callback URL of the request, or {@code null} for the default
	 * @param body writes the request with its callback URL
	 * @return the location
	 * @throws InvalidK2RequestException if there is no callback URL
	 * @hidden
	 */
	@API(status = API.Status.INTERNAL)
	protected final K2Location create(@Nullable URI callbackUrl, Function<URI, JsonBody> body) {
		return create(callbackUrl, body, null);
	}

	/**
	 * Start something that has a result, once for an idempotency key.
	 * @param callbackUrl the callback URL of the request, or {@code null} for the default
	 * @param body writes the request with its callback URL
	 * @param key the idempotency key, or {@code null}
	 * @return the location
	 * @throws InvalidK2RequestException if there is no callback URL, or the key cannot be
	 * used
	 * @hidden
	 */
	@API(status = API.Status.INTERNAL)
	protected final K2Location create(@Nullable URI callbackUrl, Function<URI, JsonBody> body,
			@Nullable IdempotencyKey key) {
		return this.client.create(this.resource, body.apply(this.client.callbackUrl(callbackUrl)), key);
	}

	/**
	 * Return the current status of what this service has started.
	 * @param location the location that was returned when it was started
	 * @return the result, which may be pending
	 * @throws InvalidK2RequestException if the location is not at Kopo Kopo
	 * @throws K2Exception if the call fails
	 */
	public R getStatus(K2Location location) {
		return this.client.fetch(location, this.reader);
	}

	/**
	 * Return the current status of what this service has started.
	 * @param location its {@linkplain K2Location#id() id}, its URL, or the path of its
	 * URL
	 * @return the result, which may be pending
	 * @throws InvalidK2RequestException if it is none of these, or is not at Kopo Kopo
	 * @throws K2Exception if the call fails
	 */
	public R getStatus(String location) {
		return getStatus(this.client.location(this.resource, location));
	}

	/**
	 * Wait for the result of what this service has started. The status is requested at
	 * once, after a second, and then with growing delays up to ten seconds. This is for
	 * programs without a webhook endpoint. Do not call it while a web request or a
	 * transaction waits.
	 * @param location the location that was returned when it was started
	 * @param timeout the maximum time to wait; a status request that is in progress at
	 * its end is completed
	 * @return the final result, or the last pending one when the time is over
	 * @throws InvalidK2RequestException if the location is not at Kopo Kopo, or the time
	 * is negative
	 * @throws K2Exception if a status request fails. After status 429 or 5xx and a lost
	 * connection it is repeated until the time is over. If the thread is interrupted, its
	 * interrupt status is kept
	 */
	public R awaitResult(K2Location location, Duration timeout) {
		return this.client.await(timeout, () -> getStatus(location), this.pending);
	}

	/**
	 * Wait for the result of what this service has started, as
	 * {@link #awaitResult(K2Location, Duration)}.
	 * @param location its {@linkplain K2Location#id() id}, its URL, or the path of its
	 * URL
	 * @param timeout the maximum time to wait
	 * @return the final result, or the last pending one when the time is over
	 * @throws InvalidK2RequestException if the location is none of these, or is not at
	 * Kopo Kopo, or the time is negative
	 * @throws K2Exception if a status request fails
	 */
	public R awaitResult(String location, Duration timeout) {
		return awaitResult(this.client.location(this.resource, location), timeout);
	}

}
