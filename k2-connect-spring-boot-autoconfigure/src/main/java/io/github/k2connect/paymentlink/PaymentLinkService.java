package io.github.k2connect.paymentlink;

import java.net.URI;
import java.time.Duration;

import io.github.k2connect.InvalidK2RequestException;
import io.github.k2connect.K2Exception;
import io.github.k2connect.K2Location;
import io.github.k2connect.client.ApiVersion;
import io.github.k2connect.client.K2Client;
import io.github.k2connect.event.PaymentLinkResult;
import io.github.k2connect.event.ResultType;
import io.github.k2connect.json.JsonObject;
import io.github.k2connect.json.JsonObject.UnreadableJsonException;

/**
 * Service for payment links, with which customers pay. It exists in version 2 of the API
 * only.
 */
public class PaymentLinkService {

	private final K2Client client;

	/**
	 * Create a service.
	 * @param client a client that sends an access token
	 */
	public PaymentLinkService(K2Client client) {
		this.client = client.withVersion(ApiVersion.V2);
	}

	/**
	 * Create a payment link for a customer. The result comes as a
	 * {@link PaymentLinkResult} whose id is the {@linkplain K2Location#id(URI) id} of the
	 * returned URL, and may come before this method returns.
	 * @param request the request
	 * @return the absolute URL of the payment link
	 * @throws InvalidK2RequestException if there is no callback
	 * @throws K2Exception if the call fails; where {@link K2Exception#outcomeUnknown()}
	 * is true, the link may still have been created
	 */
	public URI createPaymentLink(PaymentLinkRequest request) {
		return this.client.create(ResultType.PAYMENT_LINK.resource(),
				request.toJson(this.client.callbackUrl(request.callbackUrl())));
	}

	/**
	 * Return the status of a payment link.
	 * @param location its URL, as returned when it was created, or relative
	 * @return the current status
	 * @throws InvalidK2RequestException if the URL is not at Kopo Kopo
	 * @throws K2Exception if the call fails
	 */
	public PaymentLinkResult getStatus(URI location) {
		return this.client.fetch(location,
				ResultType.PAYMENT_LINK.status(PaymentLinkResult.class, this.client.account()));
	}

	/**
	 * Return the status of a payment link.
	 * @param id its {@linkplain K2Location#id(URI) id}
	 * @return the current status
	 * @throws InvalidK2RequestException if it is not an id
	 * @throws K2Exception if the call fails
	 */
	public PaymentLinkResult getStatus(String id) {
		return getStatus(this.client.location(ResultType.PAYMENT_LINK.resource(), id));
	}

	/**
	 * Wait for the result of a payment link. The status is requested at once, after a
	 * second, and then with growing delays up to ten seconds. This is for programs
	 * without a webhook endpoint. Do not call it while a web request or a transaction
	 * waits.
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
	public PaymentLinkResult awaitResult(URI location, Duration timeout) {
		return this.client.await(timeout, () -> getStatus(location), PaymentLinkResult::isPending);
	}

	/**
	 * Wait for the result of a payment link, as {@link #awaitResult(URI, Duration)}.
	 * @param id its {@linkplain K2Location#id(URI) id}
	 * @param timeout the maximum time to wait
	 * @return the final result, or the last pending one when the time is over
	 * @throws InvalidK2RequestException if it is not an id, or the time is negative
	 * @throws K2Exception if a status request fails
	 */
	public PaymentLinkResult awaitResult(String id, Duration timeout) {
		return awaitResult(this.client.location(ResultType.PAYMENT_LINK.resource(), id), timeout);
	}

	/**
	 * Cancel a payment link, so that it can no longer be paid.
	 * @param location its URL, as returned when it was created, or relative
	 * @return Kopo Kopo's message
	 * @throws InvalidK2RequestException if the URL is not at Kopo Kopo
	 * @throws K2Exception if the call fails; where {@link K2Exception#outcomeUnknown()}
	 * is true, the link may still have been cancelled
	 */
	public String cancelPaymentLink(URI location) {
		return this.client.performAction(location, "cancel", PaymentLinkService::message);
	}

	/**
	 * Cancel a payment link, so that it can no longer be paid.
	 * @param id its {@linkplain K2Location#id(URI) id}
	 * @return Kopo Kopo's message
	 * @throws InvalidK2RequestException if it is not an id
	 * @throws K2Exception if the call fails; where {@link K2Exception#outcomeUnknown()}
	 * is true, the link may still have been cancelled
	 */
	public String cancelPaymentLink(String id) {
		return cancelPaymentLink(this.client.location(ResultType.PAYMENT_LINK.resource(), id));
	}

	private static String message(JsonObject json) {
		String message = json.text("message");
		if (message == null) {
			throw UnreadableJsonException.missing("message");
		}
		return message;
	}

}
