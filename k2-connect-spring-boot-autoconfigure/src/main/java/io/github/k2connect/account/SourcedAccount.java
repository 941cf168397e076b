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
 * One name at a {@link K2AccountSource}: the account or that there is none, and when the
 * source said so. One caller asks the source, the others wait for it.
 */
final class SourcedAccount {

	private final Supplier<Optional<K2AccountSettings>> source;

	private final Function<K2AccountSettings, SettingsAccount> factory;

	private final Duration maxWait;

	private final Clock clock;

	private final ReentrantLock lock = new ReentrantLock();

	private volatile @Nullable Answer answer;

	SourcedAccount(Supplier<Optional<K2AccountSettings>> source, Function<K2AccountSettings, SettingsAccount> factory,
			Duration maxWait, Clock clock) {
		this.source = source;
		this.factory = factory;
		this.maxWait = maxWait;
		this.clock = clock;
	}

	/**
	 * Return the account.
	 * @param maxAge how old the source's answer may be
	 * @param asked told whether the source knows the name, when it was asked
	 */
	Optional<SettingsAccount> get(Duration maxAge, Consumer<Boolean> asked) {
		Optional<Answer> fresh = fresh(maxAge);
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

	private Optional<Answer> fresh(Duration maxAge) {
		return Optional.ofNullable(this.answer)
			.filter((current) -> this.clock.instant().isBefore(current.askedAt().plus(maxAge)));
	}

	/**
	 * Ask the source. An account whose settings are the same as before stays, and with it
	 * its access token.
	 */
	private Answer ask(Consumer<Boolean> asked) {
		Instant now = this.clock.instant();
		Optional<K2AccountSettings> settings = this.source.get();
		Optional<SettingsAccount> unchanged = Optional.ofNullable(this.answer)
			.flatMap(Answer::account)
			.filter((account) -> settings.filter(account.settings()::equals).isPresent());
		Answer current = new Answer(unchanged.or(() -> settings.map(this.factory)), now);
		this.answer = current;
		asked.accept(current.account().isPresent());
		return current;
	}

	private void lock() {
		try {
			if (!this.lock.tryLock(this.maxWait.toMillis(), TimeUnit.MILLISECONDS)) {
				throw new IllegalStateException("The source of accounts has not answered for " + this.maxWait);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while the source of accounts was asked", ex);
		}
	}

	/**
	 * What the source said.
	 *
	 * @param account the account, empty if the source does not know the name
	 * @param askedAt when it was asked
	 */
	private record Answer(Optional<SettingsAccount> account, Instant askedAt) {

	}

}
