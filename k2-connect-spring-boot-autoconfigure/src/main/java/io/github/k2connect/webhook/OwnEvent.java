package io.github.k2connect.webhook;

import java.util.List;

import io.github.k2connect.event.MissedTillPayment;
import io.github.k2connect.event.MissedTillReversal;
import io.github.k2connect.event.PolledTransaction;
import io.github.k2connect.json.JsonObject;
import io.github.k2connect.webhook.store.EventIdentity;
import io.github.k2connect.webhook.store.KnownPayments;
import io.github.k2connect.webhook.store.PaymentReference;
import org.apiguardian.api.API;

import org.springframework.util.Assert;

/**
 * An event that k2-connect creates itself, about a payment that no message told of.
 *
 * @param event the event for the listeners
 * @param identity the identity of the event; its id is the normalized reference of the
 * payment
 * @param body the payment, as it is in the result of a poll
 * @hidden
 */
@API(status = API.Status.INTERNAL)
@SuppressWarnings("ArrayRecordComponent")
public record OwnEvent(Object event, EventIdentity identity, byte[] body) implements Publication {

	/**
	 * The kinds of these events.
	 */
	public static final List<String> KINDS = List.of(KnownPayments.MISSED_PAYMENT, KnownPayments.MISSED_REVERSAL);

	/**
	 * Create the event for a payment that no message told of.
	 * @param account the name of the account
	 * @param payment the payment
	 * @return the event
	 */
	public static OwnEvent missedPayment(String account, PolledTransaction payment) {
		return of(KnownPayments.MISSED_PAYMENT, account, payment);
	}

	/**
	 * Create the event for a reversal that no message told of.
	 * @param account the name of the account
	 * @param payment the reversed payment
	 * @return the event
	 */
	public static OwnEvent missedReversal(String account, PolledTransaction payment) {
		return of(KnownPayments.MISSED_REVERSAL, account, payment);
	}

	/**
	 * Read a stored event.
	 * @param kind the kind of the event
	 * @param account the name of the account
	 * @param body the event as it is stored
	 * @return the event
	 */
	public static OwnEvent decode(String kind, String account, byte[] body) {
		return of(kind, account, PolledTransaction.from(JsonObject.parse(body)));
	}

	private static OwnEvent of(String kind, String account, PolledTransaction payment) {
		String reference = payment.reference();
		Assert.state(reference != null, "The payment has no reference");
		Object event = switch (kind) {
			case KnownPayments.MISSED_PAYMENT -> new MissedTillPayment(account, payment);
			case KnownPayments.MISSED_REVERSAL -> new MissedTillReversal(account, payment);
			default -> throw new IllegalStateException("The kind of the event is unknown");
		};
		String id = PaymentReference.normalize(reference);
		return new OwnEvent(event, new EventIdentity(account, kind, id, "k2-connect", id), payment.toJson().toBytes());
	}

	@Override
	public String kind() {
		return this.identity.kind();
	}

	/**
	 * Return whether events that were handled since make this one superfluous.
	 * @param known the payments that handled events are about
	 * @return {@code true} if it need not be published
	 */
	public boolean isSuperseded(KnownPayments known) {
		String reference = this.identity.id();
		return (this.event instanceof MissedTillPayment) ? known.include(reference) : known.includeReversal(reference);
	}

	@Override
	public String toString() {
		return "OwnEvent[identity=" + this.identity + "]";
	}

}
