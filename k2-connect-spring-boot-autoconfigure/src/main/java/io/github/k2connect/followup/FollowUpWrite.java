package io.github.k2connect.followup;

import java.time.Instant;
import java.util.Objects;

import io.github.k2connect.database.GroupedWriter;
import io.github.k2connect.scheduling.TaskTable.NewRow;
import org.jspecify.annotations.Nullable;

/**
 * A change of the follow-ups in the table of tasks.
 *
 * @param added the follow-up to add, or {@code null}
 * @param deleted the key of the follow-up to delete, or {@code null}
 */
record FollowUpWrite(@Nullable NewRow added, @Nullable String deleted) implements GroupedWriter.Write<FollowUpWrite> {

	static FollowUpWrite insert(String key, FollowUpState state, Instant time) {
		return new FollowUpWrite(row(key, state, time), null);
	}

	/**
	 * Replace a follow-up, unless it is executing: then only add the other one.
	 */
	static FollowUpWrite replace(String oldKey, String key, FollowUpState state, Instant time) {
		return new FollowUpWrite(row(key, state, time), oldKey);
	}

	/**
	 * Delete a follow-up, unless it is executing.
	 */
	static FollowUpWrite delete(String key) {
		return new FollowUpWrite(null, key);
	}

	private static NewRow row(String key, FollowUpState state, Instant time) {
		return new NewRow(FollowUpTask.NAME, key, state.write(), null, time);
	}

	@Override
	public String key() {
		return (this.deleted != null) ? this.deleted : Objects.requireNonNull(this.added).id();
	}

	@Override
	public @Nullable FollowUpWrite undo() {
		return (this.added != null) ? delete(this.added.id()) : null;
	}

	/**
	 * A change with a URL of a request that was sent must not be lost.
	 */
	@Override
	public boolean canBeGivenUp() {
		return this.added == null;
	}

}
