package io.github.k2connect.idempotency;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

import io.github.k2connect.K2IdempotencyKeys;
import io.github.k2connect.K2Location;
import io.github.k2connect.database.GroupedWriter;
import io.github.k2connect.idempotency.KeyChange.Release;
import io.github.k2connect.idempotency.KeyChange.Resolution;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.transaction.TransactionException;

/**
 * The idempotency keys in the database. What is read is read over the connection of the
 * caller; what is changed is changed by the writer, independent of the caller's
 * transaction.
 *
 * @param <C> the type of the companion's changes
 */
final class StoredIdempotencyKeys<C extends GroupedWriter.Write<C>> implements K2IdempotencyKeys {

	private static final Log logger = LogFactory.getLog(StoredIdempotencyKeys.class);

	private static final int ALL = -1;

	private final KeyTable table;

	private final RequestWriter<C> writer;

	private final BiFunction<String, K2Location, K2Location> locations;

	/**
	 * Create the keys.
	 * @param table the table
	 * @param writer the writer
	 * @param locations checks that a location is one of an account
	 */
	StoredIdempotencyKeys(KeyTable table, RequestWriter<C> writer,
			BiFunction<String, K2Location, K2Location> locations) {
		this.table = table;
		this.writer = writer;
		this.locations = locations;
	}

	@Override
	public Optional<K2Location> find(String account, String key) {
		return this.table.find(KeyChange.row(account, key)).map(KeyRow::location);
	}

	@Override
	public boolean resolve(String account, String key, K2Location location) {
		URI url = this.locations.apply(account, location).uri();
		Resolution resolution = new Resolution(KeyChange.row(account, key), url);
		write(resolution);
		KeyRow row = resolution.resolved();
		if (row != null) {
			followUp(account, row, url);
		}
		return row != null;
	}

	private void followUp(String account, KeyRow row, URI location) {
		RequestCompanion<C> companion = this.writer.companion();
		if (companion == null) {
			return;
		}
		try {
			this.writer.writeEventually(companion.resolved(account, row.type(), location, row.startedAt()));
		}
		catch (RuntimeException ex) {
			logger.warn("The follow-up of a resolved request could not be stored. It is stored as soon as the database"
					+ " is available, unless this instance stops before", ex);
		}
	}

	@Override
	public boolean release(String account, String key) {
		Release release = new Release(KeyChange.row(account, key));
		write(release);
		return release.isReleased();
	}

	private void write(KeyChange change) {
		try {
			this.writer.write(new RequestWrite<>(change, null));
		}
		catch (TransactionException ex) {
			throw new DataAccessResourceFailureException("The key could not be changed", ex);
		}
	}

	@Override
	public List<UnresolvedKey> unresolved() {
		return this.table.unresolved("", ALL);
	}

	@Override
	public List<UnresolvedKey> unresolved(String account) {
		return this.table.unresolved(" AND account = ?", ALL, account);
	}

}
