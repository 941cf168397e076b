package io.github.k2connect.token;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import io.github.k2connect.K2ConnectionException;
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

	private final Supplier<Duration> timeLeft;

	private final long lateness;

	private final Duration refreshBeforeExpiry;

	private final Clock clock;

	private final Semaphore turn = new Semaphore(1);

	private final AtomicReference<@Nullable Entry> current = new AtomicReference<>();

	private @Nullable Failure failure;

	/**
	 * Create a cache.
	 * @param source requests a token
	 * @param timeLeft returns the time that the caller has left
	 * @param callTimeout the time that a caller has in all
	 * @param refreshBeforeExpiry how long before its expiry a token is replaced
	 * @param clock the clock
	 */
	TokenCache(Supplier<AccessToken> source, Supplier<Duration> timeLeft, Duration callTimeout,
			Duration refreshBeforeExpiry, Clock clock) {
		this.source = source;
		this.timeLeft = timeLeft;
		this.lateness = TimeUnit.NANOSECONDS.convert(callTimeout) / 2;
		this.refreshBeforeExpiry = refreshBeforeExpiry;
		this.clock = clock;
	}

	AccessToken get() {
		Entry entry = this.current.get();
		long now = this.clock.millis();
		if (entry != null && now < entry.renewal()) {
			return entry.token();
		}
		long end = System.nanoTime() + this.timeLeft.get().toNanos();
		if (!this.turn.tryAcquire()) {
			if (entry != null && now < entry.expiry()) {
				return entry.token();
			}
			awaitTurn(end);
		}
		try {
			return getOrRequest(entry, end);
		}
		finally {
			this.turn.release();
		}
	}

	/**
	 * Return when the cached token expires.
	 * @return the time, or {@code null} if there is no token
	 */
	@Nullable Instant expiry() {
		Entry entry = this.current.get();
		return (entry != null) ? Instant.ofEpochMilli(entry.expiry()) : null;
	}

	/**
	 * Remove the token, unless it has been replaced.
	 */
	void forget(String accessToken) {
		Entry entry = this.current.get();
		if (entry != null && entry.token().accessToken().equals(accessToken)) {
			this.current.compareAndSet(entry, null);
		}
	}

	private void awaitTurn(long end) {
		try {
			if (!this.turn.tryAcquire(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
				throw new K2ConnectionException("No access token in time", false, null);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new K2ConnectionException("Interrupted while waiting for the access token", false, null);
		}
	}

	/**
	 * Return the token that another caller received in the meantime, or else request one.
	 */
	private AccessToken getOrRequest(@Nullable Entry before, long end) {
		Entry entry = this.current.get();
		long now = this.clock.millis();
		if (entry != null && (!entry.equals(before) || now < entry.renewal())) {
			return entry.token();
		}
		Entry valid = (entry != null && now < entry.expiry()) ? entry : null;
		if (valid == null && this.failure != null && this.failure.isRecent(now)) {
			throw failure(this.failure.cause());
		}
		return request(valid, now, end);
	}

	private AccessToken request(@Nullable Entry old, long requestedAt, long end) {
		boolean late = end - System.nanoTime() < this.lateness;
		try {
			AccessToken token = this.source.get();
			this.current.set(Entry.of(token, requestedAt, this.refreshBeforeExpiry));
			this.failure = null;
			return token;
		}
		catch (Throwable ex) {
			long now = this.clock.millis();
			boolean callerFailed = Thread.currentThread().isInterrupted() || (late && end - System.nanoTime() <= 0);
			if (!callerFailed) {
				this.failure = new Failure(ex, now);
			}
			if (old == null || now >= old.expiry()) {
				throw ex;
			}
			this.current.compareAndSet(old, old.renewedAt(now + PAUSE_AFTER_FAILED_RENEWAL));
			logger.warn("Failed to renew the access token; the current token is used until it expires");
			return old.token();
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
