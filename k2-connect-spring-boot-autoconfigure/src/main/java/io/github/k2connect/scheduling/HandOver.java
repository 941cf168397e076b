package io.github.k2connect.scheduling;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.Predicate;

import com.github.kagkarlsson.scheduler.event.AbstractSchedulerListener;
import com.github.kagkarlsson.scheduler.event.SchedulerListener;
import com.github.kagkarlsson.scheduler.jdbc.JdbcCustomization;
import com.github.kagkarlsson.scheduler.jdbc.JdbcTaskRepositoryContext;
import com.github.kagkarlsson.scheduler.jdbc.PostgreSqlJdbcCustomization;
import com.github.kagkarlsson.scheduler.task.Execution;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.TaskInstanceId;
import io.github.k2connect.Ticker;
import io.github.k2connect.scheduling.TaskTable.NewRow;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * What this instance has picked and not begun: rows that it has inserted as picked, and
 * rows that a poll has picked ahead while executions end quickly. Their executions wait
 * here, in memory, for the next poll of the scheduler. From there on they are executions
 * like any other. They have no heartbeat until then, so what waits for too long is given
 * back to all instances. If this object is lost, the rows are those of a crashed
 * instance.
 */
final class HandOver {

	/**
	 * The version of a row when it is inserted.
	 */
	static final long VERSION = 1;

	private static final Log logger = LogFactory.getLog(HandOver.class);

	private final TaskTable table;

	private final String instance;

	private final Set<String> tasks;

	private final ThreadLimit threads;

	private final Duration maxWait;

	private final Duration pollingInterval;

	private final Delays delays;

	private final Ticker ticker;

	private final Queue<Waiting> queue = new ArrayDeque<>();

	/**
	 * How many rows are being inserted.
	 */
	private int inserting;

	private boolean closed;

	private volatile boolean rowsInserted;

	/**
	 * Whether the last poll has picked all rows that were due.
	 */
	private volatile boolean complete;

	private long polledAt;

	/**
	 * Create the hand-over.
	 * @param table the table
	 * @param instance the name of this instance in the table
	 * @param tasks the names of the tasks that this instance executes
	 * @param threads the threads for the executions
	 * @param maxWait how long an execution may wait for a poll
	 * @param pollingInterval how often the table is polled at least
	 * @param delays the time
	 * @param ticker measures how long executions wait, whatever the clock shows
	 */
	HandOver(TaskTable table, String instance, Set<String> tasks, ThreadLimit threads, Duration maxWait,
			Duration pollingInterval, Delays delays, Ticker ticker) {
		this.table = table;
		this.instance = instance;
		this.tasks = tasks;
		this.threads = threads;
		this.maxWait = maxWait;
		this.pollingInterval = pollingInterval;
		this.delays = delays;
		this.ticker = ticker;
	}

	/**
	 * Reserve a thread for a row that will be inserted.
	 * @return {@code true} if there is one; {@link #insert} must be called afterwards
	 */
	synchronized boolean reserve() {
		if (this.closed || this.rowsInserted || !this.complete
				|| this.inserting + this.queue.size() >= this.threads.free()) {
			return false;
		}
		this.inserting++;
		return true;
	}

	/**
	 * Insert a row, and take its execution.
	 * @param row the row
	 * @param insert inserts it as picked, and commits it; returns {@code false} if it was
	 * not inserted
	 * @return what {@code insert} returned
	 */
	boolean insert(NewRow row, Predicate<Pick> insert) {
		Pick pick = new Pick();
		try {
			boolean inserted = insert.test(pick);
			if (inserted) {
				add(pick.execution(row), pick.begin);
			}
			return inserted;
		}
		finally {
			inserted();
		}
	}

	private synchronized void inserted() {
		this.inserting--;
	}

	private void add(Execution execution, long begin) {
		Waiting added = new Waiting(execution, begin);
		boolean stopped;
		synchronized (this) {
			stopped = this.closed;
			this.queue.add(added);
		}
		if (stopped && forget(added)) {
			giveBack(added);
		}
	}

	/**
	 * Return how the scheduler polls the table, which is one of PostgreSQL.
	 */
	JdbcCustomization customization() {
		return new PostgreSqlJdbcCustomization(false, false) {

			@Override
			public List<Execution> lockAndFetchSingleStatement(JdbcTaskRepositoryContext context, Instant now,
					int limit, boolean orderByPriority) {
				return poll(limit, (max) -> super.lockAndFetchSingleStatement(context, now, max, orderByPriority));
			}

		};
	}

	/**
	 * Return a listener for the scheduler. It does not poll while all threads are busy.
	 */
	SchedulerListener listener() {
		return new AbstractSchedulerListener() {

			@Override
			public void onExecutionScheduled(TaskInstanceId id, Instant time) {
				if (!time.isAfter(HandOver.this.delays.now())) {
					pollTable();
				}
			}

			@Override
			public void onSchedulerEvent(SchedulerEventType type) {
				giveBackOld();
			}

		};
	}

	/**
	 * Let the next poll look for rows in the table.
	 */
	void pollTable() {
		this.rowsInserted = true;
	}

	/**
	 * Return what is due. First rows are picked in the table, if there may be some, then
	 * what waits here is taken: an error of the database must not lose it.
	 * @param limit the maximum number
	 * @param pick picks up to so many rows in the table
	 * @return the executions
	 */
	List<Execution> poll(int limit, IntFunction<List<Execution>> pick) {
		giveBackOld();
		int waiting = size();
		if ((waiting < limit && isTableDue()) || isIntervalOver()) {
			int max = picks(limit - waiting);
			this.rowsInserted = false;
			this.complete = false;
			long begin = this.ticker.tick();
			List<Execution> picked = pick.apply(max);
			this.complete = picked.size() < max;
			this.polledAt = begin;
			picked.stream().filter(this::isKnown).forEach((execution) -> add(execution, begin));
			List<Execution> unknown = picked.stream().filter((execution) -> !isKnown(execution)).toList();
			if (!unknown.isEmpty()) {
				// db-scheduler sends one more statement, to give these rows back.
				this.table.wake();
				return unknown;
			}
		}
		return take(limit);
	}

	/**
	 * Return how many rows a poll picks. While executions end quickly it is always the
	 * same number: the number is a part of the statement, and PostgreSQL would parse and
	 * plan each one anew.
	 */
	private int picks(int free) {
		int soon = this.threads.soon();
		return (soon > 0) ? soon : Math.max(1, free);
	}

	private boolean isKnown(Execution execution) {
		return this.tasks.contains(execution.taskInstance.getTaskName());
	}

	private boolean isTableDue() {
		return this.rowsInserted || !this.complete;
	}

	/**
	 * Return whether rows in the table have waited for long enough, also if there is
	 * always something that waits here.
	 */
	private boolean isIntervalOver() {
		return this.ticker.tick() - this.polledAt >= this.pollingInterval.toNanos();
	}

	synchronized List<Execution> take(int max) {
		List<Execution> taken = new ArrayList<>();
		while (taken.size() < max && !this.queue.isEmpty() && !isOld(this.queue.element())) {
			taken.add(this.queue.remove().execution());
		}
		return taken;
	}

	/**
	 * Give back what has waited for too long. It is forgotten only then: if the database
	 * is not available, the next call tries it again. What is old is not taken any more,
	 * but may have been taken before.
	 */
	void giveBackOld() {
		for (Waiting waiting : waiting()) {
			if (isOld(waiting) && isWaiting(waiting)) {
				this.table.unpick(waiting.execution());
				forget(waiting);
				this.table.wake();
			}
		}
	}

	private boolean isOld(Waiting waiting) {
		return this.ticker.since(waiting.begin()).compareTo(this.maxWait) > 0;
	}

	synchronized List<Waiting> waiting() {
		return List.copyOf(this.queue);
	}

	private synchronized int size() {
		return this.queue.size();
	}

	private synchronized boolean isWaiting(Waiting waiting) {
		return this.queue.contains(waiting);
	}

	private synchronized boolean forget(Waiting waiting) {
		return this.queue.remove(waiting);
	}

	/**
	 * Take no more executions, and give back those that wait. The first failure ends
	 * that, because each may take as long as it takes to get no connection.
	 */
	void close() {
		synchronized (this) {
			this.closed = true;
		}
		for (Waiting waiting : waiting()) {
			if (forget(waiting) && !giveBack(waiting)) {
				return;
			}
		}
	}

	/**
	 * Give back what this instance does not execute. If that fails, another instance
	 * finds it as that of a crashed instance.
	 */
	private boolean giveBack(Waiting waiting) {
		try {
			this.table.unpick(waiting.execution());
			return true;
		}
		catch (DataAccessException | TransactionException ex) {
			logger.warn("What waits for this instance could not be left to the others at once", ex);
			return false;
		}
	}

	/**
	 * An execution that waits for a thread.
	 *
	 * @param execution the execution, whose row is picked
	 * @param begin the tick at which it was picked
	 */
	record Waiting(Execution execution, long begin) {

	}

	/**
	 * How a row is inserted as picked.
	 */
	final class Pick {

		private Instant heartbeat = Instant.EPOCH;

		private long begin;

		private Pick() {
		}

		String instance() {
			return HandOver.this.instance;
		}

		/**
		 * Begin, when there is a connection for the insert.
		 * @return the time of the row's first heartbeat
		 */
		Instant begin() {
			this.begin = HandOver.this.ticker.tick();
			this.heartbeat = HandOver.this.delays.now();
			return this.heartbeat;
		}

		private Execution execution(NewRow row) {
			return new Execution(row.time(), new TaskInstance<>(row.task(), row.id(), row.data()), true, instance(),
					null, null, 0, this.heartbeat, VERSION);
		}

	}

}
