package io.github.k2connect.webhook.inbox;

import java.util.List;

import io.github.k2connect.event.K2DetectedEvent;
import io.github.k2connect.event.MissedTillPayment;
import io.github.k2connect.event.MissedTillReversal;
import io.github.k2connect.event.PolledTransaction;
import io.github.k2connect.event.ResultType;
import io.github.k2connect.event.UnresolvedK2Request;
import io.github.k2connect.json.JsonObject;
import io.github.k2connect.webhook.reception.Publication;
import io.github.k2connect.webhook.store.EventIdentity;
import io.github.k2connect.webhook.store.JdbcEventStore;
import io.github.k2connect.webhook.store.KnownPayments;
import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;

/**
 * An event that k2-connect creates itself.
 *
 * @param event the event for the listeners
 * @param identity the identity of the event; the id of an event about a payment is the
 * normalized reference
 * @param body the event as JSON, without its account
 */
@SuppressWarnings("ArrayRecordComponent")
record OwnEvent(K2DetectedEvent event, EventIdentity identity, byte[] body) implements Publication {

	/**
	 * The name that stands for k2-connect in identities.
	 */
	private static final String OWN = "k2-connect";

	/**
	 * Read a stored event.
	 */
	static OwnEvent decode(String kind, String account, byte[] body) {
		JsonObject json = JsonObject.parse(body);
		return of(switch (kind) {
			case KnownPayments.MISSED_PAYMENT -> new MissedTillPayment(account, PolledTransaction.from(json));
			case KnownPayments.MISSED_REVERSAL -> new MissedTillReversal(account, PolledTransaction.from(json));
			case OwnEvents.UNRESOLVED_REQUEST -> UnresolvedK2Request.from(account, json);
			default -> throw new IllegalStateException("The kind of the event is unknown");
		});
	}

	static OwnEvent of(K2DetectedEvent event) {
		if (event instanceof MissedTillPayment missed) {
			return of(event, KnownPayments.MISSED_PAYMENT, missed.payment());
		}
		if (event instanceof MissedTillReversal missed) {
			return of(event, KnownPayments.MISSED_REVERSAL, missed.payment());
		}
		UnresolvedK2Request request = (UnresolvedK2Request) event;
		return new OwnEvent(request, new EventIdentity(request.account(), OwnEvents.UNRESOLVED_REQUEST, request.id(),
				OWN + " " + ResultType.canonical(request.type())), request.toJson().toBytes());
	}

	private static OwnEvent of(K2DetectedEvent event, String kind, PolledTransaction payment) {
		return new OwnEvent(event, identity(kind, event.account(), event.id()), payment.toJson().toBytes());
	}

	private static EventIdentity identity(String kind, String account, String reference) {
		String id = KnownPayments.normalize(reference);
		return new EventIdentity(account, kind, id, OWN, id);
	}

	/**
	 * Return the identity of the own event that another event makes superfluous.
	 * @param other the identity of the other event
	 * @return the identity, or {@code null} if the other event is about no payment
	 */
	static @Nullable EventIdentity supersededBy(EventIdentity other) {
		String reference = other.reference();
		return StringUtils.hasText(reference)
				? identity(KnownPayments.missedKind(other.kind()), other.account(), reference) : null;
	}

	@Override
	public String kind() {
		return this.identity.kind();
	}

	/**
	 * Return whether events that were handled since make this one superfluous. A request
	 * is reported even if its result came since: whoever listens to both sees both.
	 * @param store remembers which events were handled
	 */
	boolean isSuperseded(JdbcEventStore store) {
		String reference = this.identity.reference();
		if (reference == null) {
			return false;
		}
		KnownPayments known = store.knownPayments(this.identity.account(), List.of(reference));
		return (this.event instanceof MissedTillPayment) ? known.include(reference) : known.includeReversal(reference);
	}

	@Override
	public String toString() {
		return "OwnEvent[identity=" + this.identity + "]";
	}

}
