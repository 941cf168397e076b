package io.github.k2connect.idempotency;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;

import io.github.k2connect.InvalidK2ConfigurationException;
import io.github.k2connect.Ticker;
import io.github.k2connect.database.GroupedWriter;
import io.github.k2connect.database.K2Database;
import io.github.k2connect.database.RetentionCleanup;
import io.github.k2connect.database.WriterConnection;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.DataAccessException;
import org.springframework.transaction.CannotCreateTransactionException;

/**
 * Writer of what is stored of started requests, independent of the transactions of their
 * callers. Its connection is opened by the first change.
 *
 * @param <C> the type of the companion's changes
 * @hidden
 */
@API(status = API.Status.INTERNAL)
public final class RequestWriter<C extends GroupedWriter.Write<C>> implements AutoCloseable {

	private final WriterConnection connection;

	private final Settings settings;

	private final @Nullable RequestCompanion<C> companion;

	private final GroupedWriter<RequestWrite<C>> writer;

	/**
	 * Create a writer.
	 * @param connection its connection
	 * @param settings its settings
	 * @param companion what else is stored, or {@code null}
	 */
	public RequestWriter(WriterConnection connection, Settings settings, @Nullable RequestCompanion<C> companion) {
		this.connection = connection;
		this.settings = settings;
		this.companion = companion;
		this.writer = new GroupedWriter<>(new OpenedTables());
	}

	/**
	 * Create a writer with a thread.
	 * @param connection its connection
	 * @param settings its settings
	 * @param companion what else is stored, or {@code null}
	 * @param thread runs one change after another; the writer shuts it down
	 */
	public RequestWriter(WriterConnection connection, Settings settings, @Nullable RequestCompanion<C> companion,
			ScheduledExecutorService thread) {
		this.connection = connection;
		this.settings = settings;
		this.companion = companion;
		this.writer = new GroupedWriter<>(new OpenedTables(), thread);
	}

	@Nullable RequestCompanion<C> companion() {
		return this.companion;
	}

	/**
	 * Make a change. If this method throws, the change is not made, or it is undone soon.
	 * @throws RuntimeException if it cannot be made within limited time
	 */
	void write(RequestWrite<C> write) {
		this.connection.prepare();
		this.writer.write(write);
	}

	/**
	 * Make a change. If this method throws, the change is made later, unless this
	 * instance stops before.
	 * @throws RuntimeException if it cannot be made within limited time
	 */
	void writeEventually(RequestWrite<C> write) {
		this.writer.writeEventually(write);
	}

	/**
	 * Make a change of the companion. If this method throws, the change is made later,
	 * unless this instance stops before.
	 * @param change the change
	 * @throws RuntimeException if it cannot be made within limited time
	 */
	public void writeEventually(C change) {
		writeEventually(new RequestWrite<>(null, change));
	}

	/**
	 * Try to make the changes that could not be made before.
	 * @param key the key of a change of the companion
	 * @return whether one of the changes that were made now has this key
	 */
	public boolean retry(String key) {
		return this.writer.retry(key);
	}

	@Override
	public void close() {
		this.writer.close();
	}

	/**
	 * The settings of a writer.
	 *
	 * @param retention how long a key is remembered
	 * @param remedy returns what to do if the table of keys is missing
	 * @param clock the clock for a database whose expression for the present is not known
	 * @param ticker measures the time between two clean-ups
	 */
	public record Settings(Duration retention, Supplier<String> remedy, Clock clock, Ticker ticker) {

	}

	/**
	 * The tables, over the connection. Used on the thread of the writer only.
	 */
	private final class OpenedTables implements GroupedWriter.Target<RequestWrite<C>> {

		private @Nullable RequestTables<C> tables;

		@Override
		public void write(List<RequestWrite<C>> writes) {
			tables(writes).write(writes);
		}

		@Override
		public void writeAgain(RequestWrite<C> write) {
			tables(List.of(write)).writeAgain(write);
		}

		@Override
		public void afterWrite() {
			if (this.tables != null) {
				this.tables.afterWrite();
			}
		}

		/**
		 * Return the tables. If they cannot be used, no change was begun.
		 */
		private RequestTables<C> tables(List<RequestWrite<C>> writes) {
			try {
				RequestTables<C> tables = this.tables;
				if (tables == null) {
					tables = open(RequestWriter.this.connection.open("idempotencyKey is set"));
					this.tables = tables;
				}
				tables.requireUsable(writes);
				return tables;
			}
			catch (InvalidK2ConfigurationException | DataAccessException ex) {
				throw new CannotCreateTransactionException("There is no connection for started requests", ex);
			}
		}

		private RequestTables<C> open(K2Database database) {
			Settings settings = RequestWriter.this.settings;
			RequestCompanion<C> companion = RequestWriter.this.companion;
			KeyTable keys = new KeyTable(database, settings.clock());
			RetentionCleanup cleanup = new RetentionCleanup(database.dataSource(), database.requestTable(),
					"request_key", settings.retention(), keys::oldRows, settings.ticker());
			return new RequestTables<>(keys, (companion != null) ? companion.table(database) : null, database, cleanup,
					settings.remedy());
		}

	}

}
