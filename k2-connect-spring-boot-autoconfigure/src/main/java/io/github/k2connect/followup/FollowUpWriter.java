package io.github.k2connect.followup;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.QueryTimeoutException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.util.ReflectionUtils;

/**
 * Writer with a thread and a connection of its own. Changes that wait at the same time
 * are made in one transaction. A caller waits for a limited time, and not for a
 * connection that other callers hold.
 */
final class FollowUpWriter implements AutoCloseable {

	private static final Log logger = LogFactory.getLog(FollowUpWriter.class);

	private static final int MAX_GROUP = 100;

	private static final int MAX_UNSAVED = 1000;

	private static final Duration RETRY_DELAY = Duration.ofSeconds(1);

	private static final Duration IDLE_THREAD = Duration.ofSeconds(5);

	/**
	 * How long a caller waits.
	 */
	private static final Duration TIMEOUT = Duration.ofMillis(1600);

	private final FollowUpTable table;

	private final BlockingQueue<Pending> queue = new LinkedBlockingQueue<>();

	/**
	 * The changes that could not be made yet, in their order.
	 */
	private final Map<String, FollowUpWrite> unsaved = Collections.synchronizedMap(new LinkedHashMap<>());

	private final ScheduledExecutorService thread;

	private @Nullable Future<?> retry;

	/**
	 * Create a writer.
	 * @param table the table to change
	 */
	FollowUpWriter(FollowUpTable table) {
		this(table, newThread());
	}

	/**
	 * Create a writer with a thread.
	 * @param table the table to change
	 * @param thread runs one change after another; the writer shuts it down
	 */
	FollowUpWriter(FollowUpTable table, ScheduledExecutorService thread) {
		this.table = table;
		this.thread = thread;
	}

	/**
	 * Create a thread that ends when there is nothing to write for a while.
	 */
	private static ScheduledExecutorService newThread() {
		ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(1, FollowUpWriter::newThread);
		thread.setKeepAliveTime(IDLE_THREAD.toMillis(), TimeUnit.MILLISECONDS);
		thread.allowCoreThreadTimeOut(true);
		return thread;
	}

	/**
	 * Create a thread that has nothing of the caller which happens to start it.
	 */
	private static Thread newThread(Runnable runnable) {
		Thread thread = new Thread(null, runnable, "k2-follow-up", 0, false);
		thread.setContextClassLoader(FollowUpWriter.class.getClassLoader());
		thread.setDaemon(true);
		return thread;
	}

	/**
	 * Add a follow-up. If this method throws, the follow-up is not in the table, or it is
	 * deleted soon.
	 */
	void insert(String key, FollowUpState state, Instant time) {
		write(FollowUpWrite.insert(key, state, time), false);
	}

	/**
	 * Replace a follow-up, unless it is executing: then only add the other one. If this
	 * method throws, this is done later, unless this instance stops before.
	 */
	void replace(String oldKey, String key, FollowUpState state, Instant time) {
		write(FollowUpWrite.replace(oldKey, key, state, time), true);
	}

	/**
	 * Delete a follow-up, unless it is executing. If this method throws, this is done
	 * later, unless this instance stops before.
	 */
	void delete(String key) {
		write(FollowUpWrite.delete(key), true);
	}

	/**
	 * Try to make the changes that could not be made before.
	 * @param key the key of a follow-up
	 * @return whether one of the changes replaced or deleted that follow-up
	 */
	boolean retry(String key) {
		boolean wasUnsaved = this.unsaved.containsKey(key);
		if (!this.unsaved.isEmpty()) {
			await(CompletableFuture.runAsync(this::saveUnsaved, this.thread));
		}
		return wasUnsaved && !this.unsaved.containsKey(key);
	}

	private void write(FollowUpWrite write, boolean eventually) {
		Pending pending = new Pending(write, eventually, new CompletableFuture<>());
		this.queue.add(pending);
		try {
			this.thread.execute(this::writeQueued);
		}
		catch (RejectedExecutionException ex) {
			this.queue.remove(pending);
			pending.result().completeExceptionally(ex);
			throw ex;
		}
		await(pending.result());
	}

	private void writeQueued() {
		List<Pending> group = new ArrayList<>();
		this.queue.drainTo(group, MAX_GROUP);
		group.removeIf(Pending::isAbandoned);
		if (group.isEmpty()) {
			return;
		}
		try {
			this.table.write(group.stream().map(Pending::write).toList());
			group.forEach(this::written);
		}
		catch (RuntimeException | Error ex) {
			logger.debug("Follow-ups could not be stored together. They are stored one after another", ex);
			group.forEach((pending) -> writeAlone(pending, isBegun(ex)));
		}
	}

	/**
	 * Make a change of a group that failed. It is unknown whether the group was
	 * committed.
	 */
	private void writeAlone(Pending pending, boolean begunBefore) {
		if (pending.result().isDone()) {
			failed(pending, begunBefore);
			return;
		}
		try {
			this.table.writeAgain(pending.write());
			written(pending);
		}
		catch (RuntimeException | Error ex) {
			failed(pending, begunBefore || isBegun(ex));
			pending.result().completeExceptionally(ex);
		}
	}

	private void failed(Pending pending, boolean begun) {
		if (pending.eventually()) {
			keep(pending.write());
		}
		else if (begun) {
			undo(pending.write());
		}
	}

	private void written(Pending pending) {
		if (!pending.result().complete(true) && !pending.eventually()) {
			undo(pending.write());
		}
	}

	private void undo(FollowUpWrite write) {
		FollowUpWrite.Added added = write.added();
		if (added != null) {
			keep(FollowUpWrite.delete(added.key()));
		}
	}

	private static boolean isBegun(Throwable failure) {
		return !(failure instanceof CannotCreateTransactionException);
	}

	/**
	 * Keep a change in memory until it is made. Only changes that undo another one are
	 * limited: the others have the URL of a request that was sent.
	 */
	private void keep(FollowUpWrite write) {
		String deleted = write.deleted();
		if (deleted == null || (write.added() == null && this.unsaved.size() >= MAX_UNSAVED)) {
			logger.error("Too many changes of follow-ups could not be stored, so another one is dropped");
			return;
		}
		this.unsaved.put(deleted, write);
		scheduleRetry();
	}

	private void scheduleRetry() {
		if (this.retry == null && !this.thread.isShutdown()) {
			this.retry = this.thread.schedule(() -> {
				this.retry = null;
				saveUnsaved();
			}, RETRY_DELAY.toMillis(), TimeUnit.MILLISECONDS);
		}
	}

	private void saveUnsaved() {
		for (Map.Entry<String, FollowUpWrite> entry : new LinkedHashMap<>(this.unsaved).entrySet()) {
			try {
				this.table.writeAgain(entry.getValue());
				this.unsaved.remove(entry.getKey());
			}
			catch (CannotCreateTransactionException ex) {
				break;
			}
			catch (RuntimeException | Error ex) {
				logger.debug("A change of a follow-up still cannot be stored", ex);
			}
		}
		if (!this.unsaved.isEmpty()) {
			scheduleRetry();
		}
	}

	private static void await(CompletableFuture<?> result) {
		try {
			result.orTimeout(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS).join();
		}
		catch (CompletionException ex) {
			Throwable cause = ex.getCause();
			if (cause instanceof TimeoutException) {
				throw new QueryTimeoutException(
						"The database did not store a follow-up within " + TIMEOUT.toMillis() + " ms", ex);
			}
			ReflectionUtils.rethrowRuntimeException(cause);
		}
	}

	/**
	 * Make the changes that wait, and end the thread.
	 */
	@Override
	public void close() {
		if (this.thread.isShutdown()) {
			return;
		}
		this.thread.execute(this::saveUnsaved);
		this.thread.shutdown();
		try {
			if (!this.thread.awaitTermination(TIMEOUT.multipliedBy(2).toMillis(), TimeUnit.MILLISECONDS)) {
				this.thread.shutdownNow();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		if (!this.unsaved.isEmpty()) {
			logger.error(this.unsaved.size() + " changes of follow-ups could not be stored before the stop");
		}
	}

	/**
	 * A change that a caller waits for.
	 *
	 * @param write the change
	 * @param eventually whether to make the change even if the caller no longer waits
	 * @param result completes when the change is made
	 */
	private record Pending(FollowUpWrite write, boolean eventually, CompletableFuture<Boolean> result) {

		boolean isAbandoned() {
			return this.result.isDone() && !this.eventually;
		}

	}

}
