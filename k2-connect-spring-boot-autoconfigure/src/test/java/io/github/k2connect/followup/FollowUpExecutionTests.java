package io.github.k2connect.followup;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.github.k2connect.K2Location;
import io.github.k2connect.client.K2Client;
import io.github.k2connect.client.K2ClientFactory;
import io.github.k2connect.client.K2ClientSettings;
import io.github.k2connect.event.StkPushResult;
import io.github.k2connect.event.UnresolvedK2Request;
import io.github.k2connect.scheduling.Delays;
import io.github.k2connect.scheduling.K2Task.Threads;
import io.github.k2connect.scheduling.NextStep;
import io.github.k2connect.scheduling.TaskExecution;
import io.github.k2connect.webhook.EventReceiver;
import io.github.k2connect.webhook.EventReceiver.Reception;
import io.github.k2connect.webhook.inbox.OwnEvents;
import io.micrometer.observation.tck.TestObservationRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mockito.ArgumentCaptor;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.http.HttpStatus;
import org.springframework.mock.http.client.MockClientHttpResponse;

import static io.micrometer.observation.tck.TestObservationRegistryAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyList;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.BDDMockito.willAnswer;
import static org.mockito.BDDMockito.willThrow;
import static org.mockito.Mockito.mock;

/**
 * Tests for one execution of {@link FollowUpTask}: its outcome in metrics, what it
 * publishes, and the time of the next one. Nothing is random, and time does not pass.
 */
@ExtendWith(OutputCaptureExtension.class)
class FollowUpExecutionTests {

	private static final Instant NOW = Instant.parse("2026-03-11T05:00:00Z");

	private static final Duration DAY = Duration.ofDays(1);

	private static final URI LOCATION = URI.create("https://sandbox.kopokopo.com/api/v1/incoming_payments/p1");

	private static final FollowUpTimes TIMES = new FollowUpTimes(
			new FollowUpProperties(true, Duration.ofSeconds(30), DAY, Duration.ofMinutes(5), 1),
			Duration.ofSeconds(45));

	private final List<Object> published = new ArrayList<>();

	private final TestObservationRegistry observations = TestObservationRegistry.create();

	private final FollowUpRecorder recorder = mock();

	private final OwnEvents inbox = mock();

	private final NextStep.Row row = mock();

	private final FollowUpTask task = task();

	private final K2Client client = new K2ClientFactory(K2ClientSettings.of(K2ClientSettings.SANDBOX))
		.create((request, body, execution) -> {
			MockClientHttpResponse response = new MockClientHttpResponse(
					this.responseBody.getBytes(StandardCharsets.UTF_8), HttpStatus.valueOf(this.responseStatus));
			response.getHeaders().add("Content-Type", "application/json");
			if (this.retryAfter != null) {
				response.getHeaders().add("Retry-After", this.retryAfter);
			}
			return response;
		});

	private int responseStatus = 200;

	private String responseBody = "";

	private @Nullable String retryAfter;

	private Reception reception = Reception.PUBLISHED;

	private boolean listenersFail;

	private FollowUpTask task() {
		willAnswer((call) -> {
			publish(call.<List<?>>getArgument(0).get(0));
			call.getArgument(1, Runnable.class).run();
			return null;
		}).given(this.inbox).store(anyList(), any());
		EventReceiver receiver = (received, waited, beforeListeners) -> {
			publish(received.event());
			return this.reception;
		};
		return new FollowUpTask(TestFollowUp.accounts((account) -> this.client), receiver, this.inbox, this.recorder,
				new CallQueue(1), TIMES, this.observations, new Delays(Clock.fixed(NOW, ZoneOffset.UTC), () -> 0L));
	}

	private void publish(Object event) {
		if (this.listenersFail) {
			throw new IllegalStateException("The listener failed");
		}
		this.published.add(event);
	}

	private void respond(int status, String body) {
		this.responseStatus = status;
		this.responseBody = body;
	}

	private void respondWithStatus(String status) {
		respond(200, """
				{"data": {"id": "p1", "type": "incoming_payment", "attributes": {"status": "%s"}}}"""
			.formatted(status));
	}

	private void respondWithUnknown() {
		respond(404, "{\"error_code\": 404, \"error_message\": \"Not found\"}");
	}

	/**
	 * Return a follow-up that was executed before.
	 */
	private static FollowUpState state(Duration age, int calls, Duration unknownFor) {
		return new FollowUpState("shop", "incoming_payment", LOCATION, NOW.minus(age), Map.of("order", "17"), calls,
				unknownFor, null, null);
	}

	private static FollowUpState state() {
		return state(Duration.ofMinutes(1), 0, Duration.ZERO);
	}

	private static FollowUpState withoutLocation(int calls) {
		return new FollowUpState("shop", "incoming_payment", null, NOW.minusSeconds(1), Map.of(), calls, Duration.ZERO,
				null, null);
	}

	private static TaskExecution execution(FollowUpState state, int failures) {
		return new TaskExecution("key", state.write(), failures, 1);
	}

	private void execute(FollowUpState state) {
		this.task.execute(execution(state, 0)).take(this.row);
	}

	private void assertOutcome(String outcome) {
		assertThat(this.observations).hasSingleObservationThat()
			.hasNameEqualTo("k2.follow-up")
			.hasLowCardinalityKeyValue("k2.account", "observed shop")
			.hasLowCardinalityKeyValue("k2.kind", "incoming_payment")
			.hasLowCardinalityKeyValue("k2.outcome", outcome)
			.hasBeenStopped();
		assertThat(this.observations).doesNotHaveAnyRemainingCurrentObservation();
	}

	private FollowUpState assertNext(Duration delay) {
		ArgumentCaptor<String> data = ArgumentCaptor.captor();
		then(this.row).should().reschedule(eq(NOW.plus(delay)), data.capture());
		then(this.row).shouldHaveNoMoreInteractions();
		return FollowUpState.read(data.getValue());
	}

	private void assertEnd() {
		then(this.row).should().remove();
		then(this.row).shouldHaveNoMoreInteractions();
	}

	private void assertUnresolved() {
		assertOutcome("unresolved");
		assertEnd();
		assertThat(this.published).singleElement().isInstanceOf(UnresolvedK2Request.class);
	}

	@Test
	void endsWithFinalResult() {
		respondWithStatus("Success");
		execute(state());
		assertOutcome("resolved");
		assertEnd();
		assertThat(this.published).singleElement().isInstanceOf(StkPushResult.class);
	}

	@Test
	void delaysResultWhileTooManyEventsWait() {
		respondWithStatus("Success");
		this.reception = Reception.BUSY;
		execute(state());
		assertOutcome("unavailable");
		assertThat(assertNext(Duration.ofSeconds(10)).calls()).isOne();
	}

	@Test
	void failsWhenListenersFail() {
		respondWithStatus("Success");
		this.listenersFail = true;
		assertThatIllegalStateException().isThrownBy(() -> execute(state()));
		assertOutcome("failed");
		then(this.row).shouldHaveNoInteractions();
	}

	@ParameterizedTest
	@CsvSource({ "0, 60", "1, 120", "2, 240", "4, 960", "5, 1800", "40, 1800" })
	void doublesDelayWhileResultIsPending(int calls, long seconds) {
		respondWithStatus("Pending");
		execute(state(Duration.ofMinutes(1), calls, Duration.ofMinutes(1)));
		assertOutcome("pending");
		FollowUpState next = assertNext(Duration.ofSeconds(seconds));
		assertThat(next.calls()).isEqualTo(calls + 1);
		assertThat(next.unknownFor()).isZero();
		assertThat(next.metadata()).containsExactly(Map.entry("order", "17"));
	}

	@Test
	void makesLastCallAtTheEnd() {
		respondWithStatus("Pending");
		execute(state(DAY.minusSeconds(20), 30, Duration.ZERO));
		assertOutcome("pending");
		assertNext(Duration.ofSeconds(20));
	}

	@ParameterizedTest
	@CsvSource({ "200, Pending", "404, ''", "503, ''" })
	void givesUpAtTheEnd(int status, String result) {
		respondWithUnknown();
		if (status != 404) {
			respondWithStatus(result);
			this.responseStatus = status;
		}
		execute(state(DAY, 30, Duration.ZERO));
		assertUnresolved();
		assertThat(this.published).containsExactly(new UnresolvedK2Request("shop", "incoming_payment", "p1",
				new K2Location(LOCATION), NOW.minus(DAY), Map.of("order", "17")));
	}

	@Test
	void warnsOfUnresolvedRequestAfterItIsStored(CapturedOutput output) {
		respondWithStatus("Pending");
		willThrow(new IllegalStateException("The database is away")).given(this.inbox).store(anyList(), any());
		assertThatIllegalStateException().isThrownBy(() -> execute(state(DAY, 30, Duration.ZERO)));
		then(this.row).shouldHaveNoInteractions();
		assertThat(output).doesNotContain("No final result");
	}

	@Test
	void namesUnresolvedRequestInWarning(CapturedOutput output) {
		respondWithStatus("Pending");
		execute(state(DAY, 30, Duration.ZERO));
		assertThat(output).containsOnlyOnce("No final result of incoming_payment p1 of account shop");
	}

	@ParameterizedTest
	@CsvSource({ ", 60", "30, 60", "61, 61", "900, 900", "1801, 1800", "3600000, 1800" })
	void waitsForRetryAfterThatIsLongerThanDelayAndAtMostHalfAnHour(String retryAfter, long seconds) {
		respond(503, "");
		this.retryAfter = retryAfter;
		execute(state(Duration.ofMinutes(1), 0, Duration.ofMinutes(1)));
		assertOutcome("unavailable");
		assertThat(assertNext(Duration.ofSeconds(seconds)).unknownFor()).isEqualTo(Duration.ofMinutes(1));
	}

	@ParameterizedTest
	@CsvSource({ "0, 5", "4, 5", "20, 20", "60, 60", "120, 60", "270, 30" })
	void doublesDelayUpToMinuteWhileResourceIsUnknown(long unknownFor, long seconds) {
		respondWithUnknown();
		execute(state(Duration.ofMinutes(1), 3, Duration.ofSeconds(unknownFor)));
		assertOutcome("unknown");
		assertThat(assertNext(Duration.ofSeconds(seconds)).unknownFor())
			.isEqualTo(Duration.ofSeconds(unknownFor + seconds));
	}

	@Test
	void givesUpResourceThatHasBeenUnknownForLong() {
		respondWithUnknown();
		execute(state(Duration.ofMinutes(10), 9, Duration.ofMinutes(5)));
		assertUnresolved();
	}

	@Test
	void checksUntilResourceHasExpired() {
		respond(200, """
				{"data": {"id": "l1", "type": "payment_link", "attributes": {"status": "Processed",
				"payment_link": {"status": "Active", "expires_at": "2026-03-11T05:01:00Z"}}}}""");
		FollowUpState link = new FollowUpState("shop", "payment_link",
				URI.create("https://sandbox.kopokopo.com/api/v2/payment_links/l1"), NOW.minus(Duration.ofDays(9)),
				Map.of(), 99, Duration.ZERO, null, null);
		execute(link);
		FollowUpState next = assertNext(Duration.ofMinutes(6));
		assertThat(next.expiresAt()).isEqualTo(NOW.plusSeconds(60));
	}

	@Test
	void waitsForLocationOfRequestThatMayBeInFlight() {
		execute(withoutLocation(0));
		assertOutcome("pending");
		assertThat(assertNext(Duration.ofSeconds(150)).calls()).isOne();
		assertThat(this.published).isEmpty();
	}

	@Test
	void givesUpRequestWhoseLocationWasNotStored() {
		execute(withoutLocation(1));
		assertUnresolved();
		assertThat(this.published).containsExactly(
				new UnresolvedK2Request("shop", "incoming_payment", "key", null, NOW.minusSeconds(1), Map.of()));
	}

	@Test
	void endsFollowUpWhoseLocationIsStoredNow() {
		given(this.recorder.saveUnsaved(anyString())).willAnswer((call) -> "key".equals(call.getArgument(0)));
		execute(withoutLocation(1));
		assertEnd();
		assertThat(this.published).isEmpty();
		assertThat(this.observations).doesNotHaveAnyObservation();
	}

	@Test
	void postponesCallOverLimitPerSecond() {
		respondWithStatus("Success");
		execute(state());
		this.observations.clear();
		NextStep.Row row = mock();
		this.task.execute(execution(state(), 3)).take(row);
		ArgumentCaptor<String> data = ArgumentCaptor.captor();
		then(row).should().postpone(eq(NOW.plusSeconds(1)), data.capture());
		then(row).shouldHaveNoMoreInteractions();
		assertThat(FollowUpState.read(data.getValue())).isEqualTo(state().queued(NOW.plusSeconds(1)));
		assertThat(this.observations).doesNotHaveAnyObservation();
		assertThat(this.published).hasSize(1);
	}

	@Test
	void doesNotLimitExecutionsWithoutCall() {
		execute(withoutLocation(0));
		this.observations.clear();
		respondWithStatus("Success");
		execute(state());
		assertOutcome("resolved");
	}

	@ParameterizedTest
	@CsvSource({ "0, 30", "1, 60", "5, 960", "6, 1800", "40, 1800" })
	void doublesDelayAfterFailure(int failuresBefore, long seconds) {
		this.task.failed(execution(state(), failuresBefore), new IllegalStateException("failed")).take(this.row);
		then(this.row).should().retry(NOW.plusSeconds(seconds), null);
		then(this.row).shouldHaveNoMoreInteractions();
	}

	@Test
	void repeatsAtOnceAfterCrashOfInstance() {
		this.task.crashed(execution(state(), 0)).take(this.row);
		then(this.row).should().retry(NOW, null);
		then(this.row).shouldHaveNoMoreInteractions();
	}

	@Test
	void runsOnThreadsForCalls() {
		assertThat(this.task.threads()).isEqualTo(Threads.CALLS);
	}

}
