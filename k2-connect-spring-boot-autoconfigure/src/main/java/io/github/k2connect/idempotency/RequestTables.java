package io.github.k2connect.idempotency;

import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

import io.github.k2connect.database.DatabaseDialect;
import io.github.k2connect.database.GroupedWriter;
import io.github.k2connect.database.K2Database;
import io.github.k2connect.database.RetentionCleanup;
import io.github.k2connect.database.WriterTransaction;
import org.jspecify.annotations.Nullable;

/**
 * The tables in which started requests are stored: that of idempotency keys, and that of
 * the companion.
 *
 * @param <C> the type of the companion's changes
 */
final class RequestTables<C extends GroupedWriter.Write<C>> implements GroupedWriter.Target<RequestWrite<C>> {

	private static final int MAX_ATTEMPTS = 3;

	private final KeyTable keys;

	private final GroupedWriter.@Nullable Target<C> companions;

	private final WriterTransaction transaction;

	private final RetentionCleanup cleanup;

	private final Supplier<String> remedy;

	private boolean keysChanged;

	/**
	 * Create the tables.
	 * @param keys the table of keys
	 * @param companions the companion's table, or {@code null}
	 * @param database the database of both
	 * @param cleanup deletes old keys
	 * @param remedy returns what to do if the table of keys is missing
	 */
	RequestTables(KeyTable keys, GroupedWriter.@Nullable Target<C> companions, K2Database database,
			RetentionCleanup cleanup, Supplier<String> remedy) {
		this.keys = keys;
		this.companions = companions;
		this.transaction = new WriterTransaction(database);
		this.cleanup = cleanup;
		this.remedy = remedy;
	}

	/**
	 * Fail if the table that changes need is missing.
	 */
	void requireUsable(List<RequestWrite<C>> writes) {
		if (!changes(writes).isEmpty()) {
			this.keys.requireUsable(this.remedy);
		}
	}

	@Override
	public void write(List<RequestWrite<C>> writes) {
		List<KeyChange> changes = changes(writes);
		this.keysChanged = !changes.isEmpty();
		this.transaction.execute(() -> {
			this.keys.change(changes);
			List<C> companion = writes.stream().map(RequestWrite::companionToWrite).filter(Objects::nonNull).toList();
			if (this.companions != null && !companion.isEmpty()) {
				this.companions.write(companion);
			}
		});
	}

	@Override
	public void writeAgain(RequestWrite<C> write) {
		for (int attempt = 1;; attempt++) {
			try {
				writeAlone(write);
				return;
			}
			catch (RuntimeException ex) {
				if (attempt == MAX_ATTEMPTS || !DatabaseDialect.isRepeatable(ex)) {
					throw ex;
				}
			}
		}
	}

	private void writeAlone(RequestWrite<C> write) {
		this.transaction.execute(() -> {
			this.keys.change(changes(List.of(write)));
			C companion = write.companionToWrite();
			if (this.companions != null && companion != null) {
				this.companions.writeAgain(companion);
			}
		});
	}

	@Override
	public void afterWrite() {
		if (this.keysChanged) {
			this.cleanup.runIfDue();
		}
	}

	private static <C extends GroupedWriter.Write<C>> List<KeyChange> changes(List<RequestWrite<C>> writes) {
		return writes.stream().map(RequestWrite::change).filter(Objects::nonNull).toList();
	}

}
