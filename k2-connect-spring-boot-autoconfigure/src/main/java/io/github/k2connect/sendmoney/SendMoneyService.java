package io.github.k2connect.sendmoney;

import java.net.URI;
import java.time.Duration;

import io.github.k2connect.InvalidK2RequestException;
import io.github.k2connect.K2Exception;
import io.github.k2connect.K2Location;
import io.github.k2connect.client.ApiVersion;
import io.github.k2connect.client.K2Client;
import io.github.k2connect.event.ResultType;
import io.github.k2connect.event.SendMoneyResult;

/**
 * Service for sending money from the merchant's account. It exists in version 2 of the
 * API only.
 */
public class SendMoneyService {

	private final K2Client client;

	/**
	 * Create a service.
	 * @param client a client that sends an access token
	 */
	public SendMoneyService(K2Client client) {
		this.client = client.withVersion(ApiVersion.V2);
	}

	/**
	 * Send money to the destinations of the request. The result comes as a
	 * {@link SendMoneyResult} whose id is the {@linkplain K2Location#id(URI) id} of the
	 * returned URL, and may come before this method returns.
	 * @param request the request
	 * @return the absolute URL of the request
	 * @throws InvalidK2RequestException if there is no callback
	 * @throws K2Exception if the call fails; where {@link K2Exception#outcomeUnknown()}
	 * is true, the money may still have been sent
	 */
	public URI sendMoney(SendMoneyRequest request) {
		return this.client.create(ResultType.SEND_MONEY.resource(),
				request.toJson(this.client.callbackUrl(request.callbackUrl())));
	}

	/**
	 * Send the whole balance to the merchant's own accounts. The result comes as a
	 * {@link SendMoneyResult} whose id is the {@linkplain K2Location#id(URI) id} of the
	 * returned URL, and may come before this method returns.
	 * @param request the request
	 * @return the absolute URL of the request
	 * @throws InvalidK2RequestException if there is no callback
	 * @throws K2Exception if the call fails; where {@link K2Exception#outcomeUnknown()}
	 * is true, the money may still have been sent
	 */
	public URI sweep(SweepRequest request) {
		return this.client.create(ResultType.SEND_MONEY.resource(),
				request.toJson(this.client.callbackUrl(request.callbackUrl())));
	}

	/**
	 * Return the status of a request to send money, or of a sweep.
	 * @param location its URL, as returned when it was sent, or relative
	 * @return the current status
	 * @throws InvalidK2RequestException if the URL is not at Kopo Kopo
	 * @throws K2Exception if the call fails
	 */
	public SendMoneyResult getStatus(URI location) {
		return this.client.fetch(location, ResultType.SEND_MONEY.status(SendMoneyResult.class, this.client.account()));
	}

	/**
	 * Return the status of a request to send money, or of a sweep.
	 * @param id its {@linkplain K2Location#id(URI) id}
	 * @return the current status
	 * @throws InvalidK2RequestException if it is not an id
	 * @throws K2Exception if the call fails
	 */
	public SendMoneyResult getStatus(String id) {
		return getStatus(this.client.location(ResultType.SEND_MONEY.resource(), id));
	}

	/**
	 * Wait for the result of a request to send money, or of a sweep. The status is
	 * requested at once, after a second, and then with growing delays up to ten seconds.
	 * This is for programs without a webhook endpoint. Do not call it while a web request
	 * or a transaction waits.
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
	public SendMoneyResult awaitResult(URI location, Duration timeout) {
		return this.client.await(timeout, () -> getStatus(location), SendMoneyResult::isPending);
	}

	/**
	 * Wait for the result of a request to send money, or of a sweep, as
	 * {@link #awaitResult(URI, Duration)}.
	 * @param id its {@linkplain K2Location#id(URI) id}
	 * @param timeout the maximum time to wait
	 * @return the final result, or the last pending one when the time is over
	 * @throws InvalidK2RequestException if it is not an id, or the time is negative
	 * @throws K2Exception if a status request fails
	 */
	public SendMoneyResult awaitResult(String id, Duration timeout) {
		return awaitResult(this.client.location(ResultType.SEND_MONEY.resource(), id), timeout);
	}

}
