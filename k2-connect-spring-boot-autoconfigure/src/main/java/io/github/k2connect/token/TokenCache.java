package io.github.k2connect.token;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * The current token of one set of credentials. However many callers want a new one, one
 * of them gets it: the others share its outcome while there is no valid token, and go on
 * with the old one while there is.
 * <p>
 * How long a token is valid is reckoned from when it was asked for, so that the clocks of
 * Kopo Kopo and of this machine need not agree.
 */
final class TokenCache {

	private static final Log logger = LogFactory.getLog(TokenCache.class);

	private static final Duration PAUSE_AFTER_FAILED_RENEWAL = Duration.ofSeconds(5);

	private final Supplier<AccessToken> source;

	private final Duration refreshBeforeExpiry;

	private final Clock clock;

	private final ReentrantLock lock = new ReentrantLock();

	private @Nullable Entry current;

	private @Nullable CompletableFuture<AccessToken> request;

	TokenCache(Supplier<AccessToken> source, Duration refreshBeforeExpiry, Clock clock) {
		this.source = source;
		this.refreshBeforeExpiry = refreshBeforeExpiry;
		this.clock = clock;
	}

	AccessToken get() {
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
				this.request = own;
			}
			joined = this.request;
		}
		finally {
			this.lock.unlock();
		}
		return (joined == own) ? request(own, valid) : join(joined);
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

	private AccessToken request(CompletableFuture<AccessToken> own, @Nullable Entry old) {
		Instant asked = this.clock.instant();
		try {
			AccessToken token = this.source.get();
			end(Entry.of(token, asked, this.refreshBeforeExpiry));
			own.complete(token);
			return token;
		}
		catch (Throwable ex) {
			endWithout(old);
			own.completeExceptionally(ex);
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
			this.request = null;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * End a request that failed; the old token stays, unless it was forgotten meanwhile.
	 */
	private void endWithout(@Nullable Entry old) {
		this.lock.lock();
		try {
			if (old != null && old.equals(this.current)) {
				this.current = old.renewedAt(this.clock.instant().plus(PAUSE_AFTER_FAILED_RENEWAL));
			}
			this.request = null;
		}
		finally {
			this.lock.unlock();
		}
	}

	private static AccessToken join(CompletableFuture<AccessToken> request) {
		try {
			return request.join();
		}
		catch (CompletionException ex) {
			if (ex.getCause() instanceof RuntimeException failure) {
				throw failure;
			}
			throw ex;
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
