package io.github.k2connect.pay;

import io.github.k2connect.InvalidK2RequestException;
import io.github.k2connect.K2DuplicateRequestException;
import io.github.k2connect.K2Exception;
import io.github.k2connect.K2Location;
import io.github.k2connect.client.ApiClient;
import io.github.k2connect.client.ApiVersion;
import io.github.k2connect.client.IdempotencyKey;
import io.github.k2connect.client.K2Client;
import io.github.k2connect.client.ResultService;
import io.github.k2connect.event.PaymentResult;
import io.github.k2connect.event.ResultType;
import io.github.k2connect.recipient.Recipient;
import io.github.k2connect.recipient.RecipientStatus;

/**
 * Service for adding recipients and paying them. It always uses version 1 of the API.
 */
public class PayService extends ResultService<PaymentResult> {

	private static final ResultType TYPE = ResultType.PAYMENT;

	private static final String RECIPIENTS = "pay_recipients";

	/**
	 * Create a service.
	 * @param client a client that sends an access token
	 */
	public PayService(K2Client client) {
		super(ApiClient.of(client).withVersion(ApiVersion.V1), TYPE.resource(),
				(account) -> TYPE.status(PaymentResult.class, account), PaymentResult::isPending);
	}

	/**
	 * Add a recipient. Kopo Kopo sends no result: get the status to find the reference
	 * that payments need.
	 * @param recipient the recipient
	 * @return the location of the recipient
	 * @throws InvalidK2RequestException if it is a bank account without a settlement
	 * method
	 * @throws K2Exception if the call fails; where {@link K2Exception#outcomeUnknown()}
	 * is true, the recipient may still have been added
	 */
	public K2Location addPayRecipient(Recipient recipient) {
		return client().create(RECIPIENTS, recipient.toJson(ApiVersion.V1));
	}

	/**
	 * Return the status of a recipient.
	 * @param location the location that was returned when it was added
	 * @return the current status
	 * @throws InvalidK2RequestException if the location is not at Kopo Kopo
	 * @throws K2Exception if the call fails
	 */
	public RecipientStatus getPayRecipientStatus(K2Location location) {
		return client().fetch(location, RecipientStatus::from);
	}

	/**
	 * Return the status of a recipient.
	 * @param location its {@linkplain K2Location#id() id}, its URL, or the path of its
	 * URL
	 * @return the current status
	 * @throws InvalidK2RequestException if it is none of these, or is not at Kopo Kopo
	 * @throws K2Exception if the call fails
	 */
	public RecipientStatus getPayRecipientStatus(String location) {
		return getPayRecipientStatus(client().location(RECIPIENTS, location));
	}

	/**
	 * Pay a recipient. The result comes as a {@link PaymentResult} whose id is the
	 * {@linkplain K2Location#id() id} of the returned location, and may come before this
	 * method returns.
	 * @param request the payment
	 * @return the location of the payment
	 * @throws InvalidK2RequestException if there is no callback, or the idempotency key
	 * cannot be used for this request
	 * @throws K2DuplicateRequestException if a request with the idempotency key has no
	 * known outcome
	 * @throws K2Exception if the call fails; where {@link K2Exception#outcomeUnknown()}
	 * is true, the money may still move
	 */
	public K2Location sendPay(PaymentRequest request) {
		return create(request.callbackUrl(), request::toJson,
				IdempotencyKey.of(request.idempotencyKey(), request.fingerprint()));
	}

}
