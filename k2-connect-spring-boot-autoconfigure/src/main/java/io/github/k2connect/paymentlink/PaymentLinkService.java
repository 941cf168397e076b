package io.github.k2connect.paymentlink;

import io.github.k2connect.InvalidK2RequestException;
import io.github.k2connect.K2DuplicateRequestException;
import io.github.k2connect.K2Exception;
import io.github.k2connect.K2Location;
import io.github.k2connect.client.ApiClient;
import io.github.k2connect.client.ApiVersion;
import io.github.k2connect.client.IdempotencyKey;
import io.github.k2connect.client.K2Client;
import io.github.k2connect.client.ResultService;
import io.github.k2connect.event.PaymentLinkResult;
import io.github.k2connect.event.ResultType;
import io.github.k2connect.json.JsonObject;
import io.github.k2connect.json.JsonObject.UnreadableJsonException;

/**
 * Service for payment links, with which customers pay. It exists in version 2 of the API
 * only.
 */
public class PaymentLinkService extends ResultService<PaymentLinkResult> {

	private static final ResultType TYPE = ResultType.PAYMENT_LINK;

	/**
	 * Create a service.
	 * @param client a client that sends an access token
	 */
	public PaymentLinkService(K2Client client) {
		super(ApiClient.of(client).withVersion(ApiVersion.V2), TYPE.resource(),
				(account) -> TYPE.status(PaymentLinkResult.class, account), PaymentLinkResult::isPending);
	}

	/**
	 * Create a payment link for a customer. The result comes as a
	 * {@link PaymentLinkResult} whose id is the {@linkplain K2Location#id() id} of the
	 * returned location, and may come before this method returns.
	 * @param request the request
	 * @return the location of the payment link
	 * @throws InvalidK2RequestException if there is no callback, or the idempotency key
	 * cannot be used for this request
	 * @throws K2DuplicateRequestException if a request with the idempotency key has no
	 * known outcome
	 * @throws K2Exception if the call fails; where {@link K2Exception#outcomeUnknown()}
	 * is true, the link may still have been created
	 */
	public K2Location createPaymentLink(PaymentLinkRequest request) {
		return create(request.callbackUrl(), request::toJson,
				IdempotencyKey.of(request.idempotencyKey(), request.fingerprint()));
	}

	/**
	 * Cancel a payment link, so that it can no longer be paid.
	 * @param location the location that was returned when it was created
	 * @return Kopo Kopo's message
	 * @throws InvalidK2RequestException if the location is not at Kopo Kopo
	 * @throws K2Exception if the call fails; where {@link K2Exception#outcomeUnknown()}
	 * is true, the link may still have been cancelled
	 */
	public String cancelPaymentLink(K2Location location) {
		return client().performAction(location, "cancel", PaymentLinkService::message);
	}

	/**
	 * Cancel a payment link, so that it can no longer be paid.
	 * @param location its {@linkplain K2Location#id() id}, its URL, or the path of its
	 * URL
	 * @return Kopo Kopo's message
	 * @throws InvalidK2RequestException if it is none of these, or is not at Kopo Kopo
	 * @throws K2Exception if the call fails; where {@link K2Exception#outcomeUnknown()}
	 * is true, the link may still have been cancelled
	 */
	public String cancelPaymentLink(String location) {
		return cancelPaymentLink(client().location(TYPE.resource(), location));
	}

	private static String message(JsonObject json) {
		String message = json.text("message");
		if (message == null) {
			throw UnreadableJsonException.missing("message");
		}
		return message;
	}

}
