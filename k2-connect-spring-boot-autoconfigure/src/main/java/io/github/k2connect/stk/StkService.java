package io.github.k2connect.stk;

import java.net.URI;

import io.github.k2connect.InvalidK2RequestException;
import io.github.k2connect.K2Exception;
import io.github.k2connect.K2Location;
import io.github.k2connect.client.K2Client;
import io.github.k2connect.event.ResultType;
import io.github.k2connect.event.StkPushResult;

/**
 * Service for STK pushes, which ask a customer's phone for a payment to a till.
 */
public class StkService {

	private final K2Client client;

	/**
	 * Create a service.
	 * @param client a client that sends an access token
	 */
	public StkService(K2Client client) {
		this.client = client;
	}

	/**
	 * Ask the customer's phone for a payment. The result comes as a {@link StkPushResult}
	 * whose id is the {@linkplain K2Location#id(URI) id} of the returned URL, and may
	 * come before this method returns.
	 * @param request the request
	 * @return the absolute URL of the incoming payment
	 * @throws InvalidK2RequestException if there is no callback
	 * @throws K2Exception if the call fails; where {@link K2Exception#outcomeUnknown()}
	 * is true, the customer may still be asked to pay
	 */
	public URI initiateIncomingPayment(StkPushRequest request) {
		return this.client.create(ResultType.INCOMING_PAYMENT.resource(),
				request.toJson(this.client.apiVersion(), this.client.callbackUrl(request.callbackUrl())));
	}

	/**
	 * Return the status of an incoming payment.
	 * @param location its URL, as returned when it was initiated, or relative
	 * @return the current status
	 * @throws InvalidK2RequestException if the URL is not at Kopo Kopo
	 * @throws K2Exception if the call fails
	 */
	public StkPushResult getStatus(URI location) {
		return this.client.fetch(location,
				ResultType.INCOMING_PAYMENT.status(StkPushResult.class, this.client.account()));
	}

}
