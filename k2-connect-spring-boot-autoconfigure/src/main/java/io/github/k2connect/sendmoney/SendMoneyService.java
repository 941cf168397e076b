package io.github.k2connect.sendmoney;

import io.github.k2connect.InvalidK2RequestException;
import io.github.k2connect.K2DuplicateRequestException;
import io.github.k2connect.K2Exception;
import io.github.k2connect.K2Location;
import io.github.k2connect.client.ApiClient;
import io.github.k2connect.client.ApiVersion;
import io.github.k2connect.client.IdempotencyKey;
import io.github.k2connect.client.K2Client;
import io.github.k2connect.client.ResultService;
import io.github.k2connect.event.ResultType;
import io.github.k2connect.event.SendMoneyResult;

/**
 * Service for sending money from the merchant's account. It exists in version 2 of the
 * API only.
 */
public class SendMoneyService extends ResultService<SendMoneyResult> {

	private static final ResultType TYPE = ResultType.SEND_MONEY;

	/**
	 * Create a service.
	 * @param client a client that sends an access token
	 */
	public SendMoneyService(K2Client client) {
		super(ApiClient.of(client).withVersion(ApiVersion.V2), TYPE.resource(),
				(account) -> TYPE.status(SendMoneyResult.class, account), SendMoneyResult::isPending);
	}

	/**
	 * Send money to the destinations of the request. The result comes as a
	 * {@link SendMoneyResult} whose id is the {@linkplain K2Location#id() id} of the
	 * returned location, and may come before this method returns.
	 * @param request the request
	 * @return the location of the request
	 * @throws InvalidK2RequestException if there is no callback, or the idempotency key
	 * cannot be used for this request
	 * @throws K2DuplicateRequestException if a request with the idempotency key has no
	 * known outcome
	 * @throws K2Exception if the call fails; where {@link K2Exception#outcomeUnknown()}
	 * is true, the money may still have been sent
	 */
	public K2Location sendMoney(SendMoneyRequest request) {
		return create(request.callbackUrl(), request::toJson,
				IdempotencyKey.of(request.idempotencyKey(), request.fingerprint()));
	}

	/**
	 * Send the whole balance to the merchant's own accounts. The result comes as a
	 * {@link SendMoneyResult} whose id is the {@linkplain K2Location#id() id} of the
	 * returned location, and may come before this method returns.
	 * @param request the request
	 * @return the location of the request
	 * @throws InvalidK2RequestException if there is no callback, or the idempotency key
	 * cannot be used for this request
	 * @throws K2DuplicateRequestException if a request with the idempotency key has no
	 * known outcome
	 * @throws K2Exception if the call fails; where {@link K2Exception#outcomeUnknown()}
	 * is true, the money may still have been sent
	 */
	public K2Location sweep(SweepRequest request) {
		return create(request.callbackUrl(), request::toJson,
				IdempotencyKey.of(request.idempotencyKey(), request.fingerprint()));
	}

}
