package io.github.k2connect.sms;

import java.net.URI;
import java.time.Duration;

import io.github.k2connect.InvalidK2RequestException;
import io.github.k2connect.K2Exception;
import io.github.k2connect.K2Location;
import io.github.k2connect.client.ApiVersion;
import io.github.k2connect.client.K2Client;
import io.github.k2connect.event.ResultType;
import io.github.k2connect.event.TransactionSmsNotificationResult;

/**
 * Service for text messages to customers about their transactions. It exists in version 1
 * of the API only.
 */
public class SmsNotificationService {

	private final K2Client client;

	/**
	 * Create a service.
	 * @param client a client that sends an access token
	 */
	public SmsNotificationService(K2Client client) {
		this.client = client.withVersion(ApiVersion.V1);
	}

	/**
	 * Send the customer of a transaction a text message. The result comes as a
	 * {@link TransactionSmsNotificationResult} whose id is the
	 * {@linkplain K2Location#id(URI) id} of the returned URL, and may come before this
	 * method returns.
	 * @param request the request
	 * @return the absolute URL of the notification
	 * @throws InvalidK2RequestException if there is no callback
	 * @throws K2Exception if the call fails; where {@link K2Exception#outcomeUnknown()}
	 * is true, the message may still have been sent
	 */
	public URI sendTransactionSmsNotification(TransactionSmsNotificationRequest request) {
		return this.client.create(ResultType.TRANSACTION_SMS_NOTIFICATION.resource(),
				request.toJson(this.client.callbackUrl(request.callbackUrl())));
	}

	/**
	 * Return the status of a notification.
	 * @param location its URL, as returned when it was sent, or relative
	 * @return the current status
	 * @throws InvalidK2RequestException if the URL is not at Kopo Kopo
	 * @throws K2Exception if the call fails
	 */
	public TransactionSmsNotificationResult getStatus(URI location) {
		return this.client.fetch(location, ResultType.TRANSACTION_SMS_NOTIFICATION
			.status(TransactionSmsNotificationResult.class, this.client.account()));
	}

	/**
	 * Return the status of a notification.
	 * @param id its {@linkplain K2Location#id(URI) id}
	 * @return the current status
	 * @throws InvalidK2RequestException if it is not an id
	 * @throws K2Exception if the call fails
	 */
	public TransactionSmsNotificationResult getStatus(String id) {
		return getStatus(this.client.location(ResultType.TRANSACTION_SMS_NOTIFICATION.resource(), id));
	}

	/**
	 * Wait for the result of a notification. The status is requested at once, after a
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
	public TransactionSmsNotificationResult awaitResult(URI location, Duration timeout) {
		return this.client.await(timeout, () -> getStatus(location), TransactionSmsNotificationResult::isPending);
	}

	/**
	 * Wait for the result of a notification, as {@link #awaitResult(URI, Duration)}.
	 * @param id its {@linkplain K2Location#id(URI) id}
	 * @param timeout the maximum time to wait
	 * @return the final result, or the last pending one when the time is over
	 * @throws InvalidK2RequestException if it is not an id, or the time is negative
	 * @throws K2Exception if a status request fails
	 */
	public TransactionSmsNotificationResult awaitResult(String id, Duration timeout) {
		return awaitResult(this.client.location(ResultType.TRANSACTION_SMS_NOTIFICATION.resource(), id), timeout);
	}

}
