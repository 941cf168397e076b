package io.github.k2connect.followup;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Objects;

import io.github.k2connect.event.K2Event;
import io.github.k2connect.idempotency.RequestCompanion.Changes;
import io.github.k2connect.idempotency.RequestWriter;
import io.github.k2connect.idempotency.TestRequests;
import io.github.k2connect.scheduling.Delays;
import io.github.k2connect.webhook.reception.ReceivedEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.dao.QueryTimeoutException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.BDDMockito.willThrow;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link FollowUpRecorder} and {@link FollowUpRows}. Nothing is random, and
 * time does not pass.
 */
class FollowUpRecorderTests {

	private static final Instant NOW = Instant.parse("2026-03-11T05:00:00Z");

	private static final URI LOCATION = URI.create("https://sandbox.kopokopo.com/api/v1/incoming_payments/p1");

	private static final String KEY = FollowUpState.key("shop", "incoming_payment", "p1");

	private final RequestWriter<FollowUpWrite> writer = mock();

	private final FollowUpRows rows = rows();

	private final FollowUpRecorder recorder = new FollowUpRecorder(this.writer);

	private FollowUpRows rows() {
		FollowUpProperties properties = new FollowUpProperties(true, Duration.ofSeconds(30), Duration.ofDays(1),
				Duration.ofMinutes(5), 1);
		return new FollowUpRows(new FollowUpTimes(properties, Duration.ofSeconds(90)),
				new Delays(Clock.fixed(NOW, ZoneOffset.UTC), () -> 0L));
	}

	private Changes<FollowUpWrite> begin() {
		return Objects
			.requireNonNull(this.rows.begin(TestRequests.request("shop", "incoming_payments", Map.of("order", "17"))));
	}

	private static K2Event result(String status) {
		return ReceivedEvent.decode("""
				{"data": {"id": "p1", "type": "incoming_payment", "attributes": {"status": "%s"}}}""".formatted(status)
			.getBytes(StandardCharsets.UTF_8), "shop").event();
	}

	private static RuntimeException databaseIsAway() {
		return new QueryTimeoutException("The database is away");
	}

	@Test
	void storesRequestBeforeItIsSent() {
		FollowUpWrite begun = begin().begun();
		FollowUpState state = FollowUpState.begun("shop", "incoming_payment", Map.of("order", "17"), NOW);
		assertThat(begun.key()).startsWith(FollowUpRows.BEGUN);
		assertThat(begun).isEqualTo(FollowUpWrite.insert(begun.key(), state, NOW.plusSeconds(180)));
	}

	@Test
	void storesNoRequestWithoutResult() {
		assertThat(this.rows.begin(TestRequests.request("shop", "webhook_subscriptions", Map.of()))).isNull();
	}

	@Test
	void storesLocationOfStartedRequest() {
		Changes<FollowUpWrite> changes = begin();
		FollowUpState state = FollowUpState.begun("shop", "incoming_payment", Map.of("order", "17"), NOW)
			.started(LOCATION);
		assertThat(changes.started(LOCATION))
			.isEqualTo(FollowUpWrite.replace(changes.begun().key(), KEY, state, NOW.plusSeconds(30)));
	}

	@Test
	void deletesFailedRequest() {
		Changes<FollowUpWrite> changes = begin();
		assertThat(changes.failed()).isEqualTo(FollowUpWrite.delete(changes.begun().key()));
	}

	@Test
	void followsUpRequestWhoseLocationWasFoundByOtherMeans() {
		FollowUpState state = FollowUpState.begun("shop", "incoming_payment", Map.of(), NOW.minusSeconds(60))
			.started(LOCATION);
		assertThat(this.rows.resolved("shop", "incoming_payment", LOCATION, NOW.minusSeconds(60)))
			.isEqualTo(FollowUpWrite.insert(KEY, state, NOW.plusSeconds(30)));
	}

	@Test
	void finalResultEndsFollowUp() {
		this.recorder.handled(result("Success"));
		then(this.writer).should().writeEventually(FollowUpWrite.delete(KEY));
	}

	@Test
	void resultIsHandledWhenFollowUpCannotBeDeleted() {
		willThrow(databaseIsAway()).given(this.writer).writeEventually(any(FollowUpWrite.class));
		assertThatNoException().isThrownBy(() -> this.recorder.handled(result("Failed")));
	}

	@Test
	void pendingResultDoesNotEndFollowUp() {
		this.recorder.handled(result("Pending"));
		then(this.writer).shouldHaveNoInteractions();
	}

	@Test
	void otherEventDoesNotEndFollowUp() {
		this.recorder.handled(ReceivedEvent
			.decode("{\"id\":\"p1\",\"topic\":\"customer_created\"}".getBytes(StandardCharsets.UTF_8), "shop")
			.event());
		then(this.writer).shouldHaveNoInteractions();
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void knowsWhetherLocationIsStoredNow(boolean stored) {
		given(this.writer.retry("key")).willReturn(stored);
		assertThat(this.recorder.saveUnsaved("key")).isEqualTo(stored);
	}

	@Test
	void locationIsNotStoredWhileDatabaseIsAway() {
		given(this.writer.retry("key")).willThrow(databaseIsAway());
		assertThat(this.recorder.saveUnsaved("key")).isFalse();
	}

	@Test
	void callersThatWaitForResultsShareLimitForStatusRequests() {
		assertThat(this.rows.delayStatusRequest()).isZero();
		assertThat(this.rows.delayStatusRequest()).isEqualTo(Duration.ofSeconds(1));
		assertThat(this.rows.calls().request(null, NOW)).isEqualTo(NOW.plusSeconds(2));
	}

}
