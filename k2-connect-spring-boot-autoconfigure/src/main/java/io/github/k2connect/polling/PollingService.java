package io.github.k2connect.polling;

import java.net.URI;

import io.github.k2connect.InvalidK2RequestException;
import io.github.k2connect.K2Exception;
import io.github.k2connect.K2Location;
import io.github.k2connect.client.K2Client;
import io.github.k2connect.event.PollingResult;
import io.github.k2connect.event.ResultType;

/**
 * Service for polling the transactions of a period, for example to find transactions
 * without a webhook.
 */
public class PollingService {

	private final K2Client client;

	/**
	 * Create a service.
	 * @param client a client that sends an access token
	 */
	public PollingService(K2Client client) {
		this.client = client;
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
		return this.client.fetch(location, ResultType.POLLING.status(PollingResult.class, this.client.account()));
	}

}
