package io.github.k2connect.event;

import io.github.k2connect.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * A transaction of a poll.
 *
 * @param type the kind of the transaction, for example {@code Buygoods Transaction}
 * @param transaction the transaction, {@code null} when Kopo Kopo sends none
 */
public record PolledTransaction(@Nullable String type, @Nullable TillTransaction transaction) implements TillPayment {

	/**
	 * Return the transaction's status.
	 * @return the status, or {@code null}
	 */
	public @Nullable String status() {
		return (this.transaction != null) ? this.transaction.status() : null;
	}

	static PolledTransaction from(JsonObject json) {
		return new PolledTransaction(json.text("type"), TillTransaction.from(json.object("resource")));
	}

}
