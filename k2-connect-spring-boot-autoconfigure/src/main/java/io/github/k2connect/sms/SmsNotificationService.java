package io.github.k2connect.sms;

import io.github.k2connect.InvalidK2RequestException;
import io.github.k2connect.K2Exception;
import io.github.k2connect.K2Location;
import io.github.k2connect.client.ApiClient;
import io.github.k2connect.client.ApiVersion;
import io.github.k2connect.client.K2Client;
import io.github.k2connect.client.ResultService;
import io.github.k2connect.event.ResultType;
import io.github.k2connect.event.TransactionSmsNotificationResult;

/**
 * Service for text messages to customers about their transactions. It exists in version 1
 * of the API only.
 */
public class SmsNotificationService extends ResultService<TransactionSmsNotificationResult> {

	private static final ResultType TYPE = ResultType.TRANSACTION_SMS_NOTIFICATION;

	/**
	 * Create a service.
	 * @param client a client that sends an access token
	 */
	public SmsNotificationService(K2Client client) {
		super(ApiClient.of(client).withVersion(ApiVersion.V1), TYPE.resource(),
				(account) -> TYPE.status(TransactionSmsNotificationResult.class, account),
				TransactionSmsNotificationResult::isPending);
	}

	/**
	 * Send the customer of a transaction a text message. The result comes as a
	 * {@link TransactionSmsNotificationResult} whose id is the
	 * {@linkplain K2Location#id() id} of the returned location, and may come before this
	 * method returns.
	 * @param request the request
	 * @return the location of the notification
	 * @throws InvalidK2RequestException if there is no callback
	 * @throws K2Exception if the call fails; where {@link K2Exception#outcomeUnknown()}
	 * is true, the message may still have been sent
	 */
	public K2Location sendTransactionSmsNotification(TransactionSmsNotificationRequest request) {
		return create(request.callbackUrl(), request::toJson);
	}

}
