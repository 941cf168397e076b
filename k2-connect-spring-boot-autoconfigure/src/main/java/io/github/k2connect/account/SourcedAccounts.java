package io.github.k2connect.account;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * Cache for the accounts of a {@link K2AccountSource}. Unknown names have a cache of
 * their own, so that they never remove an account from the cache.
 */
final class SourcedAccounts {

	private static final Duration MIN_AGE_FOR_REFRESH = Duration.ofSeconds(5);

	private static final Duration MAX_WAIT = Duration.ofSeconds(10);

	private final K2AccountSource source;

	private final BiFunction<String, K2AccountSettings, SettingsAccount> factory;

	private final AccountCacheSettings settings;

	private final UnknownNameLimit unknownNames;

	private final ReentrantLock lock = new ReentrantLock();

	private final Map<String, SourcedAccount> known;

	private final Map<String, SourcedAccount> unknown;

	SourcedAccounts(K2AccountSource source, BiFunction<String, K2AccountSettings, SettingsAccount> factory,
			AccountCacheSettings settings) {
		this.source = source;
		this.factory = factory;
		this.settings = settings;
		this.unknownNames = new UnknownNameLimit(settings.clock());
		this.known = leastRecentlyUsed(settings.size());
		this.unknown = leastRecentlyUsed(settings.size());
	}

	/**
	 * Find an account. Concurrent callers share one call to the source.
	 */
	Optional<SettingsAccount> find(String name) {
		return find(name, this.settings.ttl());
	}

	/**
	 * Find the account of a message that is not verified yet. After too many unknown
	 * names, the source is not called for new names.
	 */
	Optional<SettingsAccount> findForMessage(String name) {
		boolean allowed = locked(
				() -> this.known.containsKey(name) || this.unknown.containsKey(name) || !this.unknownNames.isReached());
		return allowed ? find(name) : Optional.empty();
	}

	/**
	 * Load an account again, because its settings may have changed. The source is called
	 * at most every few seconds.
	 */
	Optional<SettingsAccount> refresh(String name) {
		return find(name, MIN_AGE_FOR_REFRESH);
	}

	void forget(String name) {
		locked(() -> {
			this.known.remove(name);
			return this.unknown.remove(name);
		});
	}

	private Optional<SettingsAccount> find(String name, Duration maxAge) {
		SourcedAccount account = locked(() -> {
			SourcedAccount known = this.known.get(name);
			return (known != null) ? known : this.unknown.computeIfAbsent(name, this::create);
		});
		return account.get(maxAge, (found) -> asked(name, account, found));
	}

	private SourcedAccount create(String name) {
		return new SourcedAccount(() -> this.source.find(name), (settings) -> this.factory.apply(name, settings),
				MAX_WAIT, this.settings.clock());
	}

	/**
	 * Put the account into the right cache, unless it was removed while the source was
	 * called.
	 */
	private void asked(String name, SourcedAccount account, boolean found) {
		locked(() -> {
			if (!found) {
				this.unknownNames.add();
			}
			Map<String, SourcedAccount> from = found ? this.unknown : this.known;
			Map<String, SourcedAccount> to = found ? this.known : this.unknown;
			return from.remove(name, account) ? to.put(name, account) : null;
		});
	}

	private <T> T locked(Supplier<T> action) {
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
