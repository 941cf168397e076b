package io.github.k2connect.followup;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

import com.github.kagkarlsson.scheduler.testhelper.ManualScheduler;
import com.github.kagkarlsson.scheduler.testhelper.SettableClock;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.http.Fault;
import io.github.k2connect.K2Exception;
import io.github.k2connect.K2Location;
import io.github.k2connect.K2RequestNotSentException;
import io.github.k2connect.TestTables;
import io.github.k2connect.client.ApiVersion;
import io.github.k2connect.client.ApiClient;
import io.github.k2connect.client.K2ClientFactory;
import io.github.k2connect.client.K2ClientSettings;
import io.github.k2connect.client.StartedRequestListener;
import io.github.k2connect.client.StartedRequestListener.StartedRequest;
import io.github.k2connect.database.K2Database;
import io.github.k2connect.event.K2ResultEvent;
import io.github.k2connect.event.ResultType;
import io.github.k2connect.event.StkPushResult;
import io.github.k2connect.event.UnresolvedK2Request;
import io.github.k2connect.idempotency.RequestWriter;
import io.github.k2connect.idempotency.TestRequests;
import io.github.k2connect.json.JsonBody;
import io.github.k2connect.scheduling.Delays;
import io.github.k2connect.scheduling.MovedClock;
import io.github.k2connect.scheduling.TaskTable;
import io.github.k2connect.scheduling.TestScheduler;
import io.github.k2connect.testfixtures.WireMockKopoKopo;
import io.github.k2connect.token.BearerTokenInterceptor;
import io.github.k2connect.token.K2Credentials;
import io.github.k2connect.token.TokenService;
import io.github.k2connect.webhook.inbox.K2Inbox;
import io.github.k2connect.webhook.inbox.TestInbox;
import io.github.k2connect.webhook.reception.EventDispatcher;
import io.github.k2connect.webhook.reception.ReceivedEvent;
import io.github.k2connect.webhook.reception.Receivers;
import io.github.k2connect.webhook.store.InMemoryEventStore;
import io.micrometer.observation.ObservationRegistry;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link FollowUpTask}, with a clock that a test moves.
 */
class FollowUpTaskTests {

	private static final Duration DAY = Duration.ofDays(1);

	private static final FollowUpTimes TIMES = new FollowUpTimes(
			new FollowUpProperties(true, Duration.ofSeconds(30), DAY, Duration.ofMinutes(5), 10),
			Duration.ofSeconds(45));

	private static final int MAX_ATTEMPTS = 3;

	private static final String PATH = "/api/v1/incoming_payments";

	@RegisterExtension
	static final WireMockKopoKopo kopoKopo = new WireMockKopoKopo();

	private final List<Object> published = new ArrayList<>();

	private final JdbcConnectionPool dataSource = JdbcConnectionPool.create(TestTables.inH2());

	private final SettableClock time = new SettableClock();

	private int failures;

	private boolean accountsFail;

	private ManualScheduler scheduler;

	private RequestWriter<FollowUpWrite> followUps;

	private StartedRequestListener notes;

	private FollowUpRecorder recorder;

	private EventDispatcher dispatcher;

	private K2Inbox inbox;

	private ApiClient client;

	@BeforeEach
	void setUp() {
		this.time.set(Instant.parse("2026-03-11T05:00:00Z"));
		Clock clock = new MovedClock(this.time);
		InMemoryEventStore store = new InMemoryEventStore(100, Duration.ofSeconds(1));
		this.dispatcher = new EventDispatcher((event) -> publish(event), store, UnaryOperator.identity(),
				(event) -> this.recorder.handled(event), (account) -> account, ObservationRegistry.NOOP);
		Delays delays = TestScheduler.delays(clock);
		K2Database database = TestTables.of(this.dataSource);
		FollowUpRows rows = new FollowUpRows(TIMES, delays);
		this.followUps = TestRequests.writer(database, rows);
		this.notes = TestRequests.recorder(this.followUps);
		this.recorder = new FollowUpRecorder(this.followUps);
		TaskTable table = new TaskTable(database);
		FollowUpTask task = new FollowUpTask((account) -> account(), UnaryOperator.identity(),
				Receivers.direct(this.dispatcher, 1, Duration.ofSeconds(1)), TestInbox.ownEvents(table, clock),
				this.recorder, rows.calls(), TIMES, ObservationRegistry.NOOP, delays);
		this.scheduler = TestScheduler.manual(database, this.time, task,
				new TestInbox(MAX_ATTEMPTS, null).task(this.dispatcher, store, table, delays));
		this.inbox = TestInbox.inbox(table, store, clock);
		this.client = client(this.notes);
	}

	@AfterEach
	void close() {
		this.followUps.close();
		this.dataSource.dispose();
	}

	private ApiClient client(StartedRequestListener listener) {
		K2ClientFactory clients = new K2ClientFactory(K2ClientSettings.of(URI.create(kopoKopo.baseUrl())))
			.notifying(listener);
		TokenService tokens = new TokenService(clients.create(), new K2Credentials("client", "secret"));
		return ApiClient.of(clients.create(new BearerTokenInterceptor(tokens)));
	}

	private ApiClient account() {
		if (this.accountsFail) {
			throw new DataAccessResourceFailureException("The source of accounts failed");
		}
		return this.client;
	}

	private void publish(Object event) {
		if (this.failures > 0) {
			this.failures--;
			throw new IllegalStateException("The listener failed");
		}
		this.published.add(event);
	}

	private K2Location startPush(String id) {
		return start(PATH, "incoming_payments", id);
	}

	private K2Location start(String path, String resource, String id) {
		String location = kopoKopo.baseUrl() + path + "/" + id;
		kopoKopo.stubFor(WireMock.post(path).willReturn(WireMock.created().withHeader("Location", location)));
		ApiVersion version = path.startsWith("/api/v2") ? ApiVersion.V2 : ApiVersion.V1;
		return this.client.withVersion(version).create(resource, new JsonBody());
	}

	private static void answers(String id, ResponseDefinitionBuilder response) {
		kopoKopo.stubFor(WireMock.get(PATH + "/" + id).willReturn(response));
	}

	private static ResponseDefinitionBuilder status(String id, String status) {
		return result(id, "incoming_payment", status);
	}

	private static ResponseDefinitionBuilder result(String id, String type, String status) {
		return WireMock.okJson(json(id, type, status));
	}

	private static String json(String id, String type, String status) {
		return """
				{"data": {"id": "%s", "type": "%s", "attributes": {"status": "%s"}}}""".formatted(id, type, status);
	}

	private static int calls(String path) {
		return kopoKopo.findAll(WireMock.getRequestedFor(WireMock.urlEqualTo(path))).size();
	}

	private long rows() {
		return JdbcClient.create(this.dataSource).sql("SELECT COUNT(*) FROM k2_task").query(Long.class).single();
	}

	private void pass(Duration duration) {
		TestScheduler.pass(duration, this.time, () -> TestScheduler.nextExecution(this.dataSource),
				this.scheduler::runAnyDueExecutions);
	}

	@Test
	void publishesResultOnceWhenCallbackIsLost() {
		startPush("p1");
		answers("p1", status("p1", "Pending"));
		pass(Duration.ofSeconds(29));
		assertThat(calls(PATH + "/p1")).isZero();
		pass(Duration.ofSeconds(10));
		assertThat(calls(PATH + "/p1")).isOne();
		answers("p1", status("p1", "Success"));
		pass(Duration.ofMinutes(2));
		assertThat(this.published).singleElement()
			.isInstanceOfSatisfying(StkPushResult.class, (result) -> assertThat(result.isSuccessful()).isTrue());
		assertThat(rows()).isZero();
		pass(Duration.ofHours(1));
		assertThat(this.published).hasSize(1);
		assertThat(calls(PATH + "/p1")).isEqualTo(2);
	}

	@ParameterizedTest
	@EnumSource
	void followsUpEveryRequestWithResult(ResultType type) {
		String path = "/api/v1/" + type.resource();
		start(path, type.resource(), "x1");
		kopoKopo.stubFor(WireMock.get(path + "/x1").willReturn(result("x1", type.value(), "Failed")));
		pass(Duration.ofMinutes(1));
		assertThat(this.published).singleElement()
			.isInstanceOfSatisfying(K2ResultEvent.class, (result) -> assertThat(result.type()).isEqualTo(type.value()));
	}

	@Test
	void doesNotFollowUpRequestWithoutResult() {
		start("/api/v1/webhook_subscriptions", "webhook_subscriptions", "s1");
		assertThat(rows()).isZero();
	}

	@ParameterizedTest
	@ValueSource(strings = { "reversal", "reversals" })
	void acceptsBothNamesOfReversal(String type) {
		start("/api/v2/reversals", "reversals", "r1");
		kopoKopo.stubFor(WireMock.get("/api/v2/reversals/r1").willReturn(result("r1", type, "Failed")));
		pass(Duration.ofMinutes(1));
		assertThat(this.published).hasSize(1);
		assertThat(rows()).isZero();
	}

	@ParameterizedTest
	@ValueSource(strings = { "reversal", "reversals" })
	void endsAfterCallbackOfEitherNameOfReversal(String type) {
		start("/api/v2/reversals", "reversals", "r1");
		this.dispatcher.dispatch(
				ReceivedEvent.decode(json("r1", type, "Failed").getBytes(StandardCharsets.UTF_8), "default"), () -> {
				});
		assertThat(rows()).isZero();
	}

	@Test
	void endsWithoutCallAfterCallback() {
		startPush("p1");
		this.dispatcher.dispatch(ReceivedEvent
			.decode(json("p1", "incoming_payment", "Pending").getBytes(StandardCharsets.UTF_8), "default"), () -> {
			});
		assertThat(rows()).isOne();
		this.dispatcher.dispatch(ReceivedEvent
			.decode(json("p1", "incoming_payment", "Success").getBytes(StandardCharsets.UTF_8), "default"), () -> {
			});
		assertThat(rows()).isZero();
		pass(Duration.ofHours(1));
		assertThat(calls(PATH + "/p1")).isZero();
		assertThat(this.published).hasSize(2);
	}

	@Test
	void ignoresCallbackOfAnotherAccount() {
		startPush("p1");
		this.dispatcher.dispatch(ReceivedEvent
			.decode(json("p1", "incoming_payment", "Success").getBytes(StandardCharsets.UTF_8), "other"), () -> {
			});
		assertThat(rows()).isOne();
	}

	@Test
	void ignoresResultThatCallbackDeliveredBeforeLocation() {
		this.dispatcher.dispatch(ReceivedEvent
			.decode(json("p1", "incoming_payment", "Success").getBytes(StandardCharsets.UTF_8), "default"), () -> {
			});
		startPush("p1");
		answers("p1", status("p1", "Success"));
		pass(Duration.ofMinutes(1));
		assertThat(this.published).hasSize(1);
		assertThat(rows()).isZero();
	}

	@Test
	void treatsLateCallbackAsDuplicate() {
		startPush("p1");
		answers("p1", status("p1", "Success"));
		pass(Duration.ofMinutes(1));
		assertThat(this.dispatcher.dispatch(ReceivedEvent.decode("""
				{"data": {"type": "incoming_payment", "id": "p1", "attributes": {"status": "Success",
				"metadata": {"order": "1"}}}}""".getBytes(StandardCharsets.UTF_8), "default"), () -> {
		})).isFalse();
		assertThat(this.published).hasSize(1);
	}

	@Test
	void reportsRequestAsUnresolvedOnceAfterDayOfPending() {
		Instant start = this.time.now();
		K2Location location = startPush("p1");
		answers("p1", status("p1", "Pending"));
		pass(Duration.ofHours(23));
		assertThat(this.published).isEmpty();
		pass(Duration.ofHours(2));
		assertThat(this.published)
			.containsExactly(new UnresolvedK2Request("default", "incoming_payment", "p1", location, start, Map.of()));
		assertThat(rows()).isZero();
		assertThat(calls(PATH + "/p1")).isBetween(30, 60);
	}

	@Test
	void redeliversUnresolvedRequestWhenListenersFail() {
		startPush("p1");
		answers("p1", notKnown());
		this.failures = 2;
		pass(Duration.ofMinutes(12));
		assertThat(this.published).singleElement().isInstanceOf(UnresolvedK2Request.class);
	}

	@Test
	void parksUnresolvedRequestAfterAllAttempts() {
		startPush("p1");
		answers("p1", notKnown());
		this.failures = MAX_ATTEMPTS;
		pass(Duration.ofMinutes(12));
		assertThat(this.published).isEmpty();
		assertThat(this.failures).isZero();
		assertThat(this.inbox.parked()).singleElement().satisfies((event) -> {
			assertThat(event.kind()).isEqualTo("unresolved_request");
			assertThat(event.id()).isEqualTo("p1");
			assertThat(event.attempts()).isEqualTo(MAX_ATTEMPTS);
		});
		assertThat(this.inbox.retryAll()).isOne();
		pass(Duration.ofSeconds(2));
		assertThat(this.published).singleElement().isInstanceOf(UnresolvedK2Request.class);
		assertThat(rows()).isZero();
	}

	/**
	 * The event and the end of the follow-up are committed together.
	 */
	@Test
	void followsUpUntilEventIsStored() {
		startPush("p1");
		answers("p1", notKnown());
		JdbcClient jdbc = JdbcClient.create(this.dataSource);
		jdbc.sql("ALTER TABLE k2_task ADD CONSTRAINT no_inbox CHECK (task_name <> 'k2-inbox')").update();
		pass(Duration.ofMinutes(12));
		assertThat(this.published).isEmpty();
		assertThat(rows()).isOne();
		jdbc.sql("ALTER TABLE k2_task DROP CONSTRAINT no_inbox").update();
		this.scheduler.runDeadExecutionDetection();
		pass(Duration.ofMinutes(1));
		assertThat(this.published).singleElement().isInstanceOf(UnresolvedK2Request.class);
		assertThat(rows()).isZero();
	}

	@Test
	void publishesResultAfterUnresolvedRequest() {
		startPush("p1");
		answers("p1", notKnown());
		pass(Duration.ofMinutes(8));
		this.dispatcher.dispatch(ReceivedEvent
			.decode(json("p1", "incoming_payment", "Success").getBytes(StandardCharsets.UTF_8), "default"), () -> {
			});
		assertThat(this.published).hasSize(2);
	}

	private static ResponseDefinitionBuilder notKnown() {
		return WireMock.jsonResponse("{\"error_code\": 404, \"error_message\": \"Not found\"}", 404);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '\0', value = { "404 | {\"error_code\": 404}",
			"404 | {\"error_message\": \"Not found\"}",
			"410 | {\"error_code\": \"410\", \"error_message\": [\"Gone\"]}",
			"200 | {\"data\": {\"id\": \"p1\", \"type\": \"payment\", \"attributes\": {\"status\": \"Transferred\"}}}",
			"200 | {\"data\": {\"id\": \"p2\", \"type\": \"incoming_payment\", \"attributes\": {\"status\": \"Success\"}}}",
			"200 | {\"data\": {\"id\": \"p1\", \"type\": \"webhook_subscription\", \"attributes\": {}}}" })
	void givesUpResourceThatHasBeenUnknownForLong(int status, String body) {
		K2Location location = startPush("p1");
		answers("p1", WireMock.jsonResponse(body, status));
		pass(Duration.ofMinutes(5));
		assertThat(this.published).isEmpty();
		pass(Duration.ofMinutes(3));
		assertThat(this.published).singleElement()
			.isInstanceOfSatisfying(UnresolvedK2Request.class,
					(unresolved) -> assertThat(unresolved.location()).isEqualTo(location));
		assertThat(calls(PATH + "/p1")).isBetween(8, 12);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "<html>Down for maintenance</html>", "{}", "{\"error\": \"Not found\"}" })
	void treats404ThatIsNotKopoKoposAsUnavailable(String body) {
		startPush("p1");
		answers("p1", WireMock.jsonResponse(body, 404));
		pass(Duration.ofHours(1));
		assertThat(this.published).isEmpty();
		answers("p1", status("p1", "Success"));
		pass(Duration.ofHours(1));
		assertThat(this.published).singleElement().isInstanceOf(StkPushResult.class);
	}

	@Test
	void countsTimeWithoutInterruptionOfUnknownResource() {
		startPush("p1");
		for (int i = 0; i < 5; i++) {
			answers("p1", notKnown());
			pass(Duration.ofMinutes(4));
			answers("p1", status("p1", "Pending"));
			pass(Duration.ofMinutes(20));
		}
		assertThat(this.published).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(longs = { 8, -8 })
	void doesNotGiveUpUnknownResourceWhenClockJumps(long hours) {
		startPush("p1");
		answers("p1", notKnown());
		pass(Duration.ofSeconds(40));
		this.time.tick(Duration.ofHours(hours));
		pass(Duration.ofSeconds(40));
		this.time.tick(Duration.ofHours(-hours));
		pass(Duration.ofMinutes(2));
		assertThat(this.published).isEmpty();
	}

	@Test
	void givesUpUnknownResourceAtTheEnd() {
		startPush("p1");
		answers("p1", WireMock.serviceUnavailable());
		pass(DAY.minusMinutes(1));
		answers("p1", notKnown());
		pass(Duration.ofMinutes(2));
		assertThat(this.published).singleElement().isInstanceOf(UnresolvedK2Request.class);
	}

	@Test
	void givesUpWhenAccountSourceAlwaysThrows() {
		K2Location location = startPush("p1");
		this.accountsFail = true;
		Instant start = this.time.now();
		pass(DAY.minusHours(1));
		assertThat(this.published).isEmpty();
		assertThat(rows()).isOne();
		pass(Duration.ofHours(2));
		assertThat(this.published)
			.containsExactly(new UnresolvedK2Request("default", "incoming_payment", "p1", location, start, Map.of()));
		assertThat(rows()).isZero();
	}

	@Test
	void publishesResultAfterAccountSourceRecovers() {
		startPush("p1");
		answers("p1", status("p1", "Success"));
		this.accountsFail = true;
		pass(Duration.ofHours(3));
		this.accountsFail = false;
		pass(Duration.ofHours(1));
		assertThat(this.published).singleElement().isInstanceOf(StkPushResult.class);
	}

	@Test
	@ExtendWith(OutputCaptureExtension.class)
	void namesRequestWhoseStatusRequestFails(CapturedOutput output) {
		startPush("p1");
		answers("p1", WireMock.serviceUnavailable());
		pass(Duration.ofMinutes(1));
		assertThat(output).contains("Failed to get the status of incoming_payment p1 of account default");
	}

	@Test
	void keepsMetadataOfRequest() {
		kopoKopo.stubFor(WireMock.post(PATH)
			.willReturn(WireMock.created().withHeader("Location", kopoKopo.baseUrl() + PATH + "/p1")));
		Map<String, String> metadata = Map.of("order", "17", "customer", "Z\u00fcri \"x\"");
		this.client.create("incoming_payments", new JsonBody().metadata(metadata));
		answers("p1", status("p1", "Pending"));
		pass(DAY.plusHours(1));
		assertThat(this.published).singleElement()
			.isInstanceOfSatisfying(UnresolvedK2Request.class,
					(unresolved) -> assertThat(unresolved.metadata()).isEqualTo(metadata));
	}

	@Test
	void keepsMetadataOfRequestWithoutResponse() {
		this.notes.begin(TestRequests.request("default", "payments", Map.of("order", "17")));
		pass(Duration.ofMinutes(8));
		assertThat(this.published).singleElement()
			.isInstanceOfSatisfying(UnresolvedK2Request.class,
					(unresolved) -> assertThat(unresolved.metadata()).containsExactly(Map.entry("order", "17")));
	}

	@Test
	void leavesOutMetadataThatIsTooLarge() {
		this.notes
			.begin(TestRequests.request("default", "payments", Map.of("order", "17", "notes", "x".repeat(100_000))));
		pass(Duration.ofMinutes(8));
		assertThat(this.published).singleElement()
			.isInstanceOfSatisfying(UnresolvedK2Request.class,
					(unresolved) -> assertThat(unresolved.metadata()).containsExactly(Map.entry("order", "17")));
	}

	@Test
	void readsFollowUpOfEarlierVersion() {
		FollowUpState note = FollowUpState.read("""
				{"account": "kiosk", "type": "incoming_payment", "location": "https://api.kopokopo.com/x/p1",
				"startedAt": "2026-03-11T05:00:00Z", "calls": 2, "strangers": 3}""");
		assertThat(note.metadata()).isEmpty();
		assertThat(note.unknownFor()).isZero();
		assertThat(note.calls()).isEqualTo(2);
		assertThat(FollowUpState.read(note.write())).isEqualTo(note);
	}

	@Test
	void resolvesResourceThatIsUnknownAtFirst() {
		startPush("p1");
		answers("p1", notKnown());
		pass(Duration.ofMinutes(5));
		answers("p1", status("p1", "Success"));
		pass(Duration.ofMinutes(2));
		assertThat(this.published).singleElement().isInstanceOf(StkPushResult.class);
	}

	@Test
	void publishesResultAfterOutage() {
		startPush("p1");
		List<ResponseDefinitionBuilder> faults = List.of(WireMock.serverError(), WireMock.serviceUnavailable(),
				WireMock.aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER), WireMock.unauthorized(),
				WireMock.forbidden(), WireMock.temporaryRedirect("https://elsewhere.example/"),
				WireMock.ok("<html>Sorry</html>"));
		for (ResponseDefinitionBuilder fault : faults) {
			answers("p1", fault);
			pass(Duration.ofMinutes(10));
		}
		assertThat(this.published).isEmpty();
		assertThat(rows()).isOne();
		answers("p1", status("p1", "Success"));
		pass(Duration.ofMinutes(40));
		assertThat(this.published).singleElement().isInstanceOf(StkPushResult.class);
	}

	@Test
	void makesOneCallPerExecution() {
		startPush("p1");
		answers("p1", WireMock.serviceUnavailable());
		pass(Duration.ofSeconds(40));
		assertThat(calls(PATH + "/p1")).isOne();
	}

	@Test
	void waitsForRetryAfter() {
		startPush("p1");
		answers("p1", WireMock.status(429).withHeader("Retry-After", "900"));
		pass(Duration.ofSeconds(40));
		assertThat(calls(PATH + "/p1")).isOne();
		answers("p1", status("p1", "Success"));
		pass(Duration.ofSeconds(855));
		assertThat(calls(PATH + "/p1")).isOne();
		pass(Duration.ofMinutes(5));
		assertThat(this.published).hasSize(1);
	}

	@Test
	void replacesRevokedToken() {
		startPush("p1");
		kopoKopo.stubFor(WireMock.get(PATH + "/p1")
			.inScenario("token")
			.whenScenarioStateIs("Started")
			.willReturn(WireMock.unauthorized())
			.willSetStateTo("replaced"));
		kopoKopo.stubFor(WireMock.get(PATH + "/p1")
			.inScenario("token")
			.whenScenarioStateIs("replaced")
			.willReturn(status("p1", "Success")));
		pass(Duration.ofSeconds(40));
		assertThat(this.published).hasSize(1);
	}

	@Test
	void redeliversResultWhenListenersFail() {
		startPush("p1");
		answers("p1", status("p1", "Success"));
		this.failures = 3;
		pass(Duration.ofMinutes(20));
		assertThat(this.published).singleElement().isInstanceOf(StkPushResult.class);
		assertThat(rows()).isZero();
	}

	@Test
	void keepsResultWhoseListenersFailForDays() {
		startPush("p1");
		answers("p1", status("p1", "Success"));
		this.failures = Integer.MAX_VALUE;
		pass(Duration.ofDays(2));
		this.failures = 0;
		pass(Duration.ofHours(3));
		assertThat(this.published).singleElement().isInstanceOf(StkPushResult.class);
	}

	@Test
	void checksPaymentLinkUntilItExpires() {
		String path = "/api/v2/payment_links";
		start(path, "payment_links", "l1");
		kopoKopo.stubFor(WireMock.get(path + "/l1").willReturn(WireMock.okJson("""
				{"data": {"id": "l1", "type": "payment_link", "attributes": {"status": "Processed",
				"payment_link": {"status": "Active", "expires_at": "2026-03-14T08:00:00+03:00"}}}}""")));
		pass(Duration.ofDays(3).minusMinutes(10));
		assertThat(this.published).isEmpty();
		assertThat(rows()).isOne();
		pass(Duration.ofHours(2));
		assertThat(this.published).singleElement().isInstanceOf(UnresolvedK2Request.class);
	}

	@Test
	void spreadsCallsForRequestsDueTogether() {
		Set<String> ids = new HashSet<>();
		for (int i = 0; i < 60; i++) {
			String id = "p" + i;
			ids.add(id);
			startPush(id);
			answers(id, status(id, "Success"));
		}
		this.time.tick(Duration.ofHours(1));
		int before = 0;
		for (int second = 0; second < 12; second++) {
			for (int round = 0; round < 8; round++) {
				this.scheduler.runAnyDueExecutions();
			}
			int calls = kopoKopo.findAll(WireMock.getRequestedFor(WireMock.urlPathMatching(PATH + "/.*"))).size();
			assertThat(calls - before).isLessThanOrEqualTo(11);
			before = calls;
			this.time.tick(Duration.ofSeconds(1));
		}
		assertThat(this.published).hasSize(60)
			.extracting((event) -> ((StkPushResult) event).id())
			.hasSameElementsAs(ids);
		assertThat(rows()).isZero();
	}

	@Test
	void reportsRequestAsUnresolvedWhenLocationWasNeverStored() {
		Instant start = this.time.now();
		this.notes.begin(TestRequests.request("default", "payments", Map.of()));
		pass(Duration.ofMinutes(4));
		assertThat(this.published).isEmpty();
		pass(Duration.ofMinutes(4));
		assertThat(this.published).singleElement()
			.isInstanceOfSatisfying(UnresolvedK2Request.class,
					(unresolved) -> assertThat(unresolved)
						.isEqualTo(
								new UnresolvedK2Request("default", "payment", unresolved.id(), null, start, Map.of()))
						.satisfies((event) -> assertThat(event.id()).startsWith(FollowUpRows.BEGUN)));
		assertThat(rows()).isZero();
	}

	/**
	 * The clock of the first instance that executes the follow-up is hours ahead.
	 */
	@Test
	void keepsRequestInFlightWhenClockIsAhead() {
		StartedRequest request = this.notes.begin(TestRequests.request("default", "incoming_payments", Map.of()));
		this.time.tick(Duration.ofHours(3));
		this.scheduler.runAnyDueExecutions();
		this.scheduler.runAnyDueExecutions();
		pass(Duration.ofMinutes(2));
		assertThat(this.published).isEmpty();
		request.started(URI.create(kopoKopo.baseUrl() + PATH + "/p1"));
		answers("p1", status("p1", "Success"));
		pass(Duration.ofMinutes(10));
		assertThat(this.published).singleElement().isInstanceOf(StkPushResult.class);
	}

	@Test
	void doesNotFollowUpFailedRequest() {
		for (ResponseDefinitionBuilder failure : List.of(WireMock.badRequest(), WireMock.serverError(),
				WireMock.aResponse().withFault(Fault.EMPTY_RESPONSE), WireMock.ok())) {
			kopoKopo.stubFor(WireMock.post(PATH).willReturn(failure));
			assertThatExceptionOfType(K2Exception.class)
				.isThrownBy(() -> this.client.create("incoming_payments", new JsonBody()));
			assertThat(rows()).isZero();
		}
	}

	@Test
	void doesNotFollowUpRequestRejectedByInterceptor() {
		ApiClient refusing = ApiClient
			.of(new K2ClientFactory(K2ClientSettings.of(URI.create(kopoKopo.baseUrl()))).notifying(this.notes)
				.create((request, body, execution) -> {
					throw new IllegalStateException("refused");
				}));
		assertThatIllegalStateException().isThrownBy(() -> refusing.create("incoming_payments", new JsonBody()));
		assertThat(rows()).isZero();
	}

	@Test
	void followsUpRequestOfRolledBackTransaction() {
		TransactionTemplate transaction = new TransactionTemplate(new DataSourceTransactionManager(this.dataSource));
		transaction.executeWithoutResult((status) -> {
			startPush("p1");
			status.setRollbackOnly();
		});
		answers("p1", status("p1", "Success"));
		pass(Duration.ofMinutes(1));
		assertThat(this.published).hasSize(1);
	}

	@Test
	void doesNotSendRequestThatCannotBeStored() {
		JdbcClient.create(this.dataSource).sql("ALTER TABLE k2_task RENAME TO away").update();
		assertThatExceptionOfType(K2RequestNotSentException.class).isThrownBy(() -> startPush("p1"))
			.satisfies((ex) -> assertThat(ex.outcomeUnknown()).isFalse());
		assertThat(kopoKopo.findAll(WireMock.postRequestedFor(WireMock.urlEqualTo(PATH)))).isEmpty();
	}

	@Test
	void returnsLocationThatCannotBeStoredAndStoresItLater() {
		StartedRequestListener losing = (request) -> {
			StartedRequest started = this.notes.begin(request);
			JdbcClient.create(this.dataSource).sql("ALTER TABLE k2_task RENAME TO away").update();
			return started;
		};
		this.client = client(losing);
		assertThat(startPush("p1").uri()).hasPath(PATH + "/p1");
		JdbcClient.create(this.dataSource).sql("ALTER TABLE away RENAME TO k2_task").update();
		answers("p1", status("p1", "Success"));
		this.client = client(this.notes);
		pass(Duration.ofMinutes(5));
		assertThat(this.published).singleElement().isInstanceOf(StkPushResult.class);
		pass(Duration.ofMinutes(10));
		assertThat(this.published).hasSize(1);
		assertThat(rows()).isZero();
	}

}
