package io.github.k2connect.account;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.github.k2connect.Ticker;
import io.github.k2connect.webhook.WebhookAccounts.AccountUnavailableException;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Limit for the calls to a {@link K2AccountSource} that messages cause. A message may be
 * forged, so that anybody can cause these calls. A source that responds quickly is hardly
 * limited.
 */
final class SourceLimit {

	static final int MAX_CALLS = 10;

	static final int MAX_WAITING = 30;

	static final Duration MAX_WAIT = Duration.ofSeconds(1);

	static final Duration FAILURE_SPAN = Duration.ofSeconds(1);

	private static final Duration WARNING_INTERVAL = Duration.ofMinutes(1);

	private static final Log logger = LogFactory.getLog(SourceLimit.class);

	private final Semaphore callers = new Semaphore(MAX_CALLS + MAX_WAITING);

	private final Semaphore calls = new Semaphore(MAX_CALLS, true);

	private final RateLimit failures;

	private final RateLimit warnings;

	/**
	 * Create a limit.
	 * @param maxFailures after how many failed calls the source is not called until the
	 * {@link #FAILURE_SPAN} is over
	 * @param ticker measures the time
	 */
	SourceLimit(int maxFailures, Ticker ticker) {
		this.failures = new RateLimit(maxFailures, FAILURE_SPAN, ticker);
		this.warnings = new RateLimit(1, WARNING_INTERVAL, ticker);
	}

	/**
	 * Call the source, or wait shortly for other calls to end.
	 * @param call the call
	 * @return the result of the call
	 * @throws AccountUnavailableException if the limit is reached
	 */
	<T> T call(Supplier<T> call) {
		if (!this.callers.tryAcquire()) {
			throw reached("are in progress");
		}
		try {
			return callNext(call);
		}
		finally {
			this.callers.release();
		}
	}

	private <T> T callNext(Supplier<T> call) {
		if (!acquireCall()) {
			throw reached("are in progress");
		}
		try {
			if (this.failures.isReached()) {
				throw reached("failed");
			}
			return call.get();
		}
		catch (AccountUnavailableException ex) {
			throw ex;
		}
		catch (Throwable ex) {
			this.failures.add();
			throw ex;
		}
		finally {
			this.calls.release();
		}
	}

	private boolean acquireCall() {
		try {
			return this.calls.tryAcquire(MAX_WAIT.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	private AccountUnavailableException reached(String reason) {
		if (this.warnings.tryAdd()) {
			logger.warn("Messages for accounts that are not in the cache get status 503: too many calls to the"
					+ " K2AccountSource " + reason + ". Check that it responds quickly, and that it does not throw for"
					+ " unknown names. Forged messages with invented account names can be the cause.");
		}
		return new AccountUnavailableException();
	}

}
