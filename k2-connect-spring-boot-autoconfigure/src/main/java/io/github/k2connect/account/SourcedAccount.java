package io.github.k2connect.account;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

import io.github.k2connect.Ticker;
import io.github.k2connect.webhook.WebhookAccounts.AccountUnavailableException;
import org.jspecify.annotations.Nullable;

/**
 * The cached result of a {@link K2AccountSource} for one name. One caller calls the
 * source, the other callers wait for the result.
 */
final class SourcedAccount {

	private final Supplier<Optional<K2AccountSettings>> source;

	private final Function<K2AccountSettings, SettingsAccount> factory;

	private final Duration maxWait;

	private final Ticker ticker;

	private final ReentrantLock lock = new ReentrantLock();

	private volatile @Nullable Result result;

	private volatile @Nullable Long failedAt;

	SourcedAccount(Supplier<Optional<K2AccountSettings>> source, Function<K2AccountSettings, SettingsAccount> factory,
			Duration maxWait, Ticker ticker) {
		this.source = source;
		this.factory = factory;
		this.maxWait = maxWait;
		this.ticker = ticker;
	}

	/**
	 * Return the account.
	 * @param maxAge the maximum age of results and failures
	 * @param asked called with whether the source has the account, after the source was
	 * called
	 * @throws AccountUnavailableException if the last call to the source failed, not long
	 * ago
	 */
	Optional<SettingsAccount> get(MaxAge maxAge, Consumer<Boolean> asked) {
		Result cached = cached(maxAge);
		if (cached != null) {
			return cached.account();
		}
		lock();
		try {
			cached = cached(maxAge);
			return ((cached != null) ? cached : ask(asked)).account();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Return the result of the last call to the source.
	 * @param maxAge the maximum age of results and failures
	 * @return the result, or {@code null} to call the source
	 * @throws AccountUnavailableException if the last call to the source failed, not long
	 * ago
	 */
	@Nullable Result cached(MaxAge maxAge) {
		Result current = this.result;
		if (current != null && isWithin(maxAge.ofResult(), current.askedAt())) {
			return current;
		}
		Long failedAt = this.failedAt;
		if (failedAt != null && isWithin(maxAge.ofFailure(), failedAt)) {
			throw new AccountUnavailableException();
		}
		return null;
	}

	private boolean isWithin(Duration maxAge, long tick) {
		return this.ticker.since(tick).compareTo(maxAge) < 0;
	}

	private Result ask(Consumer<Boolean> asked) {
		try {
			Result current = call();
			this.result = current;
			this.failedAt = null;
			asked.accept(current.account().isPresent());
			return current;
		}
		catch (Throwable ex) {
			this.failedAt = this.ticker.tick();
			throw ex;
		}
	}

	/**
	 * Call the source. If the settings are unchanged, the account is kept with its access
	 * token.
	 */
	private Result call() {
		long now = this.ticker.tick();
		Optional<K2AccountSettings> settings = this.source.get();
		Optional<SettingsAccount> unchanged = Optional.ofNullable(this.result)
			.flatMap(Result::account)
			.filter((account) -> settings.filter(account.settings()::equals).isPresent());
		return new Result(unchanged.or(() -> settings.map(this.factory)), now);
	}

	private void lock() {
		try {
			if (!this.lock.tryLock(this.maxWait.toMillis(), TimeUnit.MILLISECONDS)) {
				throw new IllegalStateException("The source of accounts returned nothing for " + this.maxWait);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while waiting for the source of accounts", ex);
		}
	}

	/**
	 * The maximum age of what is known from the last call to the source.
	 *
	 * @param ofResult how long its result is used
	 * @param ofFailure how long after its failure the source is not called again
	 */
	record MaxAge(Duration ofResult, Duration ofFailure) {

	}

	/**
	 * The result of a call to the source.
	 *
	 * @param account the account, empty if the source does not have it
	 * @param askedAt the tick at which the source was called
	 */
	record Result(Optional<SettingsAccount> account, long askedAt) {

	}

}
