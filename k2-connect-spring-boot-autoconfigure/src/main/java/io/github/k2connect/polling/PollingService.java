package io.github.k2connect.polling;

import java.net.URI;

import io.github.k2connect.InvalidK2RequestException;
import io.github.k2connect.K2Exception;
import io.github.k2connect.K2Location;
import io.github.k2connect.client.K2Client;
import io.github.k2connect.event.EventDecoder;
import io.github.k2connect.event.PollingResult;

/**
 * Asks for the transactions of a period, for example to find those of which no webhook
 * came.
 */
public class PollingService {

	private final K2Client client;

	/**
	 * Create a service.
	 * @param client a client that attaches a token
	 */
	public PollingService(K2Client client) {
		this.client = client;
	}

	/**
	 * Ask for the transactions of a period. The result comes as a {@link PollingResult}
	 * whose id is the {@linkplain K2Location#id(URI) id} of the returned address, and may
	 * come before this method returns.
	 * @param request which transactions to ask for
	 * @return the absolute address of the poll
	 * @throws InvalidK2RequestException if there is no callback
	 * @throws K2Exception if the call fails; where {@link K2Exception#outcomeUnknown()}
	 * is true, a result may come all the same
	 */
	public URI pollTransactions(PollingRequest request) {
		return this.client.create("polling", request.toJson(this.client.callbackUrl(request.callbackUrl())));
	}

	/**
	 * Return the status of a poll.
	 * @param location its address, as returned when it was started, or relative
	 * @return the current status
	 * @throws InvalidK2RequestException if the address is not at Kopo Kopo
	 * @throws K2Exception if the call fails
	 */
	public PollingResult getStatus(URI location) {
		return this.client.fetch(location,
				(json) -> EventDecoder.decodeStatus(json, PollingResult.class, this.client.account()));
	}

}
