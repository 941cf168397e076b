package io.github.k2connect.account;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;

import io.github.k2connect.webhook.WebhookAccounts.AccountUnavailableException;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@ExtendWith(OutputCaptureExtension.class)
class SourcedAccountsTests {

	private static final Duration TTL = Duration.ofMinutes(10);

	private final SettableTicker ticker = new SettableTicker();

	private final Map<String, K2AccountSettings> stored = new ConcurrentHashMap<>();

	private final Map<String, AtomicInteger> lookUps = new ConcurrentHashMap<>();

	@Test
	void looksUpOnceForAllWaitingCallers() throws Exception {
		store("duka", "key");
		CountDownLatch asked = new CountDownLatch(1);
		CountDownLatch answer = new CountDownLatch(1);
		SourcedAccounts accounts = accounts((name) -> {
			asked.countDown();
			await(answer);
			return lookUp(name);
		});
		ExecutorService callers = Executors.newFixedThreadPool(50);
		try {
			List<Future<Optional<SettingsAccount>>> found = new ArrayList<>();
			IntStream.range(0, 50).forEach((i) -> found.add(callers.submit(() -> accounts.find("duka"))));
			await(asked);
			answer.countDown();
			SettingsAccount first = found.get(0).get().orElseThrow();
			for (Future<Optional<SettingsAccount>> account : found) {
				assertThat(account.get()).containsSame(first);
			}
		}
		finally {
			callers.shutdownNow();
		}
		assertThat(lookUps("duka")).isOne();
	}

	@Test
	void slowLookUpDelaysNoOtherAccount() throws Exception {
		store("slow", "key");
		store("fast", "key");
		CountDownLatch asked = new CountDownLatch(1);
		CountDownLatch answer = new CountDownLatch(1);
		SourcedAccounts accounts = accounts((name) -> {
			if (name.equals("slow")) {
				asked.countDown();
				await(answer);
			}
			return lookUp(name);
		});
		ExecutorService caller = Executors.newSingleThreadExecutor();
		try {
			Future<Optional<SettingsAccount>> slow = caller.submit(() -> accounts.find("slow"));
			await(asked);
			assertThat(accounts.find("fast")).isPresent();
			assertThat(slow).isNotDone();
			answer.countDown();
			assertThat(slow.get()).isPresent();
		}
		finally {
			caller.shutdownNow();
		}
	}

	@Test
	void doesNotCacheFailureOfSource() {
		store("duka", "key");
		AtomicInteger calls = new AtomicInteger();
		SourcedAccounts accounts = accounts((name) -> {
			if (calls.getAndIncrement() == 0) {
				throw new IllegalStateException("The database is away");
			}
			return lookUp(name);
		});
		assertThatThrownBy(() -> accounts.find("duka")).hasMessage("The database is away");
		assertThat(accounts.find("duka")).isPresent();
	}

	@Test
	void usesChangedKeyAfterCacheExpires() {
		store("duka", "old");
		SourcedAccounts accounts = accounts(this::lookUp);
		accounts.find("duka");
		store("duka", "new");
		this.ticker.advance(TTL.minusMillis(1));
		assertThat(key(accounts.find("duka"))).isEqualTo("old");
		this.ticker.advance(Duration.ofMillis(1));
		assertThat(key(accounts.find("duka"))).isEqualTo("new");
	}

	@Test
	void usesChangedKeyAfterForget() {
		store("duka", "old");
		SourcedAccounts accounts = accounts(this::lookUp);
		accounts.find("duka");
		store("duka", "new");
		accounts.forget("duka");
		assertThat(key(accounts.find("duka"))).isEqualTo("new");
	}

	@Test
	void doesNotCacheLookUpThatBeganBeforeForget() throws Exception {
		store("duka", "old");
		CountDownLatch asked = new CountDownLatch(1);
		CountDownLatch answer = new CountDownLatch(1);
		AtomicInteger calls = new AtomicInteger();
		SourcedAccounts accounts = accounts((name) -> {
			Optional<K2AccountSettings> settings = lookUp(name);
			if (calls.getAndIncrement() == 0) {
				asked.countDown();
				await(answer);
			}
			return settings;
		});
		ExecutorService caller = Executors.newSingleThreadExecutor();
		try {
			Future<Optional<SettingsAccount>> old = caller.submit(() -> accounts.find("duka"));
			await(asked);
			store("duka", "new");
			accounts.forget("duka");
			answer.countDown();
			old.get();
		}
		finally {
			caller.shutdownNow();
		}
		assertThat(key(accounts.find("duka"))).isEqualTo("new");
	}

	@Test
	void keepsAccountWhoseSettingsAreUnchanged() {
		store("duka", "key");
		SourcedAccounts accounts = accounts(this::lookUp);
		SettingsAccount account = accounts.find("duka").orElseThrow();
		this.ticker.advance(TTL);
		assertThat(accounts.find("duka")).containsSame(account);
		assertThat(lookUps("duka")).isEqualTo(2);
	}

	@Test
	void limitsLookUpsForWrongSignatures() {
		store("duka", "old");
		SourcedAccounts accounts = accounts(this::lookUp);
		accounts.find("duka");
		store("duka", "new");
		for (int i = 0; i < 1000; i++) {
			assertThat(key(accounts.refresh("duka"))).isEqualTo("old");
		}
		assertThat(lookUps("duka")).isOne();
		this.ticker.advance(Duration.ofSeconds(5));
		for (int i = 0; i < 1000; i++) {
			assertThat(key(accounts.refresh("duka"))).isEqualTo("new");
		}
		assertThat(lookUps("duka")).isEqualTo(2);
	}

	@Test
	void looksUpUnknownNameOnce() {
		SourcedAccounts accounts = accounts(this::lookUp);
		assertThat(accounts.find("nobody")).isEmpty();
		assertThat(accounts.findForMessage("nobody")).isEmpty();
		assertThat(lookUps("nobody")).isOne();
		store("nobody", "key");
		this.ticker.advance(TTL);
		assertThat(accounts.find("nobody")).isPresent();
	}

	@Test
	void doesNotEvictAccountForUnknownNames() {
		store("duka", "key");
		SourcedAccounts accounts = accounts(this::lookUp, 3);
		accounts.find("duka");
		for (int i = 0; i < 50; i++) {
			accounts.findForMessage("stranger-" + i);
		}
		assertThat(accounts.find("duka")).isPresent();
		assertThat(lookUps("duka")).isOne();
	}

	@Test
	void acceptsGenuineMessagesDespiteForgedNamesWithQuickSource() {
		SourcedAccounts accounts = accounts(this::lookUp);
		for (int i = 0; i < 2_000; i++) {
			assertThat(accounts.findForMessage("stranger-" + i)).isEmpty();
			store("merchant-" + i, "key");
			assertThat(accounts.findForMessage("merchant-" + i)).isPresent();
		}
	}

	@Test
	void limitsConcurrentLookUpsForMessages() throws Exception {
		CountDownLatch answer = new CountDownLatch(1);
		AtomicInteger calls = new AtomicInteger();
		SourcedAccounts accounts = accounts((name) -> {
			calls.incrementAndGet();
			await(answer);
			return Optional.empty();
		});
		ExecutorService senders = Executors.newCachedThreadPool();
		try {
			List<Future<Optional<SettingsAccount>>> messages = sendForgedMessages(60, accounts, senders);
			Awaitility.await()
				.until(() -> messages.stream().filter(Future::isDone).count() == 60 - SourceLimit.MAX_CALLS);
			assertThat(calls).hasValue(SourceLimit.MAX_CALLS);
			assertThat(messages).filteredOn(Future::isDone)
				.allSatisfy((message) -> assertThatThrownBy(message::get)
					.hasCauseInstanceOf(AccountUnavailableException.class));
		}
		finally {
			answer.countDown();
			senders.shutdown();
		}
		assertThat(senders.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
		assertThat(accounts.findForMessage("stranger")).as("the limit is free again").isEmpty();
	}

	@Test
	void messageWaitsForACallThatEndsSoon() throws Exception {
		store("late", "key");
		CountDownLatch answer = new CountDownLatch(1);
		AtomicInteger calls = new AtomicInteger();
		SourcedAccounts accounts = accounts((name) -> {
			if (calls.incrementAndGet() <= SourceLimit.MAX_CALLS) {
				await(answer);
			}
			return lookUp(name);
		});
		ExecutorService senders = Executors.newCachedThreadPool();
		try {
			sendForgedMessages(SourceLimit.MAX_CALLS, accounts, senders);
			Awaitility.await().until(() -> calls.get() == SourceLimit.MAX_CALLS);
			FutureTask<Optional<SettingsAccount>> late = new FutureTask<>(() -> accounts.findForMessage("late"));
			Thread sender = new Thread(late);
			sender.start();
			Awaitility.await().until(() -> sender.getState() == Thread.State.TIMED_WAITING);
			answer.countDown();
			assertThat(late.get()).isPresent();
		}
		finally {
			answer.countDown();
			senders.shutdown();
		}
	}

	@Test
	void forgedNamesDoNotDelayKnownAccountsWithSlowSource() {
		store("duka", "old");
		store("kiosk", "key");
		CountDownLatch answer = new CountDownLatch(1);
		AtomicInteger slowCalls = new AtomicInteger();
		SourcedAccounts accounts = accounts((name) -> {
			if (name.startsWith("stranger-")) {
				slowCalls.incrementAndGet();
				await(answer);
			}
			return lookUp(name);
		});
		accounts.findForMessage("duka");
		accounts.find("kiosk");
		store("duka", "new");
		ExecutorService senders = Executors.newCachedThreadPool();
		try {
			sendForgedMessages(60, accounts, senders);
			Awaitility.await().until(() -> slowCalls.get() == SourceLimit.MAX_CALLS);
			this.ticker.advance(TTL);
			assertThat(key(accounts.findForMessage("duka"))).as("loaded again").isEqualTo("new");
			accounts.forget("kiosk");
			assertThat(accounts.findForMessage("kiosk")).as("loaded again after forget").isPresent();
			assertThat(accounts.find("another")).as("the application's own call").isEmpty();
		}
		finally {
			answer.countDown();
			senders.shutdown();
		}
	}

	@Test
	void limitsLookUpsForForgedNamesWhenSourceFails(CapturedOutput output) {
		store("duka", "old");
		AtomicInteger failures = new AtomicInteger();
		SourcedAccounts accounts = accounts((name) -> {
			if (name.startsWith("stranger-")) {
				failures.incrementAndGet();
				throw new IllegalStateException("The database is away");
			}
			return lookUp(name);
		});
		accounts.find("duka");
		for (int i = 0; i < 500; i++) {
			String name = "stranger-" + i;
			assertThatThrownBy(() -> accounts.findForMessage(name)).isInstanceOf(RuntimeException.class);
		}
		assertThat(failures).hasValue(SourcedAccounts.MAX_FAILURES);
		assertThat(output).containsOnlyOnce("too many calls to the K2AccountSource failed");
		store("duka", "new");
		accounts.forget("duka");
		assertThat(key(accounts.findForMessage("duka"))).as("a known account").isEqualTo("new");
		store("late", "key");
		assertThatThrownBy(() -> accounts.findForMessage("late")).isInstanceOf(AccountUnavailableException.class);
		assertThat(accounts.find("late")).as("the application's own call").isPresent();
		this.ticker.advance(SourceLimit.FAILURE_SPAN);
		assertThat(accounts.findForMessage("stranger")).isEmpty();
	}

	@Test
	void remembersFailureOfLookUpForShortTime() {
		store("duka", "key");
		AtomicInteger calls = new AtomicInteger();
		SourcedAccounts accounts = accounts((name) -> {
			if (calls.incrementAndGet() == 2) {
				throw new IllegalStateException("The database is away");
			}
			return lookUp(name);
		});
		accounts.findForMessage("duka");
		this.ticker.advance(TTL);
		assertThatThrownBy(() -> accounts.findForMessage("duka")).hasMessage("The database is away");
		for (int i = 0; i < 500; i++) {
			assertThatThrownBy(() -> accounts.findForMessage("duka")).isInstanceOf(AccountUnavailableException.class);
		}
		assertThat(calls).hasValue(2);
		this.ticker.advance(SourcedAccounts.FAILURE_AGE);
		assertThat(accounts.findForMessage("duka")).isPresent();
	}

	@Test
	void acceptsGenuineMessagesWhenRefreshFails() {
		store("duka", "key");
		AtomicInteger calls = new AtomicInteger();
		SourcedAccounts accounts = accounts((name) -> {
			if (calls.incrementAndGet() > 1) {
				throw new IllegalStateException("The database is away");
			}
			return lookUp(name);
		});
		accounts.findForMessage("duka");
		this.ticker.advance(Duration.ofSeconds(5));
		assertThatThrownBy(() -> accounts.refresh("duka")).hasMessage("The database is away");
		assertThatThrownBy(() -> accounts.refresh("duka")).isInstanceOf(AccountUnavailableException.class);
		assertThat(accounts.findForMessage("duka")).isPresent();
	}

	@Test
	void doesNotLookUpAccountForInterruptedThread() {
		store("duka", "key");
		SourcedAccounts accounts = accounts(this::lookUp);
		Thread.currentThread().interrupt();
		assertThatThrownBy(() -> accounts.findForMessage("duka")).isInstanceOf(AccountUnavailableException.class);
		assertThat(Thread.interrupted()).isTrue();
		Thread.currentThread().interrupt();
		assertThatThrownBy(() -> accounts.find("duka")).hasMessageStartingWith("Interrupted");
		assertThat(Thread.interrupted()).isTrue();
		assertThat(lookUps("duka")).isZero();
		assertThat(accounts.findForMessage("duka")).isPresent();
	}

	@Test
	void findsAccountAddedAfterForgedMessage() {
		SourcedAccounts accounts = accounts(this::lookUp);
		for (int i = 0; i < 1000; i++) {
			assertThat(accounts.findForMessage("duka")).isEmpty();
		}
		assertThat(lookUps("duka")).isOne();
		store("duka", "key");
		this.ticker.advance(Duration.ofSeconds(5));
		assertThat(accounts.findForMessage("duka")).isPresent();
		assertThat(accounts.find("duka")).isPresent();
	}

	@Test
	void evictsLeastRecentlyUsedAccount() {
		SourcedAccounts accounts = accounts(this::lookUp, 100);
		for (int i = 0; i < 10_000; i++) {
			store("account-" + i, "key");
			accounts.find("account-" + i);
			accounts.find("account-0");
		}
		assertThat(lookUps("account-0")).isOne();
		accounts.find("account-9901");
		assertThat(lookUps("account-9901")).isOne();
		accounts.find("account-9900");
		assertThat(lookUps("account-9900")).isEqualTo(2);
	}

	private static List<Future<Optional<SettingsAccount>>> sendForgedMessages(int count, SourcedAccounts accounts,
			ExecutorService senders) {
		return IntStream.range(0, count)
			.mapToObj((i) -> senders.submit(() -> accounts.findForMessage("stranger-" + i)))
			.toList();
	}

	private SourcedAccounts accounts(Function<String, Optional<K2AccountSettings>> source) {
		return accounts(source, 1000);
	}

	private SourcedAccounts accounts(Function<String, Optional<K2AccountSettings>> source, int size) {
		return new SourcedAccounts(source::apply,
				(name, settings) -> new SettingsAccount(name, settings, SourcedAccountsTests::noConnection),
				new K2Properties.AccountSource(size, TTL), this.ticker);
	}

	private static SettingsAccount.Connection noConnection() {
		throw new AssertionError("No account is to call Kopo Kopo here");
	}

	private void store(String name, String apiKey) {
		this.stored.put(name, K2AccountSettings.builder().apiKey(apiKey).build());
	}

	private Optional<K2AccountSettings> lookUp(String name) {
		this.lookUps.computeIfAbsent(name, (key) -> new AtomicInteger()).incrementAndGet();
		return Optional.ofNullable(this.stored.get(name));
	}

	private int lookUps(String name) {
		return this.lookUps.getOrDefault(name, new AtomicInteger()).get();
	}

	private static @Nullable String key(Optional<SettingsAccount> account) {
		return account.orElseThrow().settings().apiKey();
	}

	private static void await(CountDownLatch latch) {
		try {
			assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

}
