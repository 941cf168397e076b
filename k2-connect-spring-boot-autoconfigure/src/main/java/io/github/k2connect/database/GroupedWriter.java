package io.github.k2connect.database;

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
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.QueryTimeoutException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.util.ReflectionUtils;

/**
 * Writer with a thread of its own, for a connection of its own. Changes that wait at the
 * same time are made in one transaction. A caller waits for a limited time, and not for a
 * connection that other callers hold.
 *
 * @param <W> the type of the changes
 * @hidden
 */
@API(status = API.Status.INTERNAL)
public final class GroupedWriter<W extends GroupedWriter.Write<W>> implements AutoCloseable {

	private static final Log logger = LogFactory.getLog(GroupedWriter.class);

	private static final int MAX_GROUP = 100;

	private static final int MAX_UNSAVED = 1000;

	private static final Duration RETRY_DELAY = Duration.ofSeconds(1);

	private static final Duration IDLE_THREAD = Duration.ofSeconds(5);

	/**
	 * How long a caller waits.
	 */
	private static final Duration TIMEOUT = Duration.ofMillis(1600);

	private final Target<W> target;

	private final BlockingQueue<Pending<W>> queue = new LinkedBlockingQueue<>();

	/**
	 * The changes that could not be made yet, in their order.
	 */
	private final Map<String, W> unsaved = Collections.synchronizedMap(new LinkedHashMap<>());

	private final ScheduledExecutorService thread;

	private @Nullable Future<?> retry;

	/**
	 * Create a writer.
	 * @param target makes the changes
	 */
	public GroupedWriter(Target<W> target) {
		this(target, newThread());
	}

	/**
	 * Create a writer with a thread.
	 * @param target makes the changes
	 * @param thread runs one change after another; the writer shuts it down
	 */
	public GroupedWriter(Target<W> target, ScheduledExecutorService thread) {
		this.target = target;
		this.thread = thread;
	}

	/**
	 * Create a thread that ends when there is nothing to write for a while.
	 */
	private static ScheduledExecutorService newThread() {
		ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(1, GroupedWriter::newThread);
		thread.setKeepAliveTime(IDLE_THREAD.toMillis(), TimeUnit.MILLISECONDS);
		thread.allowCoreThreadTimeOut(true);
		return thread;
	}

	/**
	 * Create a thread that has nothing of the caller which happens to start it.
	 */
	private static Thread newThread(Runnable runnable) {
		Thread thread = new Thread(null, runnable, "k2-writer", 0, false);
		thread.setContextClassLoader(GroupedWriter.class.getClassLoader());
		thread.setDaemon(true);
		return thread;
	}

	/**
	 * Make a change. If this method throws, the change is not made, or it is undone soon.
	 * @param write the change
	 * @throws RuntimeException if it cannot be made within limited time
	 */
	public void write(W write) {
		write(write, false);
	}

	/**
	 * Make a change. If this method throws, the change is made later, unless this
	 * instance stops before.
	 * @param write the change
	 * @throws RuntimeException if it cannot be made within limited time
	 */
	public void writeEventually(W write) {
		write(write, true);
	}

	/**
	 * Try to make the changes that could not be made before.
	 * @param key the key of a change
	 * @return whether one of the changes that were made now has this key
	 */
	public boolean retry(String key) {
		boolean wasUnsaved = this.unsaved.containsKey(key);
		if (!this.unsaved.isEmpty()) {
			await(CompletableFuture.runAsync(this::saveUnsaved, this.thread));
		}
		return wasUnsaved && !this.unsaved.containsKey(key);
	}

	private void write(W write, boolean eventually) {
		Pending<W> pending = new Pending<>(write, eventually, new CompletableFuture<>());
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
		List<Pending<W>> group = new ArrayList<>();
		this.queue.drainTo(group, MAX_GROUP);
		group.removeIf(Pending::isAbandoned);
		if (group.isEmpty()) {
			return;
		}
		try {
			this.target.write(group.stream().map(Pending::write).toList());
			group.forEach(this::written);
			this.target.afterWrite();
		}
		catch (RuntimeException | Error ex) {
			logger.debug("Changes could not be made together. They are made one after another", ex);
			group.forEach((pending) -> writeAlone(pending, isBegun(ex)));
		}
	}

	/**
	 * Make a change of a group that failed. It is unknown whether the group was
	 * committed.
	 */
	private void writeAlone(Pending<W> pending, boolean begunBefore) {
		if (pending.result().isDone()) {
			failed(pending, begunBefore);
			return;
		}
		try {
			this.target.writeAgain(pending.write());
			written(pending);
		}
		catch (RuntimeException | Error ex) {
			failed(pending, begunBefore || isBegun(ex));
			pending.result().completeExceptionally(ex);
		}
	}

	private void failed(Pending<W> pending, boolean begun) {
		if (pending.eventually()) {
			keep(pending.write());
		}
		else if (begun) {
			undo(pending.write());
		}
	}

	private void written(Pending<W> pending) {
		if (!pending.result().complete(true) && !pending.eventually()) {
			undo(pending.write());
		}
	}

	private void undo(W write) {
		W undo = write.undo();
		if (undo != null) {
			keep(undo);
		}
	}

	private static boolean isBegun(Throwable failure) {
		return !(failure instanceof CannotCreateTransactionException);
	}

	/**
	 * Keep a change in memory until it is made. Changes that can be given up are limited.
	 */
	private void keep(W write) {
		if (write.canBeGivenUp() && this.unsaved.size() >= MAX_UNSAVED) {
			logger.error("Too many changes could not be made, so another one is dropped");
			return;
		}
		this.unsaved.put(write.key(), write);
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
		for (Map.Entry<String, W> entry : new LinkedHashMap<>(this.unsaved).entrySet()) {
			try {
				this.target.writeAgain(entry.getValue());
				this.unsaved.remove(entry.getKey());
			}
			catch (CannotCreateTransactionException ex) {
				break;
			}
			catch (RuntimeException | Error ex) {
				logger.debug("A change still cannot be made", ex);
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
						"The database did not make a change within " + TIMEOUT.toMillis() + " ms", ex);
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
			logger.error(this.unsaved.size() + " changes of requests could not be stored before the stop");
		}
	}

	/**
	 * A change that a caller waits for.
	 *
	 * @param write the change
	 * @param eventually whether to make the change even if the caller no longer waits
	 * @param result completes when the change is made
	 */
	private record Pending<W>(W write, boolean eventually, CompletableFuture<Boolean> result) {

		boolean isAbandoned() {
			return this.result.isDone() && !this.eventually;
		}

	}

	/**
	 * A change.
	 *
	 * @param <W> the type of the change
	 */
	public interface Write<W> {

		/**
		 * Return the key under which the change is kept until it can be made. A later
		 * change with the same key replaces it.
		 * @return the key
		 */
		String key();

		/**
		 * Return the change that undoes this one.
		 * @return the other change, or {@code null} if this one need not be undone
		 */
		@Nullable W undo();

		/**
		 * Return whether nothing is lost if the change is never made.
		 * @return {@code false} if it must be kept, however many there are
		 */
		boolean canBeGivenUp();

	}

	/**
	 * Makes changes. Each method has its own transaction.
	 *
	 * @param <W> the type of the changes
	 */
	public interface Target<W> {

		/**
		 * Make changes, all or none.
		 * @param writes the changes
		 */
		void write(List<W> writes);

		/**
		 * Make a change that may have been made before.
		 * @param write the change
		 */
		void writeAgain(W write);

		/**
		 * Do what no caller has to wait for, after changes were made. This method never
		 * throws.
		 */
		default void afterWrite() {
		}

	}

}
