package io.github.k2connect.webhook.inbox;

import io.github.k2connect.event.MissedTillPayment;
import io.github.k2connect.event.MissedTillReversal;
import io.github.k2connect.event.PolledTransaction;
import io.github.k2connect.json.JsonObject;
import io.github.k2connect.webhook.Publication;
import io.github.k2connect.webhook.store.EventIdentity;
import io.github.k2connect.webhook.store.KnownPayments;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;
import org.springframework.util.StringUtils;

/**
 * An event that k2-connect creates itself, about a payment that no message told of.
 *
 * @param event the event for the listeners
 * @param identity the identity of the event; its id is the normalized reference of the
 * payment
 * @param body the payment, as it is in the result of a poll
 */
@SuppressWarnings("ArrayRecordComponent")
record OwnEvent(Object event, EventIdentity identity, byte[] body) implements Publication {

	/**
	 * Read a stored event.
	 */
	static OwnEvent decode(String kind, String account, byte[] body) {
		return of(kind, account, PolledTransaction.from(JsonObject.parse(body)));
	}

	/**
	 * Create the event for a payment or a reversal that no message told of.
	 * @param kind one of {@link KnownPayments#MISSED_KINDS}
	 * @param account the name of the account
	 * @param payment the payment
	 */
	static OwnEvent of(String kind, String account, PolledTransaction payment) {
		String reference = payment.reference();
		Assert.state(reference != null, "The payment has no reference");
		Object event = switch (kind) {
			case KnownPayments.MISSED_PAYMENT -> new MissedTillPayment(account, payment);
			case KnownPayments.MISSED_REVERSAL -> new MissedTillReversal(account, payment);
			default -> throw new IllegalStateException("The kind of the event is unknown");
		};
		return new OwnEvent(event, identity(kind, account, reference), payment.toJson().toBytes());
	}

	private static EventIdentity identity(String kind, String account, String reference) {
		String id = KnownPayments.normalize(reference);
		return new EventIdentity(account, kind, id, "k2-connect", id);
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
	 * Return whether events that were handled since make this one superfluous.
	 * @param known the payments that handled events are about
	 */
	boolean isSuperseded(KnownPayments known) {
		String reference = this.identity.id();
		return (this.event instanceof MissedTillPayment) ? known.include(reference) : known.includeReversal(reference);
	}

	@Override
	public String toString() {
		return "OwnEvent[identity=" + this.identity + "]";
	}

}
