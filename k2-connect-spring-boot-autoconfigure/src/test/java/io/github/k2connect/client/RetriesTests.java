package io.github.k2connect.client;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.github.k2connect.K2ApiException;
import io.github.k2connect.client.ApiCall.RepeatableFailure;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.core.retry.RetryPolicy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link Retries}.
 */
class RetriesTests {

	private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");

	private static final Deadline IN_TIME = Deadline.after(Duration.ofMinutes(10));

	private final AtomicInteger attempts = new AtomicInteger();

	private final Retries retries = new Retries(3, Duration.ofMillis(1));

	private String failAlways(@Nullable String retryAfter) {
		this.attempts.incrementAndGet();
		throw busy(retryAfter);
	}

	private static RepeatableFailure busy(@Nullable String retryAfter) {
		return new RepeatableFailure(
				new K2ApiException("busy", 429, null, null, "", false, RetryAfter.parse(retryAfter, NOW)));
	}

	private String failOnce(@Nullable String retryAfter) {
		return (this.attempts.get() == 0) ? failAlways(retryAfter) : "done";
	}

	@ParameterizedTest
	@ValueSource(strings = { "1", " 1 ", "Tue, 24 Nov 2026 10:00:01 GMT" })
	void waitsForRetryAfter(String retryAfter) {
		long start = System.nanoTime();
		assertThat(this.retries.execute(IN_TIME, () -> failOnce(retryAfter))).isEqualTo("done");
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofMillis(950),
				Duration.ofSeconds(20));
	}

	@ParameterizedTest
	@ValueSource(strings = { "31", "3600", "999999999", "Tue, 24 Nov 2026 11:00:00 GMT" })
	void givesUpIfRetryAfterIsTooLong(String retryAfter) {
		assertThatExceptionOfType(K2ApiException.class)
			.isThrownBy(() -> this.retries.execute(IN_TIME, () -> failAlways(retryAfter)));
		assertThat(this.attempts).hasValue(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "soon", "-5", "99999999999999999999", "1.5", "Tue, 24 Nov 2020 10:00:00 GMT" })
	void ignoresPastOrInvalidRetryAfter(String retryAfter) {
		assertThatExceptionOfType(K2ApiException.class)
			.isThrownBy(() -> this.retries.execute(IN_TIME, () -> failAlways(retryAfter)));
		assertThat(this.attempts).hasValue(3);
	}

	@Test
	void failsAtOnceIfDelayExceedsDeadline() {
		Deadline deadline = Deadline.after(Duration.ofSeconds(20));
		assertThatExceptionOfType(K2ApiException.class)
			.isThrownBy(() -> this.retries.execute(deadline, () -> failAlways("20")));
		assertThat(this.attempts).hasValue(1);
		assertThat(deadline.left()).isGreaterThan(Duration.ofSeconds(10));
	}

	@Test
	void doesNotRetryAfterDeadline() {
		Deadline over = Deadline.after(Duration.ZERO);
		assertThatExceptionOfType(K2ApiException.class)
			.isThrownBy(() -> this.retries.execute(over, () -> failAlways(null)));
		assertThat(this.attempts).hasValue(1);
	}

	@Test
	void addsJitterToRetryAfter() {
		Set<Long> waits = IntStream.range(0, 50).mapToObj((i) -> wait(IN_TIME, "20")).collect(Collectors.toSet());
		assertThat(waits).hasSizeGreaterThan(10).allMatch((wait) -> wait >= 20_000 && wait <= 25_000);
	}

	@Test
	void keepsJitterWithinDeadline() {
		Deadline deadline = Deadline.after(Duration.ofMillis(20_500));
		assertThat(IntStream.range(0, 50).mapToObj((i) -> wait(deadline, "20")))
			.allMatch((wait) -> wait >= 20_000 && wait < 20_500);
	}

	private long wait(Deadline deadline, String retryAfter) {
		RetryPolicy policy = this.retries.policy(deadline);
		assertThat(policy.shouldRetry(busy(retryAfter))).isTrue();
		return policy.getBackOff().start().nextBackOff();
	}

	@Test
	void doesNotRetryOtherFailures() {
		assertThatIllegalStateException().isThrownBy(() -> this.retries.execute(IN_TIME, () -> {
			this.attempts.incrementAndGet();
			throw new IllegalStateException();
		}));
		assertThat(this.attempts).hasValue(1);
	}

	@Test
	void doesNotRetryWithOneAttempt() {
		Retries never = new Retries(1, Duration.ofMillis(1));
		assertThatExceptionOfType(K2ApiException.class)
			.isThrownBy(() -> never.execute(IN_TIME, () -> failAlways(null)));
		assertThat(this.attempts).hasValue(1);
	}

	@Test
	void stopsWaitingWhenInterrupted() {
		Thread.currentThread().interrupt();
		assertThatExceptionOfType(K2ApiException.class)
			.isThrownBy(() -> this.retries.execute(IN_TIME, () -> failAlways("20")));
		assertThat(Thread.interrupted()).isTrue();
		assertThat(this.attempts).hasValue(1);
	}

}
