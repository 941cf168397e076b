package io.github.k2connect.idempotency;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import io.github.k2connect.Sha256;
import io.github.k2connect.client.IdempotencyKey;
import org.jspecify.annotations.Nullable;

/**
 * A change of the row of an idempotency key.
 * <p>
 * A row exists from before its request is sent. It belongs to one attempt, whose id is in
 * the condition of every statement that changes it: the attempt of a key that was
 * released, and perhaps claimed by another attempt, changes nothing any more.
 * <p>
 * States of a row: <pre>
 * (none) --Claim--&gt; begun --Started--&gt; located
 *                   begun --InDoubt--&gt; in doubt
 *                   begun --Deletion--&gt; (none)
 *                   begun, in doubt --Resolution--&gt; located
 *                   begun, in doubt --Release--&gt; (none), not before it is releasable
 *                   any --retention--&gt; (none), not before it is releasable
 * </pre>
 */
sealed interface KeyChange {

	/**
	 * Return the primary key of the row. It is a hash, so that no collation of a database
	 * treats different keys as equal.
	 */
	String row();

	/**
	 * Return the id of the attempt, or of the row if the change is for no attempt.
	 */
	default String id() {
		return row();
	}

	/**
	 * Return whether nothing is lost if the change is never made. A key that cannot be
	 * deleted waits for a person.
	 */
	default boolean canBeGivenUp() {
		return true;
	}

	static String row(String account, String key) {
		return Sha256.hex((account + ":" + key).getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * Inserts the row, unless there is one. Afterwards it knows the row that exists.
	 */
	final class Claim implements KeyChange {

		private final String row;

		private final String account;

		private final IdempotencyKey key;

		private final String attempt;

		private final Duration maxSendingTime;

		private @Nullable KeyRow existing;

		Claim(String account, IdempotencyKey key, String attempt, Duration maxSendingTime) {
			this.row = KeyChange.row(account, key.value());
			this.account = account;
			this.key = key;
			this.attempt = attempt;
			this.maxSendingTime = maxSendingTime;
		}

		@Override
		public String row() {
			return this.row;
		}

		String account() {
			return this.account;
		}

		IdempotencyKey key() {
			return this.key;
		}

		@Override
		public String id() {
			return this.attempt;
		}

		String attempt() {
			return this.attempt;
		}

		Duration maxSendingTime() {
			return this.maxSendingTime;
		}

		void found(@Nullable KeyRow existing) {
			this.existing = existing;
		}

		boolean isFound() {
			return this.existing != null;
		}

		/**
		 * Return the row of another attempt.
		 * @return the row, or {@code null} if the key was claimed
		 */
		@Nullable KeyRow other() {
			KeyRow row = this.existing;
			return (row != null && !row.attempt().equals(this.attempt)) ? row : null;
		}

	}

	/**
	 * Stores the location.
	 */
	record Started(String row, String attempt, URI location) implements KeyChange {

		@Override
		public String id() {
			return this.attempt;
		}

		@Override
		public boolean canBeGivenUp() {
			return false;
		}

	}

	/**
	 * Records that the attempt has ended, and that its outcome is unknown.
	 */
	record InDoubt(String row, String attempt) implements KeyChange {

		@Override
		public String id() {
			return this.attempt;
		}

	}

	/**
	 * Deletes the row, because the request had no effect.
	 */
	record Deletion(String row, String attempt) implements KeyChange {

		@Override
		public String id() {
			return this.attempt;
		}

	}

	/**
	 * Stores the location that somebody else has found. Afterwards it knows whether it
	 * did.
	 */
	final class Resolution implements KeyChange {

		private final String row;

		private final URI location;

		private @Nullable KeyRow resolved;

		Resolution(String row, URI location) {
			this.row = row;
			this.location = location;
		}

		@Override
		public String row() {
			return this.row;
		}

		URI location() {
			return this.location;
		}

		void resolved(@Nullable KeyRow row) {
			this.resolved = row;
		}

		/**
		 * Return the row before.
		 * @return the row, or {@code null} if nothing was resolved
		 */
		@Nullable KeyRow resolved() {
			return this.resolved;
		}

	}

	/**
	 * Deletes the row, because somebody knows that Kopo Kopo has not received the
	 * request. Afterwards it knows whether it did.
	 */
	final class Release implements KeyChange {

		private final String row;

		private boolean released;

		Release(String row) {
			this.row = row;
		}

		@Override
		public String row() {
			return this.row;
		}

		void released(boolean released) {
			this.released = released;
		}

		boolean isReleased() {
			return this.released;
		}

	}

}
