package io.github.k2connect.followup;

import java.net.URI;
import java.time.OffsetDateTime;

import io.github.k2connect.InvalidK2RequestException;
import io.github.k2connect.K2ApiException;
import io.github.k2connect.K2Exception;
import io.github.k2connect.K2Location;
import io.github.k2connect.event.K2Event;
import io.github.k2connect.event.K2ResultEvent;
import io.github.k2connect.event.PaymentLinkDetails;
import io.github.k2connect.event.PaymentLinkResult;
import io.github.k2connect.event.UnrecognizedK2Event;
import io.github.k2connect.webhook.ReceivedEvent;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Asks Kopo Kopo for what was started, in one call.
 */
final class StatusQuestion {

	private static final Log logger = LogFactory.getLog(StatusQuestion.class);

	private StatusQuestion() {
	}

	static StatusAnswer ask(FollowUpNote note, URI location, AccountClients clients) {
		try {
			return answer(note, location, clients.get(note.account())
				.fetchBodyOnce(location, (body) -> ReceivedEvent.decode(body, note.account())));
		}
		catch (InvalidK2RequestException ex) {
			logger.warn("What was started is not at the configured origin of Kopo Kopo: " + ex.getMessage());
			return StatusAnswer.unknown();
		}
		catch (K2ApiException ex) {
			if (ex.statusCode() == 404 || ex.statusCode() == 410) {
				return StatusAnswer.unknown();
			}
			logger.warn("Kopo Kopo could not be asked for what was started: " + ex.getMessage());
			return StatusAnswer.unavailable(ex.retryAfter());
		}
		catch (K2Exception | IllegalStateException ex) {
			logger.warn("Kopo Kopo could not be asked for what was started: " + ex.getMessage());
			return StatusAnswer.unavailable(null);
		}
	}

	/**
	 * A result that cannot be read is as good as pending: nobody knows whether it is
	 * final.
	 */
	private static StatusAnswer answer(FollowUpNote note, URI location, ReceivedEvent received) {
		K2Event event = received.event();
		String type = (event instanceof K2ResultEvent result) ? result.type()
				: (event instanceof UnrecognizedK2Event unrecognized) ? unrecognized.kind() : null;
		if (type == null || !FollowUpNote.canonical(type).equals(FollowUpNote.canonical(note.type()))
				|| !event.id().equals(K2Location.id(location))) {
			return StatusAnswer.unknown();
		}
		if (!(event instanceof K2ResultEvent result)) {
			logger.warn("The result of " + note.type() + " " + event.id() + " cannot be read");
			return StatusAnswer.pending(null);
		}
		if (result.isPending()) {
			OffsetDateTime expiry = expiry(result);
			return StatusAnswer.pending((expiry != null) ? expiry.toInstant() : null);
		}
		return StatusAnswer.result(received);
	}

	private static @Nullable OffsetDateTime expiry(K2ResultEvent result) {
		PaymentLinkDetails link = (result instanceof PaymentLinkResult paymentLink) ? paymentLink.paymentLink() : null;
		return (link != null) ? link.expiresAt() : null;
	}

}
