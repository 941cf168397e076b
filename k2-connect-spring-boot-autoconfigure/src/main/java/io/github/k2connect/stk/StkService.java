package io.github.k2connect.stk;

import io.github.k2connect.InvalidK2RequestException;
import io.github.k2connect.K2DuplicateRequestException;
import io.github.k2connect.K2Exception;
import io.github.k2connect.K2Location;
import io.github.k2connect.client.ApiClient;
import io.github.k2connect.client.IdempotencyKey;
import io.github.k2connect.client.K2Client;
import io.github.k2connect.client.ResultService;
import io.github.k2connect.event.ResultType;
import io.github.k2connect.event.StkPushResult;

/**
 * Service for STK pushes, which ask a customer's phone for a payment to a till.
 */
public class StkService extends ResultService<StkPushResult> {

	private static final ResultType TYPE = ResultType.INCOMING_PAYMENT;

	/**
	 * Create a service.
	 * @param client a client that sends an access token
	 */
	public StkService(K2Client client) {
		super(ApiClient.of(client), TYPE.resource(), (account) -> TYPE.status(StkPushResult.class, account),
				StkPushResult::isPending);
	}

	/**
	 * Ask the customer's phone for a payment. The result comes as a {@link StkPushResult}
	 * whose id is the {@linkplain K2Location#id() id} of the returned location, and may
	 * come before this method returns.
	 * @param request the request
	 * @return the location of the incoming payment
	 * @throws InvalidK2RequestException if there is no callback, or the idempotency key
	 * cannot be used for this request
	 * @throws K2DuplicateRequestException if a request with the idempotency key has no
	 * known outcome
	 * @throws K2Exception if the call fails; where {@link K2Exception#outcomeUnknown()}
	 * is true, the customer may still be asked to pay
	 */
	public K2Location initiateIncomingPayment(StkPushRequest request) {
		return create(request.callbackUrl(), (callbackUrl) -> request.toJson(client().apiVersion(), callbackUrl),
				IdempotencyKey.of(request.idempotencyKey(), request.fingerprint()));
	}

}
