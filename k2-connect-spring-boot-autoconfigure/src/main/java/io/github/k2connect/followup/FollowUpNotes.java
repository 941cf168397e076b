package io.github.k2connect.followup;

import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import io.github.k2connect.K2Location;
import io.github.k2connect.client.StartedRequestListener;
import io.github.k2connect.event.K2Event;
import io.github.k2connect.event.K2ResultEvent;
import io.github.k2connect.webhook.HandledEventListener;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.apiguardian.api.API;

/**
 * Writes down what is started: that a request is about to be sent, and then its address.
 * A final result ends the follow-up.
 *
 * @hidden
 */
@API(status = API.Status.INTERNAL)
public final class FollowUpNotes implements StartedRequestListener, HandledEventListener {

	private static final Log logger = LogFactory.getLog(FollowUpNotes.class);

	private static final int MAX_UNSAVED = 1000;

	/**
	 * The types of the results of what is posted to an address.
	 */
	private static final Map<String, String> TYPES = Map.of("incoming_payments", "incoming_payment", "payments",
			"payment", "settlement_transfers", "settlement_transfer", "polling", "polling",
			"transaction_sms_notifications", "transaction_sms_notification", "send_money", "send_money", "reversals",
			"reversal", "payment_links", "payment_link");

	private final FollowUpClient client;

	private final FollowUpSettings settings;

	private final Clock clock;

	private final Map<String, FollowUpNote> unsaved = new ConcurrentHashMap<>();

	/**
	 * Create the notes.
	 * @param client writes to db-scheduler's table
	 * @param settings when the first call is made
	 * @param clock tells when a request is sent
	 */
	public FollowUpNotes(FollowUpClient client, FollowUpSettings settings, Clock clock) {
		this.client = client;
		this.settings = settings;
		this.clock = clock;
	}

	@Override
	public StartedRequest begin(String account, String resource) {
		String type = TYPES.get(resource);
		if (type == null) {
			return StartedRequest.IGNORED;
		}
		Instant now = this.clock.instant();
		FollowUpNote note = FollowUpNote.begun(account, type, now);
		String key = "begun-" + UUID.randomUUID();
		try {
			this.client.insert(key, note, now.plus(this.settings.patience().dividedBy(2)));
		}
		catch (RuntimeException ex) {
			throw new FollowUpUnavailableException(ex);
		}
		return new BegunRequest(key, note);
	}

	@Override
	public void handled(K2Event event) {
		if (event instanceof K2ResultEvent result && !result.isPending()) {
			try {
				this.client.delete(FollowUpNote.key(result.account(), result.type(), result.id()));
			}
			catch (RuntimeException ex) {
				logger.debug("A follow-up that is over stays until its next call", ex);
			}
		}
	}

	/**
	 * Write down the addresses that could not be written down before.
	 * @param inWork the key of the request that is in work, which cannot be deleted now
	 * @return whether the address of that request was written down
	 */
	boolean saveUnsaved(String inWork) {
		boolean known = this.unsaved.containsKey(inWork);
		this.unsaved.forEach((key, note) -> {
			try {
				save(key, note);
				this.unsaved.remove(key, note);
			}
			catch (RuntimeException ex) {
				logger.debug("The address of what was started still cannot be written down", ex);
			}
		});
		return known && !this.unsaved.containsKey(inWork);
	}

	private void save(String begunKey, FollowUpNote note) {
		URI location = note.location();
		if (location != null) {
			String key = FollowUpNote.key(note.account(), note.type(), K2Location.id(location));
			Instant firstCheck = this.clock.instant().plus(Delays.spread(this.settings.firstCheck()));
			this.client.replace(begunKey, key, note, firstCheck);
		}
	}

	/**
	 * A request that was written down.
	 */
	private final class BegunRequest implements StartedRequest {

		private final String key;

		private final FollowUpNote note;

		BegunRequest(String key, FollowUpNote note) {
			this.key = key;
			this.note = note;
		}

		@Override
		public void started(URI location) {
			FollowUpNote started = this.note.started(location);
			try {
				save(this.key, started);
			}
			catch (RuntimeException ex) {
				logger.error("The address " + location + " of what was started could not be written down. "
						+ "It is tried again, as long as this instance lives", ex);
				if (FollowUpNotes.this.unsaved.size() < MAX_UNSAVED) {
					FollowUpNotes.this.unsaved.put(this.key, started);
				}
			}
		}

		@Override
		public void failed() {
			try {
				FollowUpNotes.this.client.delete(this.key);
			}
			catch (RuntimeException ex) {
				logger.warn("The note of a " + this.note.type() + " that failed could not be deleted. "
						+ "An UnresolvedK2Request will be published for it", ex);
			}
		}

	}

}
