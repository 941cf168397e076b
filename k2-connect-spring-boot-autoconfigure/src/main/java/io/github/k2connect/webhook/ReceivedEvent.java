package io.github.k2connect.webhook;

import io.github.k2connect.event.K2Event;
import io.github.k2connect.json.JsonObject;
import io.github.k2connect.webhook.store.EventIdentity;

/**
 * A genuine message.
 *
 * @param event the event
 * @param json the message that it was decoded from
 */
record ReceivedEvent(K2Event event, JsonObject json) {

	EventIdentity identity() {
		return EventIdentity.of(this.event, this.json);
	}

}
