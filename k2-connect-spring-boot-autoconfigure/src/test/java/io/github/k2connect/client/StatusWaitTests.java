package io.github.k2connect.client;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

import io.github.k2connect.K2ApiException;
import io.github.k2connect.K2ConnectionException;
import io.github.k2connect.K2ResponseException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

/**
 * Tests for {@link StatusWait}, with a time that passes only while it sleeps.
 */
class StatusWaitTests {

	private static final String PENDING = "Pending";

	private final List<Double> requestedAt = new ArrayList<>();

	private final Deque<Supplier<String>> answers = new ArrayDeque<>();

	private final Deque<Duration> turns = new ArrayDeque<>();

	private long nanos;

	private boolean interrupted;

	private final StatusWait wait = new StatusWait(() -> this.nanos, this::sleep,
			() -> Objects.requireNonNullElse(this.turns.poll(), Duration.ZERO));

	private void sleep(Duration duration) throws InterruptedException {
		if (this.interrupted) {
			throw new InterruptedException();
		}
		this.nanos += duration.toNanos();
	}

	private String await(Duration timeout) {
		return this.wait.await(timeout, () -> {
			this.requestedAt.add(this.nanos / 1e9);
			Supplier<String> answer = this.answers.poll();
			return (answer != null) ? answer.get() : PENDING;
		}, PENDING::equals);
	}

	private void answers(String... results) {
		List.of(results).forEach((result) -> this.answers.add(() -> result));
	}

	private void fails(RuntimeException failure) {
		this.answers.add(() -> {
			throw failure;
		});
	}

	private static K2ApiException status(int status, @Nullable Duration retryAfter) {
		return new K2ApiException("Kopo Kopo responded with status " + status, status, null, null, "", false,
				retryAfter);
	}

	@Test
	void returnsFinalResultAtOnce() {
		answers("Success");
		assertThat(await(Duration.ofMinutes(1))).isEqualTo("Success");
		assertThat(this.requestedAt).containsExactly(0.0);
	}

	@Test
	void requestsWithGrowingDelays() {
		answers(PENDING, PENDING, PENDING, PENDING, PENDING, PENDING, PENDING, PENDING, PENDING, "Failed");
		assertThat(await(Duration.ofMinutes(5))).isEqualTo("Failed");
		List<Double> delays = new ArrayList<>();
		for (int i = 1; i < this.requestedAt.size(); i++) {
			delays.add(this.requestedAt.get(i) - this.requestedAt.get(i - 1));
		}
		assertThat(delays.get(0)).isEqualTo(1.0);
		assertThat(delays).isSorted().allSatisfy((delay) -> assertThat(delay).isLessThanOrEqualTo(10.0));
		assertThat(delays.get(8)).isCloseTo(10.0, within(1e-6));
	}

	@ParameterizedTest
	@ValueSource(ints = { 2, 3, 7, 30, 61 })
	void returnsPendingResultOfARequestJustBeforeTheEnd(int seconds) {
		assertThat(await(Duration.ofSeconds(seconds))).isEqualTo(PENDING);
		assertThat(this.requestedAt).allSatisfy((time) -> assertThat(time).isLessThan(seconds));
		assertThat(this.requestedAt.get(this.requestedAt.size() - 1)).isGreaterThanOrEqualTo(seconds - 1.5);
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1 })
	void requestsAtLeastOnce(int seconds) {
		assertThat(await(Duration.ofSeconds(seconds))).isEqualTo(PENDING);
		assertThat(this.requestedAt).containsExactly(0.0);
	}

	@ParameterizedTest
	@ValueSource(ints = { 429, 500, 503 })
	void waitsOutTemporaryFailures(int status) {
		fails(status(status, null));
		fails(new K2ConnectionException("The connection was lost", false, null));
		answers("Success");
		assertThat(await(Duration.ofMinutes(1))).isEqualTo("Success");
		assertThat(this.requestedAt).containsExactly(0.0, 1.0, 2.5);
	}

	@Test
	void honoursRetryAfter() {
		fails(status(429, Duration.ofSeconds(25)));
		answers("Success");
		assertThat(await(Duration.ofMinutes(1))).isEqualTo("Success");
		assertThat(this.requestedAt).containsExactly(0.0, 25.0);
	}

	@Test
	void throwsFailureThatLastsUntilTheEnd() {
		answers(PENDING);
		for (int i = 0; i < 100; i++) {
			fails(status(503, null));
		}
		assertThatExceptionOfType(K2ApiException.class).isThrownBy(() -> await(Duration.ofSeconds(20)))
			.satisfies((ex) -> assertThat(ex.statusCode()).isEqualTo(503));
	}

	@Test
	void throwsWhenRetryAfterIsBeyondTheEnd() {
		fails(status(429, Duration.ofMinutes(5)));
		assertThatExceptionOfType(K2ApiException.class).isThrownBy(() -> await(Duration.ofMinutes(1)));
		assertThat(this.requestedAt).containsExactly(0.0);
	}

	@ParameterizedTest
	@ValueSource(ints = { 400, 401, 403, 404 })
	void throwsOtherFailuresAtOnce(int status) {
		fails(status(status, null));
		assertThatExceptionOfType(K2ApiException.class).isThrownBy(() -> await(Duration.ofMinutes(1)));
		assertThat(this.requestedAt).containsExactly(0.0);
	}

	@Test
	void throwsUnreadableResponseAtOnce() {
		fails(new K2ResponseException("The response is unreadable", 200, "", false));
		assertThatExceptionOfType(K2ResponseException.class).isThrownBy(() -> await(Duration.ofMinutes(1)));
		assertThat(this.requestedAt).containsExactly(0.0);
	}

	@Test
	void waitsForTurnBeforeEachRequest() {
		this.turns.addAll(List.of(Duration.ofMillis(500), Duration.ofSeconds(3)));
		answers(PENDING, "Success");
		assertThat(await(Duration.ofMinutes(1))).isEqualTo("Success");
		assertThat(this.requestedAt).containsExactly(0.5, 4.5);
	}

	@Test
	void doesNotWaitForTurnBeyondTheEnd() {
		this.turns.add(Duration.ofMinutes(5));
		assertThat(await(Duration.ofSeconds(30))).isEqualTo(PENDING);
		assertThat(this.requestedAt).containsExactly(30.0);
	}

	@Test
	void endsAtInterruptionAndKeepsIt() {
		this.interrupted = true;
		assertThatExceptionOfType(K2ConnectionException.class).isThrownBy(() -> await(Duration.ofMinutes(1)));
		assertThat(Thread.interrupted()).isTrue();
	}

	@Test
	void endsAtInterruptionOfARequest() {
		this.answers.add(() -> {
			Thread.currentThread().interrupt();
			throw new K2ConnectionException("Interrupted", false, null);
		});
		assertThatExceptionOfType(K2ConnectionException.class).isThrownBy(() -> await(Duration.ofMinutes(1)));
		assertThat(Thread.interrupted()).isTrue();
		assertThat(this.requestedAt).containsExactly(0.0);
	}

}
