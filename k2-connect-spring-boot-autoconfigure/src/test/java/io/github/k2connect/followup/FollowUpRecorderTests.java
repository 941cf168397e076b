package io.github.k2connect.followup;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;

import io.github.k2connect.client.StartedRequestListener.StartedRequest;
import io.github.k2connect.database.GroupedWriter;
import io.github.k2connect.event.K2Event;
import io.github.k2connect.scheduling.Delays;
import io.github.k2connect.webhook.reception.ReceivedEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mockito.ArgumentCaptor;

import org.springframework.dao.QueryTimeoutException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.BDDMockito.willThrow;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link FollowUpRecorder}. Nothing is random, and time does not pass.
 */
class FollowUpRecorderTests {

	private static final Instant NOW = Instant.parse("2026-03-11T05:00:00Z");

	private static final URI LOCATION = URI.create("https://sandbox.kopokopo.com/api/v1/incoming_payments/p1");

	private static final String KEY = FollowUpState.key("shop", "incoming_payment", "p1");

	private final GroupedWriter<FollowUpWrite> writer = mock();

	private final FollowUpRecorder recorder = recorder();

	private FollowUpRecorder recorder() {
		FollowUpProperties properties = new FollowUpProperties(true, Duration.ofSeconds(30), Duration.ofDays(1),
				Duration.ofMinutes(5), 1);
		return new FollowUpRecorder(this.writer, new FollowUpTimes(properties, Duration.ofSeconds(90)),
				new Delays(Clock.fixed(NOW, ZoneOffset.UTC), () -> 0L));
	}

	private StartedRequest begin() {
		return this.recorder.begin("shop", "incoming_payments", Map.of("order", "17"));
	}

	private FollowUpWrite written() {
		ArgumentCaptor<FollowUpWrite> write = ArgumentCaptor.captor();
		then(this.writer).should().write(write.capture());
		return write.getValue();
	}

	private String begunKey() {
		String key = written().key();
		assertThat(key).startsWith(FollowUpRecorder.BEGUN);
		return key;
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
		begin();
		FollowUpState state = FollowUpState.begun("shop", "incoming_payment", Map.of("order", "17"), NOW);
		assertThat(written()).isEqualTo(FollowUpWrite.insert(begunKey(), state, NOW.plusSeconds(180)));
	}

	@Test
	void storesNoRequestWithoutResult() {
		assertThat(this.recorder.begin("shop", "webhook_subscriptions", Map.of())).isSameAs(StartedRequest.IGNORED);
		then(this.writer).shouldHaveNoInteractions();
	}

	@Test
	void keepsRequestThatCannotBeStoredFromBeingSent() {
		willThrow(databaseIsAway()).given(this.writer).write(any());
		assertThatExceptionOfType(FollowUpUnavailableException.class).isThrownBy(this::begin);
	}

	@Test
	void storesLocationOfStartedRequest() {
		StartedRequest request = begin();
		request.started(LOCATION);
		FollowUpState state = FollowUpState.begun("shop", "incoming_payment", Map.of("order", "17"), NOW)
			.started(LOCATION);
		FollowUpWrite location = FollowUpWrite.replace(begunKey(), KEY, state, NOW.plusSeconds(30));
		then(this.writer).should().writeEventually(location);
	}

	@Test
	void deletesFailedRequest() {
		StartedRequest request = begin();
		request.failed();
		FollowUpWrite deletion = FollowUpWrite.delete(begunKey());
		then(this.writer).should().writeEventually(deletion);
	}

	@Test
	void endOfRequestNeverThrows() {
		StartedRequest request = begin();
		willThrow(databaseIsAway()).given(this.writer).writeEventually(any());
		assertThatNoException().isThrownBy(() -> request.started(LOCATION));
		assertThatNoException().isThrownBy(request::failed);
	}

	@Test
	void finalResultEndsFollowUp() {
		this.recorder.handled(result("Success"));
		then(this.writer).should().writeEventually(FollowUpWrite.delete(KEY));
	}

	@Test
	void resultIsHandledWhenFollowUpCannotBeDeleted() {
		willThrow(databaseIsAway()).given(this.writer).writeEventually(any());
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
		assertThat(this.recorder.delayStatusRequest()).isZero();
		assertThat(this.recorder.delayStatusRequest()).isEqualTo(Duration.ofSeconds(1));
		assertThat(this.recorder.calls().request(null, NOW)).isEqualTo(NOW.plusSeconds(2));
	}

}
