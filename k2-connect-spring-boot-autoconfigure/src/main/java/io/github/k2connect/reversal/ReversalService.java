package io.github.k2connect.reversal;

import java.net.URI;

import io.github.k2connect.InvalidK2RequestException;
import io.github.k2connect.K2Exception;
import io.github.k2connect.K2Location;
import io.github.k2connect.client.ApiVersion;
import io.github.k2connect.client.K2Client;
import io.github.k2connect.event.ResultType;
import io.github.k2connect.event.ReversalResult;

/**
 * Service for reversing customers' payments. It exists in version 2 of the API only.
 */
public class ReversalService {

	private final K2Client client;

	/**
	 * Create a service.
	 * @param client a client that sends an access token
	 */
	public ReversalService(K2Client client) {
		this.client = client;
	}

	/**
	 * Reverse a customer's payment. The result comes as a {@link ReversalResult} whose id
	 * is the {@linkplain K2Location#id(URI) id} of the returned URL, and may come before
	 * this method returns.
	 * @param request the request
	 * @return the absolute URL of the reversal
	 * @throws InvalidK2RequestException if there is no callback
	 * @throws K2Exception if the call fails; where {@link K2Exception#outcomeUnknown()}
	 * is true, the payment may still be reversed
	 */
	public URI initiateReversal(ReversalRequest request) {
		return this.client.create(ApiVersion.V2, ResultType.REVERSAL.resource(),
				request.toJson(this.client.callbackUrl(request.callbackUrl())));
	}

	/**
	 * Return the status of a reversal.
	 * @param location its URL, as returned when it was initiated, or relative
	 * @return the current status
	 * @throws InvalidK2RequestException if the URL is not at Kopo Kopo
	 * @throws K2Exception if the call fails
	 */
	public ReversalResult getStatus(URI location) {
		return this.client.fetch(ApiVersion.V2, location,
				ResultType.REVERSAL.status(ReversalResult.class, this.client.account()));
	}

}
