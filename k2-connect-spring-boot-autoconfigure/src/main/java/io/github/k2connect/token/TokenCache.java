package io.github.k2connect.token;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import io.github.k2connect.K2ConnectionException;
import io.github.k2connect.client.Deadline;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Cache for the access token of one set of credentials. One caller requests a new token.
 * Until it arrives, the other callers use the old token if it is still valid, and
 * otherwise wait. A failure is returned to later callers for a few seconds. If the caller
 * that requests the token is interrupted or has little time left, the next caller
 * requests it.
 * <p>
 * The validity of a token is counted from the time of the request, so the clocks of Kopo
 * Kopo and of this machine may differ. Times are milliseconds of this machine's clock.
 */
final class TokenCache {

	private static final Log logger = LogFactory.getLog(TokenCache.class);

	private static final long PAUSE_AFTER_FAILED_RENEWAL = Duration.ofSeconds(5).toMillis();

	private static final long PAUSE_AFTER_FAILURE = Duration.ofSeconds(3).toMillis();

	private final Supplier<AccessToken> source;

	private final Supplier<Deadline> deadlines;

	private final Duration refreshBeforeExpiry;

	private final Clock clock;

	private final ReentrantLock lock = new ReentrantLock();

	private volatile @Nullable Entry current;

	private @Nullable CompletableFuture<AccessToken> request;

	private @Nullable Failure failure;

	TokenCache(Supplier<AccessToken> source, Supplier<Deadline> deadlines, Duration refreshBeforeExpiry, Clock clock) {
		this.source = source;
		this.deadlines = deadlines;
		this.refreshBeforeExpiry = refreshBeforeExpiry;
		this.clock = clock;
	}

	AccessToken get() {
		Entry entry = this.current;
		return (entry != null && this.clock.millis() < entry.renewal()) ? entry.token() : getOrRequest();
	}

	private AccessToken getOrRequest() {
		Deadline deadline = this.deadlines.get();
		AccessToken token;
		do {
			token = getOrJoin(deadline);
		}
		while (token == null);
		return token;
	}

	/**
	 * Return a token, or {@code null} if the caller that requested it gave up.
	 */
	private @Nullable AccessToken getOrJoin(Deadline deadline) {
		CompletableFuture<AccessToken> own = new CompletableFuture<>();
		CompletableFuture<AccessToken> joined;
		Entry valid;
		this.lock.lock();
		try {
			long now = this.clock.millis();
			valid = (this.current != null && now < this.current.expiry()) ? this.current : null;
			if (valid != null && (now < valid.renewal() || this.request != null)) {
				return valid.token();
			}
			if (this.request == null) {
				if (valid == null && this.failure != null && this.failure.isRecent(now)) {
					throw failure(this.failure.cause());
				}
				this.request = own;
			}
			joined = this.request;
		}
		finally {
			this.lock.unlock();
		}
		return (joined == own) ? request(own, valid, deadline) : join(joined, deadline);
	}

	/**
	 * Remove the token, unless it has been replaced.
	 */
	void forget(String accessToken) {
		this.lock.lock();
		try {
			if (this.current != null && this.current.token().accessToken().equals(accessToken)) {
				this.current = null;
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	private AccessToken request(CompletableFuture<AccessToken> own, @Nullable Entry old, Deadline deadline) {
		long requestedAt = this.clock.millis();
		boolean late = deadline.isMostlySpent();
		try {
			AccessToken token = this.source.get();
			tokenReceived(Entry.of(token, requestedAt, this.refreshBeforeExpiry));
			own.complete(token);
			return token;
		}
		catch (Throwable ex) {
			boolean callerFailed = Thread.currentThread().isInterrupted() || (late && deadline.isOver());
			requestFailed(old, callerFailed ? null : ex);
			if (callerFailed) {
				own.cancel(false);
			}
			else {
				own.completeExceptionally(ex);
			}
			if (old == null || this.clock.millis() >= old.expiry()) {
				throw ex;
			}
			logger.warn("Failed to renew the access token; the current token is used until it expires");
			return old.token();
		}
	}

	private void tokenReceived(Entry entry) {
		this.lock.lock();
		try {
			this.current = entry;
			this.failure = null;
			this.request = null;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Keep the old token after a failed request, unless it was removed in the meantime.
	 */
	private void requestFailed(@Nullable Entry old, @Nullable Throwable cause) {
		this.lock.lock();
		try {
			long now = this.clock.millis();
			if (old != null && old.equals(this.current)) {
				this.current = old.renewedAt(now + PAUSE_AFTER_FAILED_RENEWAL);
			}
			if (cause != null) {
				this.failure = new Failure(cause, now);
			}
			this.request = null;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Wait for the token that another caller requests. Return {@code null} if that caller
	 * gives up.
	 */
	private static @Nullable AccessToken join(CompletableFuture<AccessToken> request, Deadline deadline) {
		try {
			return request.get(deadline.left().toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (CancellationException ex) {
			return null;
		}
		catch (ExecutionException ex) {
			throw failure(ex.getCause());
		}
		catch (TimeoutException ex) {
			throw new K2ConnectionException("No access token in time", false, null);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new K2ConnectionException("Interrupted while waiting for the access token", false, null);
		}
	}

	private static RuntimeException failure(@Nullable Throwable cause) {
		return (cause instanceof RuntimeException failure) ? failure : new CompletionException(cause);
	}

	/**
	 * A failed request, which is reported to later callers for a while.
	 *
	 * @param cause the cause
	 * @param time the time of the failure
	 */
	private record Failure(Throwable cause, long time) {

		/**
		 * Return whether the failure is recent. After the clock was set back it is not.
		 */
		boolean isRecent(long now) {
			return now >= this.time && now < this.time + PAUSE_AFTER_FAILURE;
		}

	}

	/**
	 * A cached token.
	 *
	 * @param token the token
	 * @param renewal the time from which it is to be replaced, not after its expiry
	 * @param expiry the time from which it is no longer used
	 */
	private record Entry(AccessToken token, long renewal, long expiry) {

		Entry {
			renewal = Math.min(renewal, expiry);
		}

		static Entry of(AccessToken token, long requestedAt, Duration refreshBeforeExpiry) {
			Duration half = token.expiresIn().dividedBy(2);
			Duration refresh = (half.compareTo(refreshBeforeExpiry) < 0) ? half : refreshBeforeExpiry;
			long expiry = requestedAt + token.expiresIn().toMillis();
			return new Entry(token, expiry - refresh.toMillis(), expiry);
		}

		Entry renewedAt(long time) {
			return new Entry(this.token, time, this.expiry);
		}

	}

}
