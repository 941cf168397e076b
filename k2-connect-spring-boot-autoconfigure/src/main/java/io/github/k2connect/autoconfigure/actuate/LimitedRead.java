package io.github.k2connect.autoconfigure.actuate;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import io.github.k2connect.Ticker;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Reads a value that may take long, such as one from a database. A caller waits for a
 * limited time. There is only one read at a time: callers that come while it runs wait
 * for the same read, and not for longer than the first one.
 *
 * @param <T> the type of the value
 */
final class LimitedRead<T> {

	/**
	 * How long a caller waits at most.
	 */
	static final Duration MAX_WAIT = Duration.ofSeconds(2);

	/**
	 * How old a recent value may be.
	 */
	static final Duration MAX_AGE = Duration.ofSeconds(10);

	private static final Log logger = LogFactory.getLog(LimitedRead.class);

	private final Supplier<T> source;

	private final Executor thread;

	private final Ticker ticker;

	private final ReentrantLock lock = new ReentrantLock();

	private @Nullable Read<T> last;

	/**
	 * Create a reader.
	 * @param source reads the value
	 * @param thread runs one read after another
	 * @param ticker measures the age of a value
	 */
	LimitedRead(Supplier<T> source, Executor thread, Ticker ticker) {
		this.source = source;
		this.thread = thread;
		this.ticker = ticker;
	}

	/**
	 * Create a thread that ends when there is nothing to read for a while.
	 */
	static Executor newThread() {
		ThreadPoolExecutor thread = new ThreadPoolExecutor(1, 1, MAX_WAIT.toMillis(), TimeUnit.MILLISECONDS,
				new LinkedBlockingQueue<>(), LimitedRead::newThread);
		thread.allowCoreThreadTimeOut(true);
		return thread;
	}

	private static Thread newThread(Runnable runnable) {
		Thread thread = new Thread(null, runnable, "k2-monitoring", 0, false);
		thread.setContextClassLoader(LimitedRead.class.getClassLoader());
		thread.setDaemon(true);
		return thread;
	}

	/**
	 * Read the value.
	 * @return the value, or empty if it cannot be read now, or not in time
	 */
	Optional<T> now() {
		return get(Duration.ZERO);
	}

	/**
	 * Return the value of a recent read, or read it.
	 * @return the value, or empty if it could not be read, or not in time
	 */
	Optional<T> recent() {
		return get(MAX_AGE);
	}

	private Optional<T> get(Duration maxAge) {
		Read<T> read = read(maxAge);
		return read.await(this.ticker.left(MAX_WAIT, read.begunAt()));
	}

	private Read<T> read(Duration maxAge) {
		this.lock.lock();
		try {
			Read<T> read = this.last;
			if (read == null || (read.value().isDone() && this.ticker.since(read.begunAt()).compareTo(maxAge) >= 0)) {
				read = new Read<>(CompletableFuture.supplyAsync(this.source, this.thread), this.ticker.tick());
				this.last = read;
			}
			return read;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * A read that runs or has ended.
	 *
	 * @param value the value
	 * @param begunAt the tick at which it began
	 */
	private record Read<T>(CompletableFuture<T> value, long begunAt) {

		Optional<T> await(Duration time) {
			try {
				return Optional.of(this.value.get(time.toNanos(), TimeUnit.NANOSECONDS));
			}
			catch (TimeoutException ex) {
				return Optional.empty();
			}
			catch (ExecutionException ex) {
				logger.debug("The state of k2-connect cannot be read", ex.getCause());
				return Optional.empty();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				return Optional.empty();
			}
		}

	}

}
