package io.github.k2connect.event;

import io.github.k2connect.json.JsonBody;
import io.github.k2connect.json.JsonObject;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * A transaction of a poll.
 *
 * @param type the kind of the transaction, for example {@code Buygoods Transaction}
 * @param transaction the transaction, {@code null} when Kopo Kopo sends none
 */
public record PolledTransaction(@Nullable String type,
		@Nullable TillTransaction transaction) implements TillTransactionDetails {

	/**
	 * Return the transaction's status.
	 * @return the status, or {@code null}
	 */
	public @Nullable String status() {
		return (this.transaction != null) ? this.transaction.status() : null;
	}

	/**
	 * Read a transaction.
	 * @param json the transaction in the result of a poll
	 * @return the transaction
	 * @hidden
	 */
	@API(status = API.Status.INTERNAL)
	public static PolledTransaction from(JsonObject json) {
		return new PolledTransaction(json.text("type"), TillTransaction.from(json.object("resource")));
	}

	/**
	 * Write the transaction as it is in the result of a poll.
	 * @return the JSON
	 * @hidden
	 */
	@API(status = API.Status.INTERNAL)
	public JsonBody toJson() {
		JsonBody json = new JsonBody().put("type", this.type);
		return (this.transaction != null) ? json.put("resource", this.transaction.toJson()) : json;
	}

}
