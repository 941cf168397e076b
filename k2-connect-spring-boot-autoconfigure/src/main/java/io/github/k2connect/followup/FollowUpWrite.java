package io.github.k2connect.followup;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A change of db-scheduler's table.
 *
 * @param added the follow-up to add, or {@code null}
 * @param deleted the key of the follow-up to delete, or {@code null}
 */
record FollowUpWrite(@Nullable Added added, @Nullable String deleted) {

	static FollowUpWrite insert(String key, FollowUpState state, Instant time) {
		return new FollowUpWrite(new Added(key, state.write(), time), null);
	}

	static FollowUpWrite replace(String oldKey, String key, FollowUpState state, Instant time) {
		return new FollowUpWrite(new Added(key, state.write(), time), oldKey);
	}

	static FollowUpWrite delete(String key) {
		return new FollowUpWrite(null, key);
	}

	/**
	 * A follow-up to add.
	 *
	 * @param key its key
	 * @param data its data
	 * @param time the time of its first execution
	 */
	record Added(String key, String data, Instant time) {

	}

}
