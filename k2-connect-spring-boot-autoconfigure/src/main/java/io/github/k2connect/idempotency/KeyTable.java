package io.github.k2connect.idempotency;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

import io.github.k2connect.InvalidK2ConfigurationException;
import io.github.k2connect.K2IdempotencyKeys.UnresolvedKey;
import io.github.k2connect.K2Location;
import io.github.k2connect.database.K2Database;
import io.github.k2connect.idempotency.KeyChange.Claim;
import io.github.k2connect.idempotency.KeyChange.Deletion;
import io.github.k2connect.idempotency.KeyChange.InDoubt;
import io.github.k2connect.idempotency.KeyChange.Release;
import io.github.k2connect.idempotency.KeyChange.Resolution;
import io.github.k2connect.idempotency.KeyChange.Started;

import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/**
 * The table of idempotency keys. All times are those of the database, which are the same
 * for all instances. Each method is a part of the transaction of the caller.
 */
final class KeyTable {

	private static final String COLUMNS = "request_key, account, idempotency_key, type, attempt_id, fingerprint,"
			+ " location, started_at, releasable_at, in_doubt";

	private static final int MAX_ATTEMPTS = 5;

	private final K2Database database;

	private final JdbcTemplate jdbc;

	private final Clock clock;

	private volatile boolean usable;

	/**
	 * Create the table. This does not connect to the database.
	 * @param database the database
	 * @param clock the clock for a database whose expression for the present is not known
	 */
	KeyTable(K2Database database, Clock clock) {
		this(database, new JdbcTemplate(database.dataSource()), clock);
	}

	private KeyTable(K2Database database, JdbcTemplate jdbc, Clock clock) {
		this.database = database;
		this.jdbc = jdbc;
		this.clock = clock;
	}

	/**
	 * Return the same table for operators, with a limited time for each statement.
	 */
	KeyTable monitored() {
		return new KeyTable(this.database, this.database.monitoringJdbc(), this.clock);
	}

	private String name() {
		return this.database.requestTable();
	}

	private String now() {
		return this.database.dialect().now(this.clock);
	}

	/**
	 * Return the condition for rows that are older than a retention in milliseconds.
	 */
	String oldRows() {
		return "started_at < " + now() + " - :retention AND (releasable_at IS NULL OR releasable_at <= " + now() + ")";
	}

	/**
	 * Return whether the table exists with the expected columns.
	 * @throws DataAccessException if the database is not available
	 */
	boolean isUsable() {
		this.usable = this.usable || this.database.has(name(), COLUMNS);
		return this.usable;
	}

	/**
	 * Fail if the table cannot be used.
	 * @param remedy returns what to do
	 */
	void requireUsable(Supplier<String> remedy) {
		if (!isUsable()) {
			throw new InvalidK2ConfigurationException(
					"the table " + name() + " does not exist or has the wrong columns.", remedy.get());
		}
	}

	/**
	 * Make changes, in the order of their rows, so that instances that change the same
	 * rows hardly end in a deadlock.
	 */
	void change(List<KeyChange> changes) {
		List<KeyChange> sorted = changes.stream().sorted(Comparator.comparing(KeyChange::row)).toList();
		claim(sorted.stream().filter(Claim.class::isInstance).map(Claim.class::cast).toList());
		sorted.forEach(this::change);
	}

	private void change(KeyChange change) {
		if (change instanceof Started started) {
			this.jdbc.update(
					"UPDATE " + name() + " SET location = ?, releasable_at = NULL"
							+ " WHERE request_key = ? AND attempt_id = ?",
					started.location().toString(), started.row(), started.attempt());
		}
		else if (change instanceof InDoubt inDoubt) {
			this.jdbc.update(
					"UPDATE " + name() + " SET in_doubt = ?"
							+ " WHERE request_key = ? AND attempt_id = ? AND location IS NULL",
					true, inDoubt.row(), inDoubt.attempt());
		}
		else if (change instanceof Deletion deletion) {
			this.jdbc.update("DELETE FROM " + name() + " WHERE request_key = ? AND attempt_id = ? AND location IS NULL",
					deletion.row(), deletion.attempt());
		}
		else if (change instanceof Resolution resolution) {
			resolve(resolution);
		}
		else if (change instanceof Release release) {
			release(release);
		}
	}

	/**
	 * Insert rows, and read those that exist. A row may be deleted between these
	 * statements.
	 */
	private void claim(List<Claim> claims) {
		List<Claim> left = claims;
		for (int attempt = 0; attempt < MAX_ATTEMPTS && !left.isEmpty(); attempt++) {
			insert(left);
			Map<String, KeyRow> rows = rows(left.stream().map(Claim::row).distinct().toList());
			left.forEach((claim) -> claim.found(rows.get(claim.row())));
			left = left.stream().filter((claim) -> !claim.isFound()).toList();
		}
		if (!left.isEmpty()) {
			throw new ConcurrencyFailureException("An idempotency key is changed too often");
		}
	}

	private void insert(List<Claim> claims) {
		String sql = "INSERT INTO " + name() + " (request_key, account, idempotency_key, type, attempt_id, fingerprint,"
				+ " started_at, releasable_at, in_doubt) VALUES (?, ?, ?, ?, ?, ?, " + now() + ", " + now() + " + ?, ?)"
				+ this.database.dialect().ignoringDuplicates();
		List<Object[]> rows = claims.stream().map(KeyTable::parameters).toList();
		if (this.database.dialect().ignoresDuplicates()) {
			this.jdbc.batchUpdate(sql, rows);
			return;
		}
		for (Object[] row : rows) {
			try {
				this.jdbc.update(sql, row);
			}
			catch (DuplicateKeyException ex) {
				// The row is read afterwards.
			}
		}
	}

	private static Object[] parameters(Claim claim) {
		return new Object[] { claim.row(), claim.account(), claim.key().value(), claim.key().type(), claim.attempt(),
				claim.key().fingerprint(), claim.maxSendingTime().toMillis(), false };
	}

	private Map<String, KeyRow> rows(List<String> ids) {
		Map<String, KeyRow> rows = new HashMap<>();
		new NamedParameterJdbcTemplate(this.jdbc)
			.query("SELECT " + COLUMNS + " FROM " + name() + " WHERE request_key IN (:ids)", Map.of("ids", ids),
					KeyTable::row)
			.forEach((row) -> rows.put(row.id(), row));
		return rows;
	}

	/**
	 * Return a row.
	 * @param id the primary key
	 * @return the row, if it exists
	 */
	Optional<KeyRow> find(String id) {
		return Optional.ofNullable(rows(List.of(id)).get(id));
	}

	private static KeyRow row(ResultSet row, int number) throws SQLException {
		String location = row.getString("location");
		return new KeyRow(row.getString("request_key"), row.getString("attempt_id"), row.getString("type"),
				row.getString("fingerprint"), (location != null) ? K2Location.of(location) : null,
				Instant.ofEpochMilli(row.getLong("started_at")));
	}

	private void resolve(Resolution resolution) {
		KeyRow row = find(resolution.row()).orElse(null);
		boolean resolved = row != null && this.jdbc.update(
				"UPDATE " + name() + " SET location = ?, releasable_at = NULL"
						+ " WHERE request_key = ? AND attempt_id = ? AND location IS NULL",
				resolution.location().toString(), row.id(), row.attempt()) == 1;
		resolution.resolved(resolved ? row : null);
	}

	private void release(Release release) {
		KeyRow row = find(release.row()).orElse(null);
		release.released(row != null && this.jdbc.update("DELETE FROM " + name()
				+ " WHERE request_key = ? AND attempt_id = ? AND location IS NULL" + " AND releasable_at <= " + now(),
				row.id(), row.attempt()) == 1);
	}

	/**
	 * Return the unresolved keys.
	 * @param condition a further condition in SQL, or an empty text
	 * @param max how many to return
	 * @param parameters the parameters of the condition
	 * @return the keys, the oldest first
	 */
	List<UnresolvedKey> unresolved(String condition, int max, Object... parameters) {
		JdbcTemplate limited = new JdbcTemplate(this.database.dataSource());
		limited.setQueryTimeout(this.jdbc.getQueryTimeout());
		limited.setMaxRows(max);
		return limited.query(
				"SELECT " + COLUMNS + " FROM " + name() + " WHERE releasable_at IS NOT NULL" + condition
						+ " ORDER BY started_at, request_key",
				(row, number) -> new UnresolvedKey(row.getString("account"), row.getString("idempotency_key"),
						row.getString("type"), Instant.ofEpochMilli(row.getLong("started_at"))),
				parameters);
	}

	/**
	 * Return the number of unresolved keys whose requests are not being sent.
	 */
	long inDoubt() {
		Long count = this.jdbc.queryForObject(
				"SELECT COUNT(*) FROM " + name()
						+ " WHERE releasable_at IS NOT NULL AND (in_doubt = ? OR releasable_at <= " + now() + ")",
				Long.class, true);
		return (count != null) ? count : 0;
	}

}
