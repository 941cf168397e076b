package io.github.k2connect.account;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;
import java.util.function.Supplier;

import io.github.k2connect.Ticker;
import io.github.k2connect.account.SourcedAccount.MaxAge;
import io.github.k2connect.webhook.WebhookAccounts.AccountUnavailableException;
import org.jspecify.annotations.Nullable;

/**
 * Cache for the accounts of a {@link K2AccountSource}. Unknown names have a cache of
 * their own, so that they never remove an account from the cache.
 */
final class SourcedAccounts {

	static final int MAX_FAILURES = 10;

	static final Duration FAILURE_AGE = Duration.ofSeconds(1);

	private static final Duration MIN_AGE_FOR_REFRESH = Duration.ofSeconds(5);

	private static final Duration MAX_WAIT = Duration.ofSeconds(10);

	private static final MaxAge REFRESH = new MaxAge(MIN_AGE_FOR_REFRESH, FAILURE_AGE);

	private final K2AccountSource source;

	private final BiFunction<String, K2AccountSettings, SettingsAccount> factory;

	private final K2Properties.AccountSource settings;

	private final Ticker ticker;

	private final SourceLimit knownLimit;

	private final SourceLimit unknownLimit;

	private final ReentrantLock lock = new ReentrantLock();

	private final Map<String, SourcedAccount> known;

	private final Map<String, SourcedAccount> unknown;

	SourcedAccounts(K2AccountSource source, BiFunction<String, K2AccountSettings, SettingsAccount> factory,
			K2Properties.AccountSource settings, Ticker ticker) {
		this.source = source;
		this.factory = factory;
		this.settings = settings;
		this.ticker = ticker;
		this.knownLimit = new SourceLimit(Integer.MAX_VALUE, ticker);
		this.unknownLimit = new SourceLimit(MAX_FAILURES, ticker);
		this.known = leastRecentlyUsed(settings.cacheSize());
		this.unknown = leastRecentlyUsed(settings.cacheSize());
	}

	/**
	 * Find an account. Concurrent callers share one call to the source.
	 */
	Optional<SettingsAccount> find(String name) {
		return find(name, new MaxAge(this.settings.cacheTtl(), Duration.ZERO));
	}

	/**
	 * Find the account of a message that is not verified yet. Forged messages never keep
	 * messages for known accounts from the source: these have a limit of their own.
	 * @throws AccountUnavailableException if the source cannot be called now
	 */
	Optional<SettingsAccount> findForMessage(String name) {
		return isKnown(name) ? find(name, new MaxAge(this.settings.cacheTtl(), FAILURE_AGE), this.knownLimit)
				: refresh(name);
	}

	/**
	 * Load an account again, because its settings may have changed. The source is called
	 * at most every few seconds.
	 * @throws AccountUnavailableException if the source cannot be called now
	 */
	Optional<SettingsAccount> refresh(String name) {
		return find(name, REFRESH, this.unknownLimit);
	}

	/**
	 * Forget what the source returned. A known account stays known.
	 */
	void forget(String name) {
		locked(() -> {
			this.known.computeIfPresent(name, (key, account) -> create(key));
			return this.unknown.remove(name);
		});
	}

	private Optional<SettingsAccount> find(String name, MaxAge maxAge, SourceLimit limit) {
		SourcedAccount account = locked(() -> cached(name));
		SourcedAccount.Result result = (account != null) ? account.cached(maxAge) : null;
		return (result != null) ? result.account() : limit.call(() -> find(name, maxAge));
	}

	private Optional<SettingsAccount> find(String name, MaxAge maxAge) {
		SourcedAccount account = locked(() -> {
			SourcedAccount cached = cached(name);
			return (cached != null) ? cached : this.unknown.computeIfAbsent(name, this::create);
		});
		return account.get(maxAge, (found) -> asked(name, account, found));
	}

	private boolean isKnown(String name) {
		return locked(() -> this.known.containsKey(name));
	}

	private @Nullable SourcedAccount cached(String name) {
		SourcedAccount account = this.known.get(name);
		return (account != null) ? account : this.unknown.get(name);
	}

	private SourcedAccount create(String name) {
		return new SourcedAccount(() -> this.source.find(name), (settings) -> this.factory.apply(name, settings),
				MAX_WAIT, this.ticker);
	}

	/**
	 * Put the account into the right cache, unless it was removed while the source was
	 * called.
	 */
	private void asked(String name, SourcedAccount account, boolean found) {
		locked(() -> {
			Map<String, SourcedAccount> from = found ? this.unknown : this.known;
			Map<String, SourcedAccount> to = found ? this.known : this.unknown;
			return from.remove(name, account) ? to.put(name, account) : null;
		});
	}

	private <T extends @Nullable Object> T locked(Supplier<T> action) {
		this.lock.lock();
		try {
			return action.get();
		}
		finally {
			this.lock.unlock();
		}
	}

	private static <V> Map<String, V> leastRecentlyUsed(int maxSize) {
		return new LinkedHashMap<>(16, 0.75f, true) {

			@Override
			protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
				return size() > maxSize;
			}

		};
	}

}
