package io.github.k2connect.webhook.inbox;

import java.time.Duration;

/**
 * The meters of the inbox, besides its observations.
 */
interface InboxMeters {

	/**
	 * Meters that record nothing.
	 */
	InboxMeters NONE = new InboxMeters() {

		@Override
		public void handled(String kind, Duration delay) {
		}

		@Override
		public void slow(String kind) {
		}

	};

	/**
	 * Record that an event was handled.
	 * @param kind its topic or type
	 * @param delay the time since it was received
	 */
	void handled(String kind, Duration delay);

	/**
	 * Record that an attempt takes long.
	 * @param kind the topic or type of the event
	 */
	void slow(String kind);

}
