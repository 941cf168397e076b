package io.github.k2connect.token;

import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import io.github.k2connect.K2ConnectionException;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Tests for {@link TokenCache}.
 */
class TokenCacheTests {

	private static final Duration LIFETIME = Duration.ofHours(1);

	private static final Duration REFRESH = Duration.ofSeconds(60);

	private static final Duration TIMEOUT = Duration.ofMinutes(10);

	private final MovableClock clock = new MovableClock();

	private final AtomicInteger requests = new AtomicInteger();

	private volatile Duration timeLeft = TIMEOUT;

	private Supplier<AccessToken> answer = () -> token(LIFETIME);

	private final TokenCache cache = new TokenCache(() -> this.answer.get(), () -> this.timeLeft, TIMEOUT, REFRESH,
			this.clock);

	private final ExecutorService callers = Executors.newCachedThreadPool();

	@AfterEach
	void stopCallers() {
		this.callers.shutdownNow();
	}

	private AccessToken token(Duration lifetime) {
		return new AccessToken("token " + this.requests.incrementAndGet(), "Bearer", lifetime, this.clock.instant());
	}

	private AccessToken fail() {
		this.requests.incrementAndGet();
		throw new K2ConnectionException("No answer", false, null);
	}

	private String get() {
		return this.cache.get().accessToken();
	}

	@Test
	void requestsOneTokenForThousandCallers() throws Exception {
		int count = 1000;
		CyclicBarrier start = new CyclicBarrier(count);
		List<Future<String>> tokens = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			tokens.add(this.callers.submit(() -> {
				start.await(30, TimeUnit.SECONDS);
				return get();
			}));
		}
		for (Future<String> token : tokens) {
			assertThat(token.get(30, TimeUnit.SECONDS)).isEqualTo("token 1");
		}
		assertThat(this.requests).hasValue(1);
	}

	@Test
	void sharesFailureWithWaitingCallers() throws Exception {
		CountDownLatch requested = new CountDownLatch(1);
		CountDownLatch failing = new CountDownLatch(1);
		this.answer = () -> {
			requested.countDown();
			await(failing);
			return fail();
		};
		Future<String> first = this.callers.submit(this::get);
		await(requested);
		List<Thread> waiting = new ArrayList<>();
		List<Future<String>> others = new ArrayList<>();
		for (int i = 0; i < 10; i++) {
			others.add(this.callers.submit(() -> {
				synchronized (waiting) {
					waiting.add(Thread.currentThread());
				}
				return get();
			}));
		}
		awaitState(waiting, 10, Thread.State.TIMED_WAITING);
		failing.countDown();
		others.add(first);
		for (Future<String> other : others) {
			assertThat(other).failsWithin(Duration.ofSeconds(30))
				.withThrowableThat()
				.withRootCauseInstanceOf(K2ConnectionException.class);
		}
		assertThat(this.requests).hasValue(1);
		this.clock.advance(Duration.ofSeconds(3));
		this.answer = () -> token(LIFETIME);
		assertThat(get()).isEqualTo("token 2");
	}

	@Test
	void sharesFailureWithCallersSoonAfter() {
		this.answer = this::fail;
		for (int i = 0; i < 10; i++) {
			assertThatExceptionOfType(K2ConnectionException.class).isThrownBy(this::get);
		}
		assertThat(this.requests).hasValue(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "PT-1H", "PT-0.001S", "PT1H" })
	void forgetsFailureAfterClockChange(Duration step) {
		this.answer = this::fail;
		assertThatExceptionOfType(K2ConnectionException.class).isThrownBy(this::get);
		this.clock.advance(step);
		this.answer = () -> token(LIFETIME);
		assertThat(get()).isEqualTo("token 2");
	}

	@Test
	void waitsForTokenOfAnotherCallerUntilOwnDeadline() {
		CountDownLatch requested = new CountDownLatch(1);
		CountDownLatch answered = new CountDownLatch(1);
		this.answer = () -> {
			requested.countDown();
			await(answered);
			return token(LIFETIME);
		};
		Future<String> first = this.callers.submit(this::get);
		await(requested);
		this.timeLeft = Duration.ofMillis(100);
		assertThatExceptionOfType(K2ConnectionException.class).isThrownBy(this::get)
			.satisfies((ex) -> assertThat(ex.outcomeUnknown()).isFalse());
		answered.countDown();
		assertThat(first).succeedsWithin(Duration.ofSeconds(30)).isEqualTo("token 1");
	}

	@Test
	void waitForTokenOfAnotherCallerCanBeInterrupted() throws Exception {
		CountDownLatch requested = new CountDownLatch(1);
		CountDownLatch answered = new CountDownLatch(1);
		this.answer = () -> {
			requested.countDown();
			await(answered);
			return token(LIFETIME);
		};
		Future<String> first = this.callers.submit(this::get);
		await(requested);
		AtomicBoolean interrupted = new AtomicBoolean();
		AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
		Thread second = new Thread(() -> {
			failure.set(catchThrowable(this::get));
			interrupted.set(Thread.currentThread().isInterrupted());
		});
		second.start();
		second.interrupt();
		second.join(30_000);
		assertThat(failure.get()).isInstanceOfSatisfying(K2ConnectionException.class,
				(ex) -> assertThat(ex.outcomeUnknown()).isFalse());
		assertThat(interrupted).isTrue();
		answered.countDown();
		assertThat(first).succeedsWithin(Duration.ofSeconds(30)).isEqualTo("token 1");
	}

	@Test
	void anotherCallerRequestsTokenAfterInterrupt() throws Exception {
		CountDownLatch requested = new CountDownLatch(1);
		this.answer = () -> {
			if (this.requests.incrementAndGet() > 1) {
				return new AccessToken("token of another", "Bearer", LIFETIME, this.clock.instant());
			}
			requested.countDown();
			try {
				Thread.sleep(30_000);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			throw new K2ConnectionException("Interrupted", false, null);
		};
		FutureTask<Throwable> failure = new FutureTask<>(() -> catchThrowable(this::get));
		Thread first = new Thread(failure);
		first.start();
		await(requested);
		List<Thread> waiting = new ArrayList<>();
		List<Future<String>> others = new ArrayList<>();
		for (int i = 0; i < 10; i++) {
			others.add(this.callers.submit(() -> {
				synchronized (waiting) {
					waiting.add(Thread.currentThread());
				}
				return get();
			}));
		}
		awaitState(waiting, 10, Thread.State.TIMED_WAITING);
		first.interrupt();
		for (Future<String> other : others) {
			assertThat(other).succeedsWithin(Duration.ofSeconds(30)).isEqualTo("token of another");
		}
		assertThat(failure).succeedsWithin(Duration.ofSeconds(30)).isInstanceOf(K2ConnectionException.class);
		assertThat(this.requests).hasValue(2);
	}

	@Test
	void doesNotShareFailureOfLateCaller() throws Exception {
		this.timeLeft = Duration.ZERO;
		this.answer = this::fail;
		assertThatExceptionOfType(K2ConnectionException.class).isThrownBy(this::get);
		this.timeLeft = TIMEOUT;
		this.answer = () -> token(LIFETIME);
		assertThat(get()).isEqualTo("token 2");
	}

	/**
	 * Kotlin has no checked exceptions, so an interceptor may throw any exception.
	 */
	@Test
	void handlesCheckedExceptionAsFailure() {
		this.answer = () -> {
			throwUnchecked(new GeneralSecurityException("The vault is sealed"));
			return fail();
		};
		assertThatExceptionOfType(GeneralSecurityException.class).isThrownBy(this::get);
		this.clock.advance(Duration.ofSeconds(3));
		this.answer = () -> token(LIFETIME);
		assertThat(this.callers.submit(this::get)).succeedsWithin(Duration.ofSeconds(30)).isEqualTo("token 1");
	}

	@SuppressWarnings("unchecked")
	private static <X extends Throwable> void throwUnchecked(Throwable failure) throws X {
		throw (X) failure;
	}

	@Test
	void keepsTokenUntilRefreshWindow() {
		assertThat(get()).isEqualTo("token 1");
		this.clock.advance(LIFETIME.minus(REFRESH).minusMillis(1));
		assertThat(get()).isEqualTo("token 1");
		this.clock.advance(Duration.ofMillis(1));
		assertThat(get()).isEqualTo("token 2");
	}

	@Test
	void returnsOldTokenDuringRenewal() throws Exception {
		get();
		this.clock.advance(LIFETIME.minus(REFRESH));
		CountDownLatch renewing = new CountDownLatch(1);
		CountDownLatch renewed = new CountDownLatch(1);
		this.answer = () -> {
			renewing.countDown();
			await(renewed);
			return token(LIFETIME);
		};
		Future<String> renewal = this.callers.submit(this::get);
		await(renewing);
		for (int i = 0; i < 10; i++) {
			assertThat(this.callers.submit(this::get).get(30, TimeUnit.SECONDS)).isEqualTo("token 1");
		}
		renewed.countDown();
		assertThat(renewal.get(30, TimeUnit.SECONDS)).isEqualTo("token 2");
		assertThat(get()).isEqualTo("token 2");
		assertThat(this.requests).hasValue(2);
	}

	@Test
	void returnsValidOldTokenAfterFailedRenewal() {
		get();
		this.clock.advance(LIFETIME.minus(REFRESH));
		this.answer = this::fail;
		assertThat(get()).isEqualTo("token 1");
		this.clock.advance(REFRESH);
		assertThatExceptionOfType(K2ConnectionException.class).isThrownBy(this::get);
	}

	@Test
	void pausesAfterFailedRenewal() {
		get();
		this.clock.advance(LIFETIME.minus(REFRESH));
		this.answer = this::fail;
		for (int i = 0; i < 10; i++) {
			assertThat(get()).isEqualTo("token 1");
		}
		assertThat(this.requests).hasValue(2);
		this.answer = () -> token(LIFETIME);
		this.clock.advance(Duration.ofSeconds(5));
		assertThat(get()).isEqualTo("token 3");
	}

	@Test
	void doesNotReturnTokenThatExpiresDuringRenewal() {
		get();
		this.clock.advance(LIFETIME.minusSeconds(1));
		this.answer = () -> {
			this.clock.advance(Duration.ofSeconds(30));
			return fail();
		};
		assertThatExceptionOfType(K2ConnectionException.class).isThrownBy(this::get);
	}

	@Test
	void doesNotReturnExpiredTokenAfterFailedRenewal() {
		get();
		this.clock.advance(LIFETIME.minusMillis(1));
		this.answer = this::fail;
		assertThat(get()).isEqualTo("token 1");
		this.clock.advance(Duration.ofMillis(1));
		assertThatExceptionOfType(K2ConnectionException.class).isThrownBy(this::get);
	}

	@Test
	void reusesTokenThatLivesShorterThanRefreshWindow() {
		this.answer = () -> token(Duration.ofSeconds(30));
		get();
		this.clock.advance(Duration.ofSeconds(14));
		assertThat(get()).isEqualTo("token 1");
		this.clock.advance(Duration.ofSeconds(1));
		assertThat(get()).isEqualTo("token 2");
	}

	@ParameterizedTest
	@ValueSource(strings = { "PT0S", "PT-1H" })
	void replacesTokenThatIsExpiredFromTheStart(Duration lifetime) {
		this.answer = () -> token(lifetime);
		assertThat(get()).isEqualTo("token 1");
		assertThat(get()).isEqualTo("token 2");
	}

	@Test
	void ignoresClockOfKopoKopo() {
		this.answer = () -> new AccessToken("token " + this.requests.incrementAndGet(), "Bearer", LIFETIME,
				Instant.EPOCH);
		get();
		assertThat(get()).isEqualTo("token 1");
	}

	@Test
	void countsRequestTimeAgainstValidity() {
		this.answer = () -> {
			AccessToken token = token(LIFETIME);
			this.clock.advance(Duration.ofMinutes(30));
			return token;
		};
		get();
		this.clock.advance(Duration.ofMinutes(29));
		assertThat(this.requests).hasValue(1);
		this.answer = () -> token(LIFETIME);
		assertThat(get()).isEqualTo("token 2");
	}

	@Test
	void forgetsOnlyTheGivenToken() {
		get();
		this.cache.forget("another token");
		assertThat(get()).isEqualTo("token 1");
		this.cache.forget("token 1");
		assertThat(get()).isEqualTo("token 2");
		this.cache.forget("token 1");
		assertThat(get()).isEqualTo("token 2");
	}

	@Test
	void doesNotRestoreTokenForgottenDuringRenewal() {
		get();
		this.clock.advance(LIFETIME.minus(REFRESH));
		this.answer = () -> {
			this.cache.forget("token 1");
			return fail();
		};
		this.cache.get();
		this.clock.advance(Duration.ofSeconds(3));
		this.answer = () -> token(LIFETIME);
		assertThat(get()).isEqualTo("token 3");
	}

	private static void await(CountDownLatch latch) {
		try {
			assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void awaitState(List<Thread> threads, int count, Thread.State state) {
		Awaitility.await().untilAsserted(() -> {
			synchronized (threads) {
				assertThat(threads).hasSize(count).allMatch((thread) -> thread.getState() == state);
			}
		});
	}

	/**
	 * A clock that only moves when a test advances it.
	 */
	private static final class MovableClock extends Clock {

		private Instant now = Instant.parse("2026-11-24T10:00:00Z");

		void advance(Duration duration) {
			this.now = this.now.plus(duration);
		}

		@Override
		public Instant instant() {
			return this.now;
		}

		@Override
		public ZoneId getZone() {
			return ZoneOffset.UTC;
		}

		@Override
		public Clock withZone(ZoneId zone) {
			return this;
		}

	}

}
