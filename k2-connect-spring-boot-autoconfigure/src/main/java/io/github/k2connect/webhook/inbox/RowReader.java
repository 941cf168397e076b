package io.github.k2connect.webhook.inbox;

import com.github.kagkarlsson.scheduler.serializer.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the events of rows.
 *
 * @param serializer db-scheduler's serializer, or {@code null} if it is not known: then
 * the application's own scheduler reads the row
 * @param client the client for db-scheduler
 */
record RowReader(@Nullable Serializer serializer, InboxClient client) {

	/**
	 * Return the data of a row, or {@code null} if the event was handled meanwhile.
	 */
	@Nullable String read(InboxTable.Row row) {
		return (this.serializer != null) ? this.serializer.deserialize(String.class, row.data())
				: this.client.data(row.key());
	}

}
