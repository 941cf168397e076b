package io.github.k2connect.polling;

import java.net.URI;
import java.time.Duration;
import java.util.function.BiConsumer;
import java.util.function.Function;

import io.github.k2connect.InvalidK2RequestException;
import io.github.k2connect.K2Exception;
import io.github.k2connect.K2Location;
import io.github.k2connect.client.K2Client;
import io.github.k2connect.event.PollingResult;
import io.github.k2connect.event.ResultType;
import io.github.k2connect.json.JsonObject;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Service for polling the transactions of a period, for example to find transactions
 * without a webhook.
 */
public class PollingService {

	private final K2Client client;

	private final Function<JsonObject, PollingResult> reader;

	/**
	 * Create a service.
	 * @param client a client that sends an access token
	 */
	public PollingService(K2Client client) {
		this(client, ResultType.POLLING.status(PollingResult.class, client.account()));
	}

	private PollingService(K2Client client, Function<JsonObject, PollingResult> reader) {
		this.client = client;
		this.reader = reader;
	}

	/**
	 * Return a service whose polls are not followed up, because a later look repeats a
	 * poll that is lost. Its results are without the transactions that cannot be read.
	 * @param unreadable called with the reference of such a transaction, or {@code null},
	 * and the reason
	 * @return the service, for the same account
	 * @hidden
	 */
	@API(status = API.Status.INTERNAL)
	public PollingService forReconciliation(BiConsumer<@Nullable String, String> unreadable) {
		return new PollingService(this.client.withoutFollowUp(),
				(json) -> PollingResult.readable(json, this.client.account(), unreadable));
	}

	/**
	 * Poll the transactions of a period. The result comes as a {@link PollingResult}
	 * whose id is the {@linkplain K2Location#id(URI) id} of the returned URL, and may
	 * come before this method returns.
	 * @param request the request
	 * @return the absolute URL of the poll
	 * @throws InvalidK2RequestException if there is no callback
	 * @throws K2Exception if the call fails; where {@link K2Exception#outcomeUnknown()}
	 * is true, a result may still come
	 */
	public URI pollTransactions(PollingRequest request) {
		return this.client.create(ResultType.POLLING.resource(),
				request.toJson(this.client.callbackUrl(request.callbackUrl())));
	}

	/**
	 * Return the status of a poll.
	 * @param location its URL, as returned when it was started, or relative
	 * @return the current status
	 * @throws InvalidK2RequestException if the URL is not at Kopo Kopo
	 * @throws K2Exception if the call fails
	 */
	public PollingResult getStatus(URI location) {
		return this.client.fetch(location, this.reader);
	}

	/**
	 * Return the status of a poll.
	 * @param id its {@linkplain K2Location#id(URI) id}
	 * @return the current status
	 * @throws InvalidK2RequestException if it is not an id
	 * @throws K2Exception if the call fails
	 */
	public PollingResult getStatus(String id) {
		return getStatus(this.client.location(ResultType.POLLING.resource(), id));
	}

	/**
	 * Wait for the result of a poll. The status is requested at once, after a second, and
	 * then with growing delays up to ten seconds. This is for programs without a webhook
	 * endpoint. Do not call it while a web request or a transaction waits.
	 * @param location its URL
	 * @param timeout the maximum time to wait; a status request that is in progress at
	 * its end is completed
	 * @return the final result, or the last pending one when the time is over
	 * @throws InvalidK2RequestException if the URL is not at Kopo Kopo, or the time is
	 * negative
	 * @throws K2Exception if a status request fails. After status 429 or 5xx and a lost
	 * connection it is repeated until the time is over. If the thread is interrupted, its
	 * interrupt status is kept
	 */
	public PollingResult awaitResult(URI location, Duration timeout) {
		return this.client.await(timeout, () -> getStatus(location), PollingResult::isPending);
	}

	/**
	 * Wait for the result of a poll, as {@link #awaitResult(URI, Duration)}.
	 * @param id its {@linkplain K2Location#id(URI) id}
	 * @param timeout the maximum time to wait
	 * @return the final result, or the last pending one when the time is over
	 * @throws InvalidK2RequestException if it is not an id, or the time is negative
	 * @throws K2Exception if a status request fails
	 */
	public PollingResult awaitResult(String id, Duration timeout) {
		return awaitResult(this.client.location(ResultType.POLLING.resource(), id), timeout);
	}

}
