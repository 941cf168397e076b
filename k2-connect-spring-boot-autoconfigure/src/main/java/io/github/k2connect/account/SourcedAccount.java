package io.github.k2connect.account;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * The cached result of a {@link K2AccountSource} for one name. One caller calls the
 * source, the other callers wait for the result.
 */
final class SourcedAccount {

	private final Supplier<Optional<K2AccountSettings>> source;

	private final Function<K2AccountSettings, SettingsAccount> factory;

	private final Duration maxWait;

	private final Clock clock;

	private final ReentrantLock lock = new ReentrantLock();

	private volatile @Nullable Result result;

	SourcedAccount(Supplier<Optional<K2AccountSettings>> source, Function<K2AccountSettings, SettingsAccount> factory,
			Duration maxWait, Clock clock) {
		this.source = source;
		this.factory = factory;
		this.maxWait = maxWait;
		this.clock = clock;
	}

	/**
	 * Return the account.
	 * @param maxAge the maximum age of the result
	 * @param asked called with whether the source has the account, after the source was
	 * called
	 */
	Optional<SettingsAccount> get(Duration maxAge, Consumer<Boolean> asked) {
		Optional<Result> fresh = fresh(maxAge);
		if (fresh.isPresent()) {
			return fresh.get().account();
		}
		lock();
		try {
			return fresh(maxAge).orElseGet(() -> ask(asked)).account();
		}
		finally {
			this.lock.unlock();
		}
	}

	private Optional<Result> fresh(Duration maxAge) {
		return Optional.ofNullable(this.result)
			.filter((current) -> this.clock.instant().isBefore(current.askedAt().plus(maxAge)));
	}

	/**
	 * Call the source. If the settings are unchanged, the account is kept with its access
	 * token.
	 */
	private Result ask(Consumer<Boolean> asked) {
		Instant now = this.clock.instant();
		Optional<K2AccountSettings> settings = this.source.get();
		Optional<SettingsAccount> unchanged = Optional.ofNullable(this.result)
			.flatMap(Result::account)
			.filter((account) -> settings.filter(account.settings()::equals).isPresent());
		Result current = new Result(unchanged.or(() -> settings.map(this.factory)), now);
		this.result = current;
		asked.accept(current.account().isPresent());
		return current;
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
	 * The result of a call to the source.
	 *
	 * @param account the account, empty if the source does not have it
	 * @param askedAt when the source was called
	 */
	private record Result(Optional<SettingsAccount> account, Instant askedAt) {

	}

}
