package io.github.k2connect.paymentlink;

import java.net.URI;

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
		this.client = client;
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
		return this.client.create(ApiVersion.V2, ResultType.PAYMENT_LINK.resource(),
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
		return this.client.fetch(ApiVersion.V2, location,
				ResultType.PAYMENT_LINK.status(PaymentLinkResult.class, this.client.account()));
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
		return this.client.performAction(ApiVersion.V2, location, "cancel", PaymentLinkService::message);
	}

	private static String message(JsonObject json) {
		String message = json.text("message");
		if (message == null) {
			throw UnreadableJsonException.missing("message");
		}
		return message;
	}

}
