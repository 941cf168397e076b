package io.github.k2connect.token;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
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
 * The current token of one set of credentials. However many callers want a new one, one
 * of them gets it: the others share its outcome while there is no valid token, and go on
 * with the old one while there is. A failure is shared for a few seconds with all who
 * come later. When the one who gets the token is interrupted, or began with little time
 * left, the next one gets it.
 * <p>
 * How long a token is valid is reckoned from when it was asked for, so that the clocks of
 * Kopo Kopo and of this machine need not agree.
 */
final class TokenCache {

	private static final Log logger = LogFactory.getLog(TokenCache.class);

	private static final Duration PAUSE_AFTER_FAILED_RENEWAL = Duration.ofSeconds(5);

	private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(3);

	private final Supplier<AccessToken> source;

	private final Supplier<Deadline> deadlines;

	private final Duration refreshBeforeExpiry;

	private final Clock clock;

	private final ReentrantLock lock = new ReentrantLock();

	private @Nullable Entry current;

	private @Nullable CompletableFuture<AccessToken> request;

	private @Nullable Failure failure;

	TokenCache(Supplier<AccessToken> source, Supplier<Deadline> deadlines, Duration refreshBeforeExpiry, Clock clock) {
		this.source = source;
		this.deadlines = deadlines;
		this.refreshBeforeExpiry = refreshBeforeExpiry;
		this.clock = clock;
	}

	AccessToken get() {
		Deadline deadline = this.deadlines.get();
		AccessToken token;
		do {
			token = getOrJoin(deadline);
		}
		while (token == null);
		return token;
	}

	/**
	 * Return a token, or {@code null} when another caller was to get it and gave up.
	 */
	private @Nullable AccessToken getOrJoin(Deadline deadline) {
		CompletableFuture<AccessToken> own = new CompletableFuture<>();
		CompletableFuture<AccessToken> joined;
		Entry valid;
		this.lock.lock();
		try {
			Instant now = this.clock.instant();
			valid = (this.current != null && now.isBefore(this.current.expiry())) ? this.current : null;
			if (valid != null && (now.isBefore(valid.renewal()) || this.request != null)) {
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
	 * Forget the token, unless another has taken its place.
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
		Instant asked = this.clock.instant();
		boolean late = deadline.isMostlySpent();
		try {
			AccessToken token = this.source.get();
			end(Entry.of(token, asked, this.refreshBeforeExpiry));
			own.complete(token);
			return token;
		}
		catch (Throwable ex) {
			boolean ownFault = Thread.currentThread().isInterrupted() || (late && deadline.isOver());
			endWithout(old, ownFault ? null : ex);
			if (ownFault) {
				own.cancel(false);
			}
			else {
				own.completeExceptionally(ex);
			}
			if (old == null || !this.clock.instant().isBefore(old.expiry())) {
				throw ex;
			}
			logger.warn("The access token could not be renewed; the current one is used until it expires");
			return old.token();
		}
	}

	private void end(Entry entry) {
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
	 * End a request that failed; the old token stays, unless it was forgotten meanwhile.
	 */
	private void endWithout(@Nullable Entry old, @Nullable Throwable cause) {
		this.lock.lock();
		try {
			Instant now = this.clock.instant();
			if (old != null && old.equals(this.current)) {
				this.current = old.renewedAt(now.plus(PAUSE_AFTER_FAILED_RENEWAL));
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
	 * Return the token that another caller gets, or {@code null} if that caller gives up
	 * for reasons of its own.
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
			throw new K2ConnectionException("Interrupted while another caller gets the access token", false, null);
		}
	}

	private static RuntimeException failure(@Nullable Throwable cause) {
		return (cause instanceof RuntimeException failure) ? failure : new CompletionException(cause);
	}

	/**
	 * A failed request, which every caller shares for a while.
	 *
	 * @param cause what went wrong
	 * @param time when
	 */
	private record Failure(Throwable cause, Instant time) {

		/**
		 * Return whether it is recent; after a step of the clock it is not.
		 */
		boolean isRecent(Instant now) {
			return !now.isBefore(this.time) && now.isBefore(this.time.plus(PAUSE_AFTER_FAILURE));
		}

	}

	/**
	 * A token and what becomes of it.
	 *
	 * @param token the token
	 * @param renewal from when on it is replaced
	 * @param expiry from when on it is not used
	 */
	private record Entry(AccessToken token, Instant renewal, Instant expiry) {

		static Entry of(AccessToken token, Instant asked, Duration refreshBeforeExpiry) {
			Duration lifetime = token.expiresIn();
			Duration half = lifetime.dividedBy(2);
			Instant expiry = asked.plus(lifetime);
			return new Entry(token,
					expiry.minus((half.compareTo(refreshBeforeExpiry) < 0) ? half : refreshBeforeExpiry), expiry);
		}

		Entry renewedAt(Instant time) {
			return new Entry(this.token, time, this.expiry);
		}

	}

}
