package io.github.k2connect.idempotency;

import java.util.Objects;

import io.github.k2connect.database.GroupedWriter;
import io.github.k2connect.idempotency.KeyChange.Claim;
import io.github.k2connect.idempotency.KeyChange.Deletion;
import org.jspecify.annotations.Nullable;

/**
 * The changes for one request, which are made in one transaction.
 *
 * @param <C> the type of the companion's changes
 * @param change the change of the row of its idempotency key, or {@code null}
 * @param companion the change of its companion, or {@code null}; it is left out if the
 * key belongs to another attempt
 */
record RequestWrite<C extends GroupedWriter.Write<C>>(@Nullable KeyChange change,
		@Nullable C companion) implements GroupedWriter.Write<RequestWrite<C>> {

	@Override
	public String key() {
		return (this.companion != null) ? this.companion.key() : Objects.requireNonNull(this.change).id();
	}

	/**
	 * Undo the beginning of a request that is not sent. Whatever is done after that need
	 * not be undone.
	 */
	@Override
	public @Nullable RequestWrite<C> undo() {
		Deletion deletion = (this.change instanceof Claim claim) ? new Deletion(claim.row(), claim.attempt()) : null;
		C companion = (this.companion != null) ? this.companion.undo() : null;
		return (deletion != null || companion != null) ? new RequestWrite<>(deletion, companion) : null;
	}

	@Override
	public boolean canBeGivenUp() {
		return (this.change == null || this.change.canBeGivenUp())
				&& (this.companion == null || this.companion.canBeGivenUp());
	}

	/**
	 * Return the companion's change, if it is to be made.
	 */
	@Nullable C companionToWrite() {
		return (this.change instanceof Claim claim && claim.other() != null) ? null : this.companion;
	}

}
