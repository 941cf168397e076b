package io.github.k2connect.followup;

import java.net.URI;
import java.time.OffsetDateTime;
import java.util.function.Function;

import io.github.k2connect.InvalidK2RequestException;
import io.github.k2connect.K2ApiException;
import io.github.k2connect.K2Exception;
import io.github.k2connect.K2Location;
import io.github.k2connect.K2Meter.Value;
import io.github.k2connect.client.ApiClient;
import io.github.k2connect.event.K2Event;
import io.github.k2connect.event.K2ResultEvent;
import io.github.k2connect.event.PaymentLinkDetails;
import io.github.k2connect.event.PaymentLinkResult;
import io.github.k2connect.event.ResultType;
import io.github.k2connect.event.UnrecognizedK2Event;
import io.github.k2connect.webhook.reception.ReceivedEvent;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Request for the status of a started request, in one call.
 */
final class StatusRequest {

	private static final Log logger = LogFactory.getLog(StatusRequest.class);

	private StatusRequest() {
	}

	static StatusResponse send(FollowUpState state, URI location, Function<String, ApiClient> clients) {
		ApiClient client;
		try {
			client = clients.apply(state.account());
		}
		catch (RuntimeException ex) {
			logger.warn("Failed to get the account of " + state.name(), ex);
			return new StatusResponse.Unavailable(Value.ACCOUNT_UNAVAILABLE, null);
		}
		return send(state, location, client);
	}

	private static StatusResponse send(FollowUpState state, URI location, ApiClient client) {
		try {
			return read(state, location,
					client.fetchBodyOnce(location, (body) -> ReceivedEvent.decode(body, state.account())));
		}
		catch (InvalidK2RequestException ex) {
			logger.debug("The request is left to an instance with another base URL", ex);
			return new StatusResponse.Unavailable(Value.UNAVAILABLE, null);
		}
		catch (K2ApiException ex) {
			if (isUnknown(ex)) {
				return new StatusResponse.Unknown();
			}
			logger.warn("Failed to get the status of " + state.name() + ": " + ex.getMessage());
			return new StatusResponse.Unavailable(Value.UNAVAILABLE, ex.retryAfter());
		}
		catch (K2Exception ex) {
			logger.warn("Failed to get the status of " + state.name() + ": " + ex.getMessage());
			return new StatusResponse.Unavailable(Value.UNAVAILABLE, null);
		}
		catch (RuntimeException ex) {
			logger.warn("Failed to get the status of " + state.name(), ex);
			return new StatusResponse.Unavailable(Value.UNAVAILABLE, null);
		}
	}

	/**
	 * Return whether Kopo Kopo itself does not know the resource. A response without Kopo
	 * Kopo's JSON may be that of a gateway.
	 */
	private static boolean isUnknown(K2ApiException ex) {
		return (ex.statusCode() == 404 || ex.statusCode() == 410)
				&& (ex.errorCode() != null || ex.errorMessage() != null);
	}

	/**
	 * Read the response. A result that cannot be decoded counts as pending, because it
	 * may not be final.
	 */
	private static StatusResponse read(FollowUpState state, URI location, ReceivedEvent received) {
		K2Event event = received.event();
		String type = (event instanceof K2ResultEvent result) ? result.type()
				: (event instanceof UnrecognizedK2Event unrecognized) ? unrecognized.kind() : null;
		if (type == null || !ResultType.canonical(type).equals(ResultType.canonical(state.type()))
				|| !event.id().equals(new K2Location(location).id())) {
			return new StatusResponse.Unknown();
		}
		if (!(event instanceof K2ResultEvent result)) {
			logger.warn("The result of " + state.name() + " cannot be decoded");
			return new StatusResponse.Pending(null);
		}
		if (result.isPending()) {
			OffsetDateTime expiry = expiry(result);
			return new StatusResponse.Pending((expiry != null) ? expiry.toInstant() : null);
		}
		return new StatusResponse.Result(received);
	}

	private static @Nullable OffsetDateTime expiry(K2ResultEvent result) {
		PaymentLinkDetails link = (result instanceof PaymentLinkResult paymentLink) ? paymentLink.paymentLink() : null;
		return (link != null) ? link.expiresAt() : null;
	}

}
