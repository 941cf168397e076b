package io.github.k2connect.account;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * The accounts of a {@link K2AccountSource}, cached. Names that the source does not know
 * are cached apart, so that names which strangers make up never push an account out.
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
	 * Find an account. The source is asked once for a name, however many callers wait.
	 */
	Optional<SettingsAccount> find(String name) {
		return find(name, this.settings.ttl());
	}

	/**
	 * Find the account of a message, which may come from a stranger: while many unknown
	 * names arrive the source is not asked for further names.
	 */
	Optional<SettingsAccount> findForMessage(String name) {
		return (isCached(name) || !this.unknownNames.isReached()) ? find(name) : Optional.empty();
	}

	/**
	 * Find an account whose settings may have changed since they were cached. The source
	 * is asked again, though not more often than every few seconds.
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

	private boolean isCached(String name) {
		return locked(() -> this.known.containsKey(name) || this.unknown.containsKey(name));
	}

	private SourcedAccount create(String name) {
		return new SourcedAccount(() -> this.source.find(name), (settings) -> this.factory.apply(name, settings),
				MAX_WAIT, this.settings.clock());
	}

	/**
	 * Keep the account where it belongs, unless it was forgotten while the source was
	 * asked.
	 */
	private void asked(String name, SourcedAccount account, boolean found) {
		if (!found) {
			this.unknownNames.add();
		}
		locked(() -> {
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
