package io.github.k2connect.idempotency;

import java.util.List;

import io.github.k2connect.K2IdempotencyKeys.UnresolvedKey;
import org.apiguardian.api.API;

import org.springframework.dao.DataAccessException;

/**
 * The unresolved idempotency keys, for operators. The time of each statement is limited.
 *
 * @hidden
 */
@API(status = API.Status.INTERNAL)
public final class KeyOverview {

	private final KeyTable table;

	KeyOverview(KeyTable table) {
		this.table = table.monitored();
	}

	/**
	 * Return whether there is a table to look at.
	 * @return {@code false} if the table is missing
	 */
	public boolean hasTable() {
		try {
			return this.table.isUsable();
		}
		catch (DataAccessException ex) {
			return true;
		}
	}

	/**
	 * Return how many keys are unresolved, without those of requests that are being sent.
	 * @return the number for all instances
	 */
	public long inDoubt() {
		return this.table.inDoubt();
	}

	/**
	 * Return unresolved keys, also those of requests that are being sent.
	 * @param max how many to return
	 * @return the keys, the oldest first
	 */
	public List<UnresolvedKey> unresolved(int max) {
		return this.table.unresolved("", max);
	}

}
