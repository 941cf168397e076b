package io.github.k2connect.pay;

import java.net.URI;
import java.time.Duration;

import io.github.k2connect.InvalidK2RequestException;
import io.github.k2connect.K2Exception;
import io.github.k2connect.K2Location;
import io.github.k2connect.client.ApiVersion;
import io.github.k2connect.client.K2Client;
import io.github.k2connect.event.PaymentResult;
import io.github.k2connect.event.ResultType;
import io.github.k2connect.recipient.Recipient;
import io.github.k2connect.recipient.RecipientStatus;

/**
 * Service for adding recipients and paying them. It always uses version 1 of the API.
 */
public class PayService {

	private final K2Client client;

	/**
	 * Create a service.
	 * @param client a client that sends an access token
	 */
	public PayService(K2Client client) {
		this.client = client.withVersion(ApiVersion.V1);
	}

	/**
	 * Add a recipient. Kopo Kopo sends no result: get the status to find the reference
	 * that payments need.
	 * @param recipient the recipient
	 * @return the absolute URL of the recipient
	 * @throws InvalidK2RequestException if it is a bank account without a settlement
	 * method
	 * @throws K2Exception if the call fails; where {@link K2Exception#outcomeUnknown()}
	 * is true, the recipient may still have been added
	 */
	public URI addPayRecipient(Recipient recipient) {
		return this.client.create("pay_recipients", recipient.toJson(ApiVersion.V1));
	}

	/**
	 * Return the status of a recipient.
	 * @param location its URL, as returned when it was added, or relative
	 * @return the current status
	 * @throws InvalidK2RequestException if the URL is not at Kopo Kopo
	 * @throws K2Exception if the call fails
	 */
	public RecipientStatus getPayRecipientStatus(URI location) {
		return this.client.fetch(location, RecipientStatus::from);
	}

	/**
	 * Pay a recipient. The result comes as a {@link PaymentResult} whose id is the
	 * {@linkplain K2Location#id(URI) id} of the returned URL, and may come before this
	 * method returns.
	 * @param request the payment
	 * @return the absolute URL of the payment
	 * @throws InvalidK2RequestException if there is no callback
	 * @throws K2Exception if the call fails; where {@link K2Exception#outcomeUnknown()}
	 * is true, the money may still move
	 */
	public URI sendPay(PaymentRequest request) {
		return this.client.create(ResultType.PAYMENT.resource(),
				request.toJson(this.client.callbackUrl(request.callbackUrl())));
	}

	/**
	 * Return the status of a payment.
	 * @param location its URL, as returned when it was made, or relative
	 * @return the current status
	 * @throws InvalidK2RequestException if the URL is not at Kopo Kopo
	 * @throws K2Exception if the call fails
	 */
	public PaymentResult getStatus(URI location) {
		return this.client.fetch(location, ResultType.PAYMENT.status(PaymentResult.class, this.client.account()));
	}

	/**
	 * Return the status of a payment.
	 * @param id its {@linkplain K2Location#id(URI) id}
	 * @return the current status
	 * @throws InvalidK2RequestException if it is not an id
	 * @throws K2Exception if the call fails
	 */
	public PaymentResult getStatus(String id) {
		return getStatus(this.client.location(ResultType.PAYMENT.resource(), id));
	}

	/**
	 * Wait for the result of a payment. The status is requested at once, after a second,
	 * and then with growing delays up to ten seconds. This is for programs without a
	 * webhook endpoint. Do not call it while a web request or a transaction waits.
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
	public PaymentResult awaitResult(URI location, Duration timeout) {
		return this.client.await(timeout, () -> getStatus(location), PaymentResult::isPending);
	}

	/**
	 * Wait for the result of a payment, as {@link #awaitResult(URI, Duration)}.
	 * @param id its {@linkplain K2Location#id(URI) id}
	 * @param timeout the maximum time to wait
	 * @return the final result, or the last pending one when the time is over
	 * @throws InvalidK2RequestException if it is not an id, or the time is negative
	 * @throws K2Exception if a status request fails
	 */
	public PaymentResult awaitResult(String id, Duration timeout) {
		return awaitResult(this.client.location(ResultType.PAYMENT.resource(), id), timeout);
	}

}
