package io.github.k2connect.idempotency;

import java.time.Instant;

import io.github.k2connect.K2Location;
import io.github.k2connect.client.IdempotencyKey;
import org.jspecify.annotations.Nullable;

/**
 * The row of an idempotency key.
 *
 * @param id the primary key
 * @param attempt the id of the attempt that has the key
 * @param type the type of the request's result
 * @param fingerprint the fingerprint of the request
 * @param location the location that the request has returned, or {@code null} while it is
 * not known
 * @param startedAt when the row was inserted
 */
record KeyRow(String id, String attempt, String type, String fingerprint, @Nullable K2Location location,
		Instant startedAt) {

	boolean isOf(IdempotencyKey key) {
		return key.isSameRequest(this.type, this.fingerprint);
	}

}
